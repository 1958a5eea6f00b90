package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.batch.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ROWS(x, …): the rows of a slot themselves, in the order of {@link KeptRow}. Beyond the limit the first in that order stay,
 * whichever came when; all are counted, and the slot is marked approximate.
 *
 * <p>A value of the result column is what {@link #write} writes: the count of all rows, the count of kept rows, the rows.
 */
public final class RowAccumulators extends Accumulators {
    private final int rowsMax;
    private final ByteWriter writer = new ByteWriter(64);
    /** The rows of a slot; not sorted, and up to twice the limit, until they are wanted. */
    private @Nullable List<KeptRow>[] rows = newLists(0);

    private long[] counts = {};
    private long rowBytes;

    RowAccumulators(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<KeptRow>[] newLists(int length) {
        return new List[length];
    }

    @Override
    public void ensureSlots(int slots) {
        if (slots > counts.length) {
            int capacity = Slots.capacity(counts.length, slots);
            counts = Arrays.copyOf(counts, capacity);
            rows = Arrays.copyOf(rows, capacity);
        }
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        RowOrigins origins = input.origins();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            writer.truncate(0);
            for (int j = 0; j < input.argumentCount(); j++) {
                Column column = input.argument(j);
                RowCodec.writeValue(column, row, writer);
            }
            add(
                    slots[row],
                    new KeptRow(
                            origins.eventTimes()[row],
                            origins.partition(),
                            origins.offsets()[row],
                            writer.copyBytes()));
            counts[slots[row]]++;
        }
    }

    private void add(int slot, KeptRow row) {
        List<KeptRow> kept = rows[slot];
        if (kept == null) {
            kept = new ArrayList<>();
            rows[slot] = kept;
        }
        kept.add(row);
        rowBytes += retainedBytes(row);
        if (kept.size() >= 2L * rowsMax) {
            trim(kept);
        }
    }

    private void trim(List<KeptRow> kept) {
        kept.sort(null);
        if (kept.size() > rowsMax) {
            List<KeptRow> over = kept.subList(rowsMax, kept.size());
            over.forEach(row -> rowBytes -= retainedBytes(row));
            over.clear();
        }
    }

    /** The rows of a slot that are kept, in order. */
    public List<KeptRow> rows(int slot) {
        List<KeptRow> kept = rows[slot];
        if (kept == null) {
            return List.of();
        }
        trim(kept);
        return List.copyOf(kept);
    }

    /** How many rows were added to a slot, kept or not. */
    public long count(int slot) {
        return counts[slot];
    }

    @Override
    public boolean isApproximate(int slot) {
        return counts[slot] > rowsMax;
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        RowAccumulators other = (RowAccumulators) from;
        counts[slot] += other.counts[fromSlot];
        List<KeptRow> others = other.rows[fromSlot];
        if (others != null) {
            others.forEach(row -> add(slot, row));
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        List<KeptRow> kept = rows(slot);
        out.writeVarLong(counts[slot]);
        out.writeVarLong(kept.size());
        kept.forEach(row -> row.write(out));
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        counts[slot] += in.readVarLong();
        for (int i = in.readCount(); i > 0; i--) {
            add(slot, KeptRow.read(in));
        }
    }

    @Override
    public void clear(int slot) {
        List<KeptRow> kept = rows[slot];
        if (kept != null) {
            kept.forEach(row -> rowBytes -= retainedBytes(row));
            rows[slot] = null;
        }
        counts[slot] = 0;
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        ByteWriter bytes = new ByteWriter(1024);
        for (int i = 0; i < slots.size(); i++) {
            bytes.truncate(0);
            write(slots.row(i), bytes);
            ((BytesColumnBuilder) out).append(bytes.array(), 0, bytes.size());
        }
    }

    private static long retainedBytes(KeptRow row) {
        return 64L + row.bytes().length;
    }

    @Override
    public long retainedBytes() {
        return (long) (Long.BYTES + Integer.BYTES) * counts.length + rowBytes;
    }
}
