package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * COUNT(DISTINCT x, …): the exact set of the values while it has at most the limit's number of them, else the {@link
 * HyperLogLog} of the whole set. Which of the two a slot is depends on the set alone, not on the order. The count never falls
 * as the set grows: an estimate counts as at least one more than the limit.
 */
final class DistinctAccumulators extends Accumulators {
    private static final int FORM_EMPTY = 0;
    private static final int FORM_SET = 1;
    private static final int FORM_SKETCH = 2;

    private final int valuesMax;
    private final NonNullRows nonNull = new NonNullRows();
    private final ValueEncoder encoder = new ValueEncoder();
    /** At most one of the two is there for a slot. */
    private @Nullable ValueSet[] sets = {};

    private @Nullable HyperLogLog[] sketches = {};

    DistinctAccumulators(int valuesMax) {
        this.valuesMax = valuesMax;
    }

    @Override
    public void ensureSlots(int slots) {
        if (slots > sets.length) {
            int capacity = Slots.capacity(sets.length, slots);
            sets = Arrays.copyOf(sets, capacity);
            sketches = Arrays.copyOf(sketches, capacity);
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection narrowed = nonNull.ofAll(selection, input);
        int size = narrowed.size();
        int[] rows = narrowed.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            long hash = encoder.encode(input, row);
            add(slots[row], encoder.array(), encoder.start(), encoder.length(), hash);
        }
    }

    private void add(int slot, byte[] bytes, int start, int length, long hash) {
        HyperLogLog sketch = sketches[slot];
        if (sketch != null) {
            sketch.add(hash);
            return;
        }
        set(slot).add(bytes, start, length, hash);
        sketchIfOverLimit(slot);
    }

    private ValueSet set(int slot) {
        ValueSet set = sets[slot];
        if (set == null) {
            set = new ValueSet();
            sets[slot] = set;
        }
        return set;
    }

    private void sketchIfOverLimit(int slot) {
        ValueSet set = sets[slot];
        if (set != null && set.size() > valuesMax) {
            sketch(slot);
        }
    }

    /** The sketch of a slot; what was exact becomes part of it. */
    private HyperLogLog sketch(int slot) {
        HyperLogLog sketch = sketches[slot];
        if (sketch == null) {
            sketch = new HyperLogLog();
            sketches[slot] = sketch;
            addHashes(sets[slot], sketch);
            sets[slot] = null;
        }
        return sketch;
    }

    private static void addHashes(@Nullable ValueSet set, HyperLogLog sketch) {
        if (set != null) {
            for (int i = 0; i < set.size(); i++) {
                sketch.add(set.hash(i));
            }
        }
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        DistinctAccumulators other = (DistinctAccumulators) from;
        HyperLogLog otherSketch = other.sketches[fromSlot];
        ValueSet otherSet = other.sets[fromSlot];
        HyperLogLog sketch = sketches[slot];
        if (otherSketch != null) {
            sketch(slot).add(otherSketch);
        } else if (sketch != null) {
            addHashes(otherSet, sketch);
        } else if (otherSet != null) {
            set(slot).addAll(otherSet);
            sketchIfOverLimit(slot);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        HyperLogLog sketch = sketches[slot];
        ValueSet set = sets[slot];
        if (sketch != null) {
            out.writeByte(FORM_SKETCH);
            sketch.write(out);
        } else if (set != null) {
            out.writeByte(FORM_SET);
            out.writeVarLong(set.size());
            for (int i = 0; i < set.size(); i++) {
                out.writeSlice(set.array(), set.start(i), set.length(i));
            }
        } else {
            out.writeByte(FORM_EMPTY);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        int form = in.readByte();
        switch (form) {
            case FORM_EMPTY -> {}
            case FORM_SET -> {
                for (int i = in.readCount(); i > 0; i--) {
                    int length = in.readCount();
                    int start = in.skip(length);
                    add(slot, in.array(), start, length, Hash.of(in.array(), start, length));
                }
            }
            case FORM_SKETCH -> sketch(slot).addFrom(in);
            default -> throw Corrupt.at(in, "distinct values of form " + form);
        }
    }

    @Override
    public void clear(int slot) {
        sets[slot] = null;
        sketches[slot] = null;
    }

    @Override
    public boolean isApproximate(int slot) {
        return sketches[slot] != null;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            HyperLogLog sketch = sketches[slot];
            ValueSet set = sets[slot];
            long exact = set == null ? 0 : set.size();
            ((LongColumnBuilder) out)
                    .append(sketch == null ? exact : Math.max(valuesMax + 1L, sketch.estimate()));
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = 2L * Integer.BYTES * sets.length;
        for (int i = 0; i < sets.length; i++) {
            ValueSet set = sets[i];
            HyperLogLog sketch = sketches[i];
            bytes += set == null ? 0 : set.retainedBytes();
            bytes += sketch == null ? 0 : sketch.retainedBytes();
        }
        return bytes;
    }
}
