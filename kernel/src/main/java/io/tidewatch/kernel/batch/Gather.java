package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies chosen rows of a column behind one another. */
public final class Gather {
    private Gather() {}

    /**
     * The column whose row i is row {@code rows[i]} of the source, or NULL where {@code rows[i]} is −1.
     *
     * @param rows of which the first {@code rowCount} count
     */
    public static Column of(Column source, int[] rows, int rowCount) {
        return of(source, rows, rowCount, fresh(rowCount));
    }

    /** As {@link #of(Column, int[], int)}, into arrays of a pool that lends as many entries. */
    public static Column of(Column source, int[] rows, int rowCount, ArrayPool pool) {
        boolean @Nullable [] nulls = nulls(source, rows, rowCount, pool);
        if (source instanceof LongColumn longs) {
            return new LongColumn(rowCount, longs(longs.values(), rows, rowCount, pool), nulls);
        }
        if (source instanceof DoubleColumn doubles) {
            return new DoubleColumn(
                    rowCount, doubles(doubles.values(), rows, rowCount, pool), nulls);
        }
        if (source instanceof BooleanColumn booleans) {
            return new BooleanColumn(
                    rowCount, booleans(booleans.values(), rows, rowCount, pool), nulls);
        }
        BytesColumn bytes = (BytesColumn) source;
        return new BytesColumn(
                rowCount,
                bytes.bytes(),
                ints(bytes.starts(), rows, rowCount, pool),
                ints(bytes.lengths(), rows, rowCount, pool),
                nulls);
    }

    /** As {@link #of}, with nothing left of the source's arrays, also not the bytes of strings. */
    public static Column copyOf(Column source, int[] rows, int rowCount) {
        if (!(source instanceof BytesColumn bytes)) {
            return of(source, rows, rowCount);
        }
        BytesColumnBuilder builder = new BytesColumnBuilder(rowCount);
        for (int i = 0; i < rowCount; i++) {
            if (rows[i] < 0 || bytes.isNull(rows[i])) {
                builder.appendNull();
            } else {
                builder.append(bytes.bytes(), bytes.start(rows[i]), bytes.length(rows[i]));
            }
        }
        return builder.build();
    }

    /**
     * The column whose row i is row {@code rows[i]} of {@code parts[places[i]]}, or NULL where {@code rows[i]} is −1.
     *
     * @param rows and {@code places}, of which the first {@code rowCount} count
     */
    public static Column ofParts(
            Type type, List<Column> parts, int[] places, int[] rows, int rowCount) {
        ColumnBuilder builder = ColumnBuilder.of(type, rowCount);
        for (int i = 0; i < rowCount; i++) {
            Values.append(
                    type,
                    builder,
                    rows[i] < 0 ? null : Values.get(type, parts.get(places[i]), rows[i]));
        }
        return builder.build();
    }

    /** The values of the chosen rows; 0 for row −1. */
    public static long[] longs(long[] source, int[] rows, int rowCount) {
        return longs(source, rows, rowCount, fresh(rowCount));
    }

    /** As {@link #longs(long[], int[], int)}, into an array of a pool. */
    public static long[] longs(long[] source, int[] rows, int rowCount, ArrayPool pool) {
        long[] target = pool.longs();
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    /** The bytes of the chosen rows; 0 for row −1. */
    public static byte[] bytes(byte[] source, int[] rows, int rowCount) {
        byte[] target = new byte[rowCount];
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    private static double[] doubles(double[] source, int[] rows, int rowCount, ArrayPool pool) {
        double[] target = pool.doubles();
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    private static boolean[] booleans(boolean[] source, int[] rows, int rowCount, ArrayPool pool) {
        boolean[] target = pool.booleans();
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] >= 0 && source[rows[i]];
        }
        return target;
    }

    private static int[] ints(int[] source, int[] rows, int rowCount, ArrayPool pool) {
        int[] target = pool.ints();
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    /** A pool of its own, for arrays that stay with who asked. */
    private static ArrayPool fresh(int rowCount) {
        ArrayPool pool = new ArrayPool();
        pool.reset(rowCount);
        return pool;
    }

    private static boolean @Nullable [] nulls(
            Column source, int[] rows, int rowCount, ArrayPool pool) {
        boolean[] target = null;
        for (int i = 0; i < rowCount; i++) {
            if (rows[i] < 0 || source.isNull(rows[i])) {
                if (target == null) {
                    target = pool.booleans();
                    Arrays.fill(target, 0, rowCount, false);
                }
                target[i] = true;
            }
        }
        return target;
    }
}
