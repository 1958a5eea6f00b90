package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Selection;

/**
 * The loops of comparisons over {@code double}, in a total order: NaN equals NaN and is greater than every other number,
 * and −0.0 equals 0.0.
 */
final class DoubleComparisons {
    private DoubleComparisons() {}

    static void columns(
            ComparisonOperator operator,
            double[] a,
            double[] b,
            Selection selection,
            boolean[] out) {
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
            ComparisonOperator operator, double[] a, double b, Selection selection, boolean[] out) {
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
            double[] a, double[] b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = areEqual(a[row], b[row]) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = areEqual(a[row], b[row]) ^ negate;
            }
        }
    }

    private static void less(
            double[] a, double[] b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = isLess(a[row], b[row]) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = isLess(a[row], b[row]) ^ negate;
            }
        }
    }

    private static void equalConstant(
            double[] a, double b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = areEqual(a[row], b) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = areEqual(a[row], b) ^ negate;
            }
        }
    }

    private static void lessConstant(
            double[] a, double b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = isLess(a[row], b) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = isLess(a[row], b) ^ negate;
            }
        }
    }

    private static void greaterConstant(
            double[] a, double b, boolean negate, boolean[] out, Selection selection) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = isLess(b, a[row]) ^ negate;
            }
        } else {
            for (int i = 0; i < size; i++) {
                int row = rows[i];
                out[row] = isLess(b, a[row]) ^ negate;
            }
        }
    }

    static boolean areEqual(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }

    static boolean isLess(double a, double b) {
        return a < b || (Double.isNaN(b) && !Double.isNaN(a));
    }

    static int compare(double a, double b) {
        return isLess(a, b) ? -1 : areEqual(a, b) ? 0 : 1;
    }
}
