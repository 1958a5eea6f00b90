package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Selection;

/** The loops of comparisons over {@code long}. */
final class LongComparisons {
    private LongComparisons() {}

    static void columns(
            ComparisonOperator operator, long[] a, long[] b, Selection selection, boolean[] out) {
        switch (operator) {
            case EQUAL -> equal(a, b, false, out, selection);
            case NOT_EQUAL -> equal(a, b, true, out, selection);
            case LESS -> less(a, b, false, out, selection);
            case GREATER_OR_EQUAL -> less(a, b, true, out, selection);
            case GREATER -> less(b, a, false, out, selection);
            case LESS_OR_EQUAL -> less(b, a, true, out, selection);
        }
    }

    static void withConstant(
            ComparisonOperator operator, long[] a, long b, Selection selection, boolean[] out) {
        switch (operator) {
            case EQUAL -> equalConstant(a, b, false, out, selection);
            case NOT_EQUAL -> equalConstant(a, b, true, out, selection);
            case LESS -> lessConstant(a, b, false, out, selection);
            case GREATER_OR_EQUAL -> lessConstant(a, b, true, out, selection);
            case GREATER -> greaterConstant(a, b, false, out, selection);
            case LESS_OR_EQUAL -> greaterConstant(a, b, true, out, selection);
        }
    }

    private static void equal(
            long[] a, long[] b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (a[row] == b[row]) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = (a[row] == b[row]) ^ negate;
            }
        }
    }

    private static void less(
            long[] a, long[] b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (a[row] < b[row]) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = (a[row] < b[row]) ^ negate;
            }
        }
    }

    private static void equalConstant(
            long[] a, long b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (a[row] == b) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = (a[row] == b) ^ negate;
            }
        }
    }

    private static void lessConstant(
            long[] a, long b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (a[row] < b) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = (a[row] < b) ^ negate;
            }
        }
    }

    private static void greaterConstant(
            long[] a, long b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (a[row] > b) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = (a[row] > b) ^ negate;
            }
        }
    }
}
