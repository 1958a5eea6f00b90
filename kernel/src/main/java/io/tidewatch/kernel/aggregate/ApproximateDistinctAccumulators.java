package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** APPROX_COUNT_DISTINCT: a {@link HyperLogLog} per slot, of the rows of which no argument is NULL. */
final class ApproximateDistinctAccumulators extends Accumulators {
    private final NonNullRows nonNull = new NonNullRows();
    private final ValueEncoder encoder = new ValueEncoder();

    private @Nullable HyperLogLog[] sketches = {};

    @Override
    public void ensureSlots(int slots) {
        if (slots > sketches.length) {
            sketches = Arrays.copyOf(sketches, Slots.capacity(sketches.length, slots));
        }
    }

    /** The sketch of a slot, made when the first value comes. */
    private HyperLogLog own(int slot) {
        HyperLogLog sketch = sketches[slot];
        if (sketch == null) {
            sketch = new HyperLogLog();
            sketches[slot] = sketch;
        }
        return sketch;
    }

    @Override
    public void accumulate(AggregateInput input, Selection selection, int[] slots) {
        Selection narrowed = nonNull.ofAll(selection, input);
        int size = narrowed.size();
        int[] rows = narrowed.rows();
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            own(slots[row]).add(encoder.hash(input, row));
        }
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            HyperLogLog sketch = sketches[slots.row(i)];
            ((LongColumnBuilder) out).append(sketch == null ? 0 : sketch.estimate());
        }
    }

    @Override
    public void combine(int slot, Accumulators from, int fromSlot) {
        HyperLogLog other = ((ApproximateDistinctAccumulators) from).sketches[fromSlot];
        if (other != null) {
            own(slot).add(other);
        }
    }

    @Override
    public void write(int slot, ByteWriter out) {
        HyperLogLog sketch = sketches[slot];
        out.writeBoolean(sketch != null);
        if (sketch != null) {
            sketch.write(out);
        }
    }

    @Override
    public void combineFrom(int slot, ByteReader in) {
        if (in.readBoolean()) {
            own(slot).addFrom(in);
        }
    }

    @Override
    public void clear(int slot) {
        sketches[slot] = null;
    }

    @Override
    public long retainedBytes() {
        long bytes = (long) Integer.BYTES * sketches.length;
        for (HyperLogLog sketch : sketches) {
            bytes += sketch == null ? 0 : sketch.retainedBytes();
        }
        return bytes;
    }
}
