package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;

/**
 * The state of one aggregate call for many groups, one slot per group, in columns that grow.
 *
 * <p>A slot holds an element of a commutative monoid: a new or cleared slot is the neutral element, a row is an element, and
 * {@link #combine} is the operation. Slots are dense small numbers that the caller hands out.
 */
public abstract class Accumulators {
    Accumulators() {}

    /** Makes the slots {@code 0 .. slots-1} exist; those that did not are neutral. */
    public abstract void ensureSlots(int slots);

    /**
     * Adds each selected row to its slot.
     *
     * @param slots the slot of each row, indexed by row like a column; entries of rows that are not selected are ignored
     */
    public abstract void accumulate(AggregateInput input, Selection selection, int[] slots);

    /** Adds a slot of {@code from}, which is of an equal call and stays as it is, to a slot of this. */
    public abstract void combine(int slot, Accumulators from, int fromSlot);

    /**
     * Combines several slots: the first {@code count} of {@code fromSlots} with those of {@code slots} in the same places.
     *
     * @param slots without repetition
     */
    public void combineAll(int[] slots, Accumulators from, int[] fromSlots, int count) {
        for (int i = 0; i < count; i++) {
            combine(slots[i], from, fromSlots[i]);
        }
    }

    /** Appends one slot in a form that {@link #combineFrom} of an equal call reads; nothing is lost. */
    public abstract void write(int slot, ByteWriter out);

    /** Reads what {@link #write} wrote and adds it to a slot. */
    public abstract void combineFrom(int slot, ByteReader in);

    /** {@link #write} of {@code slots[from .. to)}, one after the other. */
    public void writeAll(int[] slots, int from, int to, ByteWriter out) {
        for (int i = from; i < to; i++) {
            write(slots[i], out);
        }
    }

    /** {@link #combineFrom} into the first {@code count} of {@code slots}, one after the other. */
    public void combineAllFrom(int[] slots, int count, ByteReader in) {
        for (int i = 0; i < count; i++) {
            combineFrom(slots[i], in);
        }
    }

    /** Makes a slot neutral again. */
    public abstract void clear(int slot);

    /** {@link #clear} of the first {@code count} of {@code slots}. */
    public void clearAll(int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            clear(slots[i]);
        }
    }

    /**
     * Appends one value per selected slot, in order, to a builder of the call's result type, and leaves the slots as they are.
     * A slot whose result does not fit its type gives NULL and a failure in {@code context}; it does not stop the others.
     *
     * @param slots each once; they need not ascend
     */
    public abstract void finish(Selection slots, FinishContext context, ColumnBuilder out);

    /** A {@link #finish} whose values are what {@link #write} writes. */
    final void finishWritten(Selection slots, ColumnBuilder out) {
        ByteWriter writer = new ByteWriter(64);
        for (int i = 0; i < slots.size(); i++) {
            writer.truncate(0);
            write(slots.row(i), writer);
            ((BytesColumnBuilder) out).append(writer.array(), 0, writer.size());
        }
    }

    /** Whether a limit turned the exact answer of a slot into an estimate or a part. */
    public boolean isApproximate(int slot) {
        return false;
    }

    /** About how many bytes of memory all slots take. */
    public abstract long retainedBytes();
}
