package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.ArrayPool;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions over one batch at a time and remembers what it computed: the same expression over the same
 * {@link Selection} object, or over one that it was narrowed from, is computed once per batch, however many monitors ask.
 *
 * <pre>{@code
 * evaluation.start(batch);
 * evaluation.beginScope();
 * Selection rows = evaluation.filter(where, all);
 * LongColumn price = (LongColumn) evaluation.column(priceExpression, rows);
 * Failures failures = evaluation.endScope();
 * Selection good = failures.without(rows);
 * }</pre>
 *
 * <p>Columns, selections and failures are valid until the next {@link #start}, which takes their arrays back. {@code
 * start} may be called again with the same batch, to forget everything when {@link #bytesHeld()} has grown too large.
 * One thread at a time; a worker has one and keeps it.
 */
public final class Evaluation {
    private static final Schema NO_FIELDS = new Schema(List.of());

    private final ArrayPool pool = new ArrayPool();
    private final Memo memo = new Memo();
    /** Failures in the order of evaluation, those of a result that is used again once more. */
    private final List<Failure> log = new ArrayList<>();

    private final Failures noFailures = new Failures(this, List.of());
    /** Per open scope how many failures there were before it. */
    private int[] scopeStarts = new int[4];

    private int scopeCount;
    private int depth;
    private int[] lastSeen = new int[0];
    private int seenStamp;
    private Batch batch = new Batch(NO_FIELDS, 0);

    /** Turns to another batch and forgets the one before; what was handed out for it is no longer valid. */
    public void start(Batch batch) {
        this.batch = batch;
        pool.reset(batch.rowCount());
        memo.clear();
        log.clear();
        scopeCount = 0;
        depth = 0;
        if (lastSeen.length < batch.rowCount()) {
            lastSeen = new int[batch.rowCount()];
            seenStamp = 0;
        }
    }

    public Batch batch() {
        return batch;
    }

    /**
     * The values of an expression for the rows of {@code selection}; other rows are undefined, and a row that failed is
     * NULL.
     */
    public Column column(Expression expression, Selection selection) {
        if (expression instanceof ColumnReference) {
            return expression.evaluate(this, selection);
        }
        return entry(expression, selection).column;
    }

    /** The rows of {@code selection} for which a BOOLEAN expression is TRUE, neither FALSE nor NULL. */
    public Selection filter(Expression predicate, Selection selection) {
        Memo.Entry entry = entry(predicate, selection);
        Selection filtered = entry.filtered;
        if (filtered == null) {
            filtered = rowsWhereTrue((BooleanColumn) entry.column, selection);
            entry.filtered = filtered;
        }
        return filtered;
    }

    /**
     * Takes over what an expression gives for the rows of a selection, of which none fails: it was computed over the batch that
     * this one was made of.
     *
     * @param column of that batch
     * @param rows per row of this batch the row of that one
     */
    public void know(Expression expression, Selection selection, Column column, int[] rows) {
        Column known = Gather.of(column, rows, rowCount(), pool);
        memo.add(new Memo.Entry(expression, selection, known, List.of()));
    }

    /** Takes over that a predicate is TRUE for all rows of a selection. */
    public void knowTrue(Expression predicate, Selection selection) {
        boolean[] values = booleans();
        Arrays.fill(values, 0, rowCount(), true);
        BooleanColumn column = new BooleanColumn(rowCount(), values, null);
        Memo.Entry entry = new Memo.Entry(predicate, selection, column, List.of());
        entry.filtered = selection;
        memo.add(entry);
    }

    /** From here on, failures are collected for the matching {@link #endScope}. Scopes may be nested. */
    public void beginScope() {
        if (scopeCount == scopeStarts.length) {
            scopeStarts = Arrays.copyOf(scopeStarts, 2 * scopeCount);
        }
        scopeStarts[scopeCount++] = log.size();
    }

    /** The failures met since the matching {@link #beginScope}, also by results that had been computed earlier. */
    public Failures endScope() {
        if (scopeCount == 0) {
            throw new IllegalStateException("endScope() without beginScope()");
        }
        int start = scopeStarts[--scopeCount];
        if (log.size() == start) {
            return noFailures;
        }
        List<Failure> failures = firstOfEachRow(start);
        failures.sort(Comparator.comparingInt(Failure::row));
        forgetUnscopedFailures();
        return new Failures(this, failures);
    }

    /** The bytes of the arrays handed out since {@link #start}. */
    public long bytesHeld() {
        return pool.bytesLent();
    }

    /** The value of an expression without columns, or {@code null} if it fails. */
    static @Nullable Literal constant(Expression expression) {
        Evaluation evaluation = new Evaluation();
        evaluation.start(new Batch(NO_FIELDS, 1));
        evaluation.beginScope();
        Column column = evaluation.column(expression, Selection.all(1));
        if (!evaluation.endScope().isEmpty()) {
            return null;
        }
        return new Literal(expression.type(), Values.get(expression.type(), column, 0));
    }

    /** Reports that a row failed. The expression's own result for the row must be NULL. */
    void fail(int row, ErrorCode code, String what, Expression where) {
        log.add(new Failure(row, code, what, where));
    }

    /** The first {@code count} of {@code rows} as a selection known to be part of {@code parent}, or {@code parent}. */
    Selection narrowed(Selection parent, int[] rows, int count) {
        if (count == parent.size()) {
            return parent;
        }
        return Selection.partOf(parent, rows, count);
    }

    /** The rows of {@code selection} that are not in {@code removed}, which is a part of it. */
    public Selection minus(Selection selection, Selection removed) {
        if (removed.isEmpty()) {
            return selection;
        }
        int[] kept = ints();
        int count = 0;
        int next = 0;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (next < removed.size() && removed.row(next) == row) {
                next++;
            } else {
                kept[count++] = row;
            }
        }
        return narrowed(selection, kept, count);
    }

    int rowCount() {
        return batch.rowCount();
    }

    long[] longs() {
        return pool.longs();
    }

    double[] doubles() {
        return pool.doubles();
    }

    boolean[] booleans() {
        return pool.booleans();
    }

    int[] ints() {
        return pool.ints();
    }

    ByteWriter writer() {
        return pool.writer();
    }

    /** Finds or computes; the failures of what is found are logged again, for the scope that asks now. */
    private Memo.Entry entry(Expression expression, Selection selection) {
        Memo.Entry entry = memo.find(expression, selection);
        if (entry == null) {
            entry = ofWiderSelection(expression, selection);
        }
        if (entry == null) {
            entry = compute(expression, selection);
        } else if (!entry.failures.isEmpty()) {
            log.addAll(entry.failures);
        }
        if (depth == 0) {
            forgetUnscopedFailures();
        }
        return entry;
    }

    /** What is known for a selection that this one was narrowed from holds for this one too. */
    private Memo.@Nullable Entry ofWiderSelection(Expression expression, Selection selection) {
        Selection wider = selection.whole();
        while (wider != null) {
            Memo.Entry known = memo.find(expression, wider);
            if (known != null) {
                List<Failure> failures = within(selection, known.failures);
                Memo.Entry entry = new Memo.Entry(expression, selection, known.column, failures);
                memo.add(entry);
                return entry;
            }
            wider = wider.whole();
        }
        return null;
    }

    private Memo.Entry compute(Expression expression, Selection selection) {
        int start = log.size();
        depth++;
        Column column = expression.evaluate(this, selection);
        depth--;
        List<Failure> failures = firstOfEachRow(start);
        Memo.Entry entry = new Memo.Entry(expression, selection, column, failures);
        memo.add(entry);
        return entry;
    }

    private List<Failure> within(Selection selection, List<Failure> failures) {
        if (failures.isEmpty()) {
            return failures;
        }
        int stamp = nextStamp();
        for (int i = 0; i < selection.size(); i++) {
            lastSeen[selection.row(i)] = stamp;
        }
        List<Failure> within = new ArrayList<>();
        for (Failure failure : failures) {
            if (lastSeen[failure.row()] == stamp) {
                within.add(failure);
            }
        }
        return within;
    }

    private List<Failure> firstOfEachRow(int start) {
        if (log.size() == start) {
            return List.of();
        }
        List<Failure> first = new ArrayList<>();
        int stamp = nextStamp();
        for (int i = start; i < log.size(); i++) {
            Failure failure = log.get(i);
            if (lastSeen[failure.row()] != stamp) {
                lastSeen[failure.row()] = stamp;
                first.add(failure);
            }
        }
        return first;
    }

    private int nextStamp() {
        if (++seenStamp == 0) {
            lastSeen = new int[lastSeen.length];
            seenStamp = 1;
        }
        return seenStamp;
    }

    private void forgetUnscopedFailures() {
        if (scopeCount == 0) {
            log.clear();
        }
    }

    private Selection rowsWhereTrue(BooleanColumn column, Selection selection) {
        if (column.rowCount() == 0) {
            return selection;
        }
        boolean[] values = column.values();
        boolean[] nulls = column.nulls();
        int[] out = ints();
        int count = nulls == null
                ? collect(values, selection.rows(), selection.size(), out)
                : collectNotNull(values, nulls, selection.rows(), selection.size(), out);
        return narrowed(selection, out, count);
    }

    private static int collect(boolean[] values, int @Nullable [] rows, int size, int[] out) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[count] = row;
            count += values[row] ? 1 : 0;
        }
        return count;
    }

    private static int collectNotNull(
            boolean[] values, boolean[] nulls, int @Nullable [] rows, int size, int[] out) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            int row = rows == null ? i : rows[i];
            out[count] = row;
            count += values[row] && !nulls[row] ? 1 : 0;
        }
        return count;
    }
}
