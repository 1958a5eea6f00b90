package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Slices;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The loops of comparisons over strings, as unsigned bytes. */
final class BytesComparisons {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BytesComparisons() {}

    static void columns(
            ComparisonOperator operator,
            BytesColumn a,
            BytesColumn b,
            Selection selection,
            boolean[] out) {
        boolean isEquality = isEquality(operator);
        boolean negate = operator == ComparisonOperator.NOT_EQUAL;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!a.isNull(row) && !b.isNull(row)) {
                out[row] = isEquality
                        ? areEqual(a, b, row) ^ negate
                        : operator.holds(compare(a, b, row));
            }
        }
    }

    static void withConstant(
            ComparisonOperator operator,
            BytesColumn a,
            byte[] b,
            Selection selection,
            boolean[] out) {
        if (isEquality(operator)) {
            equalConstant(a, b, operator == ComparisonOperator.NOT_EQUAL, selection, out);
            return;
        }
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!a.isNull(row)) {
                int start = a.start(row);
                int end = start + a.length(row);
                out[row] = operator.holds(
                        Arrays.compareUnsigned(a.bytes(), start, end, b, 0, b.length));
            }
        }
    }

    private static void equalConstant(
            BytesColumn a, byte[] b, boolean negate, Selection selection, boolean[] out) {
        byte[] bytes = a.bytes();
        int[] starts = a.starts();
        int[] lengths = a.lengths();
        boolean[] nulls = a.nulls();
        int[] rows = selection.rows();
        int size = selection.size();
        // Lengths and first words are compared together: which of them differs is hard to predict.
        int wordStartMax = bytes.length - Long.BYTES;
        long mask = b.length >= Long.BYTES ? -1 : (1L << Byte.SIZE * b.length) - 1;
        long word = firstWord(b);
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            if (nulls == null || !nulls[row]) {
                int start = starts[row];
                long differences = lengths[row] ^ b.length;
                if (start <= wordStartMax) {
                    differences |= ((long) LONG.get(bytes, start) ^ word) & mask;
                }
                if ((b.length > Long.BYTES || start > wordStartMax) && differences == 0) {
                    differences = areEqual(bytes, start, b) ? 0 : 1;
                }
                out[row] = (differences == 0) ^ negate;
            }
        }
    }

    /** The first eight bytes, the first one lowest, above them zeros. */
    private static long firstWord(byte[] b) {
        long word = 0;
        for (int i = 0; i < Math.min(b.length, Long.BYTES); i++) {
            word |= (b[i] & 0xFFL) << Byte.SIZE * i;
        }
        return word;
    }

    private static boolean areEqual(byte[] bytes, int start, byte[] b) {
        return Slices.equal(bytes, start, b, 0, b.length);
    }

    static void startsWith(BytesColumn a, byte[] prefix, Selection selection, boolean[] out) {
        byte[] bytes = a.bytes();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            out[row] = !a.isNull(row)
                    && a.length(row) >= prefix.length
                    && Slices.equal(bytes, a.start(row), prefix, 0, prefix.length);
        }
    }

    private static boolean isEquality(ComparisonOperator operator) {
        return operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
    }

    private static boolean areEqual(BytesColumn a, BytesColumn b, int row) {
        int length = a.length(row);
        int aStart = a.start(row);
        int bStart = b.start(row);
        return length == b.length(row)
                && Slices.equal(a.bytes(), aStart, b.bytes(), bStart, length);
    }

    private static int compare(BytesColumn a, BytesColumn b, int row) {
        int aStart = a.start(row);
        int bStart = b.start(row);
        return Arrays.compareUnsigned(
                a.bytes(),
                aStart,
                aStart + a.length(row),
                b.bytes(),
                bStart,
                bStart + b.length(row));
    }
}
