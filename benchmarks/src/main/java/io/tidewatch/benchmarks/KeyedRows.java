package io.tidewatch.benchmarks;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/**
 * Rows with a time, a key and a value, in columns as a decoder makes them. Time goes on evenly; each run of as many rows as
 * there are keys has every key once, in an order that jumps about.
 */
final class KeyedRows {
    static final long START_MILLIS = 1_700_002_800_000L; // A full hour.

    private static final Schema SCHEMA = new Schema(List.of(
            new Field("at", Type.TIMESTAMP),
            new Field("key", Type.BIGINT),
            new Field("value", Type.DOUBLE)));

    /** A prime, so that multiples of it visit all keys. */
    private static final long STEP = 7_368_787;

    private final int keys;
    private final double rowsPerMilli;
    private final long rows;
    private long next;

    /** {@code rows} rows of {@code keys} keys. */
    KeyedRows(int keys, double rowsPerMilli, long rows) {
        this.keys = keys;
        this.rowsPerMilli = rowsPerMilli;
        this.rows = rows;
    }

    boolean hasNext() {
        return next < rows;
    }

    long time(long row) {
        return START_MILLIS + (long) (row / rowsPerMilli);
    }

    long key(long row) {
        return row % keys * STEP % keys;
    }

    double value(long row) {
        return row % 1_000 * 0.1;
    }

    /** The next rows, up to a whole batch. */
    Decoded next() {
        int count = (int) Math.min(Batch.ROWS_MAX, rows - next);
        long[] times = new long[count];
        long[] keysOfRows = new long[count];
        double[] values = new double[count];
        long[] ordinals = new long[count];
        for (int i = 0; i < count; i++) {
            long row = next + i;
            times[i] = time(row);
            keysOfRows[i] = key(row);
            values[i] = value(row);
            ordinals[i] = row;
        }
        next += count;
        Batch batch = new Batch(
                SCHEMA,
                count,
                new LongColumn(count, times, null),
                new LongColumn(count, keysOfRows, null),
                new DoubleColumn(count, values, null));
        BytesColumn raw = new BytesColumn(count, new byte[0], new int[count], new int[count], null);
        Decoded.Records records = new Decoded.Records(ordinals, 0, raw);
        return new Decoded(0, batch, times, records, List.of(), decoded -> {});
    }
}
