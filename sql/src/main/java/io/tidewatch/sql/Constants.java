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
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Computes expressions that read no column. */
final class Constants {
    private Constants() {}

    /** The value, as package {@code type} says. */
    static @Nullable Object valueOf(Expression expression, SqlParserPos pos) {
        Evaluation evaluation = new Evaluation();
        evaluation.start(new Batch(new Schema(List.of()), 1));
        evaluation.beginScope();
        Column column = evaluation.column(expression, Selection.all(1));
        Failures failures = evaluation.endScope();
        if (!failures.isEmpty()) {
            throw Refusal.invalid(pos, "this value cannot be computed: " + failures.reason(0));
        }
        return Values.get(expression.type(), column, 0);
    }
}
