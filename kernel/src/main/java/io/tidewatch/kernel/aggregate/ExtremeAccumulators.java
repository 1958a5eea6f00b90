package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.Arrays;

/**
 * MIN and MAX of everything but VARCHAR, and so BOOL_AND and BOOL_OR: the least or greatest value, NULL without one. NaN is
 * the greatest number. −0.0 equals 0.0, but MIN gives −0.0 and MAX gives 0.0 if both occur, so that the bits do not depend on
 * the order.
 */
final class ExtremeAccumulators extends Accumulators {
    private final Type type;
    /** All ones for MAX: inverting every bit turns the order round, and the least is kept in either case. */
    private final long inversion;

    private final NonNullRows nonNull = new NonNullRows();
    private final SortableValues sortable = new SortableValues();
    private long[] leasts = {};
    private boolean[] seen = {};

    ExtremeAccumulators(Type type, boolean greatest) {
        this.type = type;
        this.inversion = greatest ? -1 : 0;
    }

    @Override
    public void ensureSlots(int slots) {
        if (slots > leasts.length) {
            int capacity = Slots.capacity(leasts.length, slots);
            leasts = Arrays.copyOf(leasts, capacity);
            seen = Arrays.copyOf(seen, capacity);
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection rows = nonNull.ofAll(selection, input);
        add(sortable.of(input.argument(0), rows), rows, slots);
    }

    private void add(long[] values, Selection selection, int[] slots) {
        long[] kept = leasts;
        boolean[] marks = seen;
        long flip = inversion;
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            int slot = slots[row];
            long value = values[row] ^ flip;
            if (value < kept[slot] || !marks[slot]) {
                kept[slot] = value;
                marks[slot] = true;
            }
        }
    }

    private void add(int slot, long value) {
        if (value < leasts[slot] || !seen[slot]) {
            leasts[slot] = value;
            seen[slot] = true;
        }
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        ExtremeAccumulators other = (ExtremeAccumulators) from;
        if (other.seen[fromSlot]) {
            add(slot, other.leasts[fromSlot]);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        out.writeBoolean(seen[slot]);
        if (seen[slot]) {
            out.writeLong(leasts[slot]);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        if (in.readBoolean()) {
            add(slot, in.readLong());
        }
    }

    @Override
    public void clear(int slot) {
        leasts[slot] = 0;
        seen[slot] = false;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            if (seen[slot]) {
                SortableValues.append(type, leasts[slot] ^ inversion, out);
            } else {
                out.appendNull();
            }
        }
    }

    @Override
    public long retainedBytes() {
        return (long) (Long.BYTES + 1) * leasts.length;
    }
}
