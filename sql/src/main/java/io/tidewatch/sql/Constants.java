package io.tidewatch.sql;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Computes expressions that read no column. */
final class Constants {
    private Constants() {}

    /** What became of an expression. */
    private record Outcome(Column column, Failures failures) {}

    /** The value, as package {@code type} says. */
    static @Nullable Object valueOf(Expression expression, SqlParserPos pos) {
        Outcome outcome = computed(expression);
        if (!outcome.failures.isEmpty()) {
            throw Refusal.invalid(
                    pos, "this value cannot be computed: " + outcome.failures.reason(0));
        }
        return Values.get(expression.type(), outcome.column, 0);
    }

    /** Why there is no value, if there is none. */
    static Optional<String> failureOf(Expression expression) {
        Failures failures = computed(expression).failures;
        return failures.isEmpty() ? Optional.empty() : Optional.of(failures.reason(0));
    }

    private static Outcome computed(Expression expression) {
        Evaluation evaluation = new Evaluation();
        evaluation.start(new Batch(new Schema(List.of()), 1));
        evaluation.beginScope();
        Column column = evaluation.column(expression, Selection.all(1));
        return new Outcome(column, evaluation.endScope());
    }
}
