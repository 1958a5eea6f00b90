package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Selection;

/** Set operations on selections. */
final class Selections {
    private Selections() {}

    /** The rows that are in both. */
    static Selection intersect(Selection left, Selection right) {
        if (left == right || right.rows() == null && right.size() >= bound(left)) {
            return left;
        }
        if (left.rows() == null && left.size() >= bound(right)) {
            return right;
        }
        int[] rows = new int[Math.min(left.size(), right.size())];
        int size = 0;
        int j = 0;
        for (int i = 0; i < left.size(); i++) {
            int row = left.row(i);
            while (j < right.size() && right.row(j) < row) {
                j++;
            }
            if (j < right.size() && right.row(j) == row) {
                rows[size++] = row;
            }
        }
        return Selection.of(rows, size);
    }

    /** One more than the greatest row. */
    private static int bound(Selection selection) {
        return selection.isEmpty() ? 0 : selection.row(selection.size() - 1) + 1;
    }
}
