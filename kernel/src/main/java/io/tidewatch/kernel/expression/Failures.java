package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The rows whose expressions failed, ascending, each with the first thing that went wrong. Valid until the evaluation that
 * made it starts with another batch.
 */
public final class Failures {
    /** How much of the failing expression a reason shows. */
    private static final int EXPRESSION_CHARACTERS_MAX = 200;

    private final Evaluation evaluation;
    private final List<Failure> failures;

    Failures(Evaluation evaluation, List<Failure> failures) {
        this.evaluation = evaluation;
        this.failures = failures;
    }

    public int size() {
        return failures.size();
    }

    public boolean isEmpty() {
        return failures.isEmpty();
    }

    /** The row of the batch. */
    public int row(int index) {
        return failures.get(index).row();
    }

    public ErrorCode code(int index) {
        return failures.get(index).code();
    }

    /** What went wrong in which expression, with columns as {@code $0}, {@code $1}, … */
    public String reason(int index) {
        Failure failure = failures.get(index);
        return reason(failure, failure.where().toString());
    }

    /** What went wrong in which expression, with the names of the columns. */
    public String reason(int index, Schema schema) {
        return reason(index, column -> schema.field(column).name());
    }

    /** As {@link #reason(int, Schema)}, with other names of the columns. */
    public String reason(int index, IntFunction<String> columnNames) {
        Failure failure = failures.get(index);
        return reason(failure, failure.where().toSql(columnNames));
    }

    /** The operation that failed, which is a part of the expression that was asked for. */
    public Expression where(int index) {
        return failures.get(index).where();
    }

    /** The rows of {@code selection} that did not fail; {@code selection} itself if none did. */
    public Selection without(Selection selection) {
        if (failures.isEmpty()) {
            return selection;
        }
        int[] kept = evaluation.ints();
        int count = 0;
        int next = 0;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            while (next < failures.size() && failures.get(next).row() < row) {
                next++;
            }
            if (next == failures.size() || failures.get(next).row() != row) {
                kept[count++] = row;
            }
        }
        return evaluation.narrowed(selection, kept, count);
    }

    private static String reason(Failure failure, String sql) {
        String shown = sql.length() <= EXPRESSION_CHARACTERS_MAX
                ? sql
                : sql.substring(0, EXPRESSION_CHARACTERS_MAX) + "…";
        return failure.what() + " in " + shown;
    }
}
