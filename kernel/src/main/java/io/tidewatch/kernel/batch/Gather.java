package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.type.Type;
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
        boolean @Nullable [] nulls = nulls(source, rows, rowCount);
        if (source instanceof LongColumn longs) {
            return new LongColumn(rowCount, longs(longs.values(), rows, rowCount), nulls);
        }
        if (source instanceof DoubleColumn doubles) {
            return new DoubleColumn(rowCount, doubles(doubles.values(), rows, rowCount), nulls);
        }
        if (source instanceof BooleanColumn booleans) {
            return new BooleanColumn(rowCount, booleans(booleans.values(), rows, rowCount), nulls);
        }
        BytesColumn bytes = (BytesColumn) source;
        return new BytesColumn(
                rowCount,
                bytes.bytes(),
                ints(bytes.starts(), rows, rowCount),
                ints(bytes.lengths(), rows, rowCount),
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
        long[] target = new long[rowCount];
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

    private static double[] doubles(double[] source, int[] rows, int rowCount) {
        double[] target = new double[rowCount];
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    private static boolean[] booleans(boolean[] source, int[] rows, int rowCount) {
        boolean[] target = new boolean[rowCount];
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] >= 0 && source[rows[i]];
        }
        return target;
    }

    private static int[] ints(int[] source, int[] rows, int rowCount) {
        int[] target = new int[rowCount];
        for (int i = 0; i < rowCount; i++) {
            target[i] = rows[i] < 0 ? 0 : source[rows[i]];
        }
        return target;
    }

    private static boolean @Nullable [] nulls(Column source, int[] rows, int rowCount) {
        boolean[] target = null;
        for (int i = 0; i < rowCount; i++) {
            if (rows[i] < 0 || source.isNull(rows[i])) {
                if (target == null) {
                    target = new boolean[rowCount];
                }
                target[i] = true;
            }
        }
        return target;
    }
}
