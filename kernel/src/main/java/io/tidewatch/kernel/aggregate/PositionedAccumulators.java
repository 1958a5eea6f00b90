package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;

/**
 * FIRST_VALUE and LAST_VALUE: the value, NULL included, of the row that is first or last by (event time, partition, offset).
 * Should two rows claim one place, the lesser (for LAST_VALUE the greater) value wins, NULL being least.
 */
final class PositionedAccumulators extends Accumulators {
    /** The sign of {@code kept.compare(candidate)} with which the candidate takes over. */
    private final int replacedWhen;

    private final PositionedValues kept;
    /** One slot that holds a candidate for a tie or from bytes. */
    private final PositionedValues candidate;

    PositionedAccumulators(Type type, boolean last) {
        this.replacedWhen = last ? -1 : 1;
        this.kept = new PositionedValues(type);
        this.candidate = new PositionedValues(type);
        candidate.ensureSlots(1);
    }

    @Override
    public void ensureSlots(int slots) {
        kept.ensureSlots(slots);
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        RowOrigins origins = input.origins();
        long[] times = origins.eventTimes();
        long[] offsets = origins.offsets();
        int partition = origins.partition();
        Column column = input.argument(0);
        long[] numbers = kept.numbers(column, selection);
        int size = selection.size();
        int[] rows = selection.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            int slot = slots[row];
            int order = kept.isEmpty(slot)
                    ? replacedWhen
                    : Integer.signum(
                            kept.comparePosition(slot, times[row], partition, offsets[row]));
            if (order == replacedWhen) {
                kept.set(slot, origins, column, numbers, row);
            } else if (order == 0) {
                candidate.set(0, origins, column, numbers, row);
                add(slot, candidate, 0);
            }
        }
    }

    private void add(int slot, PositionedValues from, int fromSlot) {
        if (from.isEmpty(fromSlot)) {
            return;
        }
        if (kept.isEmpty(slot)
                || Integer.signum(kept.compare(slot, from, fromSlot)) == replacedWhen) {
            kept.set(slot, from, fromSlot);
        }
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        add(slot, ((PositionedAccumulators) from).kept, fromSlot);
    }

    @Override
    public void write(int slot, ByteWriter out) {
        kept.write(slot, out);
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        candidate.read(0, in);
        add(slot, candidate, 0);
    }

    @Override
    public void clear(int slot) {
        kept.clear(slot);
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            kept.append(slots.row(i), out);
        }
    }

    @Override
    public long retainedBytes() {
        return kept.retainedBytes();
    }
}
