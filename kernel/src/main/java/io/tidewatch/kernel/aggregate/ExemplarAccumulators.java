package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * EXEMPLARS: of the rows of a slot the {@value Exemplar#KEPT} that are least in the order of {@link Exemplar}; a row counts
 * once. A value of the result column is bytes for {@link Exemplar#readAll}.
 */
public final class ExemplarAccumulators extends Accumulators {
    private static final int KEPT = Exemplar.KEPT;

    private byte[] counts = {};
    /** Of slot s at {@code KEPT · s ..}, ascending. */
    private long[] hashes = {};

    private int[] partitions = {};
    private long[] offsets = {};

    ExemplarAccumulators() {}

    @Override
    public void ensureSlots(int slots) {
        if (slots > counts.length) {
            int capacity = Slots.capacity(counts.length, slots);
            counts = Arrays.copyOf(counts, capacity);
            hashes = Arrays.copyOf(hashes, KEPT * capacity);
            partitions = Arrays.copyOf(partitions, KEPT * capacity);
            offsets = Arrays.copyOf(offsets, KEPT * capacity);
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        if (!input.origins().isInLog()) {
            return; // Rows of links have no place to read them from.
        }
        long[] rowHashes = input.origins().hashes();
        long[] rowOffsets = input.origins().offsets();
        int partition = input.origins().partition();
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            add(slots[row], rowHashes[row], partition, rowOffsets[row]);
        }
    }

    private void add(int slot, long hash, int partition, long offset) {
        int start = KEPT * slot;
        int place = start + counts[slot];
        int order = 1;
        while (place > start && (order = compare(place - 1, hash, partition, offset)) > 0) {
            place--;
        }
        if (place == start + KEPT || order == 0) {
            return;
        }
        int end = start + Math.min(KEPT, counts[slot] + 1);
        int moved = end - place - 1;
        System.arraycopy(hashes, place, hashes, place + 1, moved);
        System.arraycopy(partitions, place, partitions, place + 1, moved);
        System.arraycopy(offsets, place, offsets, place + 1, moved);
        hashes[place] = hash;
        partitions[place] = partition;
        offsets[place] = offset;
        counts[slot] = (byte) (end - start);
    }

    private int compare(int place, long hash, int partition, long offset) {
        if (hashes[place] != hash) {
            return Long.compareUnsigned(hashes[place], hash);
        }
        return partitions[place] != partition
                ? Integer.compare(partitions[place], partition)
                : Long.compare(offsets[place], offset);
    }

    /** The exemplars of a slot, ascending. */
    public List<Exemplar> exemplars(int slot) {
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = KEPT * slot; i < KEPT * slot + counts[slot]; i++) {
            exemplars.add(new Exemplar(hashes[i], partitions[i], offsets[i]));
        }
        return exemplars;
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        ExemplarAccumulators other = (ExemplarAccumulators) from;
        for (int i = KEPT * fromSlot; i < KEPT * fromSlot + other.counts[fromSlot]; i++) {
            add(slot, other.hashes[i], other.partitions[i], other.offsets[i]);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        out.writeByte(counts[slot]);
        for (Exemplar exemplar : exemplars(slot)) {
            exemplar.write(out);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        for (Exemplar exemplar : Exemplar.readAll(in)) {
            add(slot, exemplar.hash(), exemplar.partition(), exemplar.offset());
        }
    }

    @Override
    public void clear(int slot) {
        counts[slot] = 0;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        finishWritten(slots, out);
    }

    @Override
    public long retainedBytes() {
        return (long) counts.length * (1 + KEPT * (Long.BYTES + Integer.BYTES + Long.BYTES));
    }
}
