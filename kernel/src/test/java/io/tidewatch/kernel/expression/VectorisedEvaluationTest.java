package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Vectorised evaluation against {@link Interpreter}. */
class VectorisedEvaluationTest {
    private static final Functions FUNCTIONS = Functions.with(new JdkTextPatterns());

    @Test
    void equalsTheInterpreterForRandomExpressions() {
        Choices.random("random expressions", 2_500, choices -> compare(choices, new Evaluation()));
    }

    @Test
    void equalsTheInterpreterWhenOneEvaluationIsUsedForManyBatches() {
        Evaluation evaluation = new Evaluation();
        Choices.random("reused evaluation", 500, choices -> compare(choices, evaluation));
    }

    private static void compare(Choices choices, Evaluation evaluation) {
        List<Type> types = new ArrayList<>(List.of(
                Type.BIGINT,
                Type.DOUBLE,
                Type.VARCHAR,
                Type.TIMESTAMP,
                RandomValues.decimal(choices)));
        types.add(RandomValues.type(choices));
        RandomExpressions random = new RandomExpressions(types, FUNCTIONS, choices);
        RandomValues.Rows rows = RandomValues.rows(types, choices);
        evaluation.start(rows.batch());
        Selection selection = RandomValues.selection(rows.batch().rowCount(), choices);
        // Two expressions, of which the second may find parts of the first remembered.
        Expression first = random.ofType(RandomValues.type(choices), choices.between(1, 4));
        Expression second = choices.flag()
                ? first
                : Expressions.coalesce(List.of(first, random.ofType(first.type(), 1)));
        for (Expression expression : List.of(first, second, first.folded())) {
            evaluation.beginScope();
            Column column = evaluation.column(expression, selection);
            Failures failures = evaluation.endScope();
            compare(expression, rows, selection, column, failures);
            choices.record(shown(expression, selection, column));
        }
    }

    private static void compare(
            Expression expression,
            RandomValues.Rows rows,
            Selection selection,
            Column column,
            Failures failures) {
        int failed = 0;
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            Object actual = Values.get(expression.type(), column, row);
            try {
                Object expected = Interpreter.evaluate(expression, c -> rows.value(c, row));
                assertThat(same(expected, actual))
                        .as(
                                "row %s of %s: expected %s, got %s",
                                row, expression, shown(expected), shown(actual))
                        .isTrue();
                boolean reported = failed < failures.size() && failures.row(failed) == row;
                assertThat(reported).as("row %s of %s failed", row, expression).isFalse();
            } catch (RowFailure e) {
                assertThat(failed)
                        .as("row %s: %s", row, e.getMessage())
                        .isLessThan(failures.size());
                assertThat(failures.row(failed)).as(e.getMessage()).isEqualTo(row);
                assertThat(failures.code(failed)).as(failures.reason(failed)).isEqualTo(e.code());
                assertThat(failures.where(failed)).isEqualTo(e.where());
                failed++;
            }
        }
        assertThat(failures.size()).as("failures of %s", expression).isEqualTo(failed);
    }

    /** Equal to the bit, but for the bits of NaN. */
    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
        return expected == null ? actual == null : expected.equals(actual);
    }

    /** The values to the bit, with one NaN. */
    private static String shown(Expression expression, Selection selection, Column column) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < selection.size(); i++) {
            Object value = Values.get(expression.type(), column, selection.row(i));
            out.append(value instanceof Double x ? Double.doubleToLongBits(x) : value)
                    .append(' ');
        }
        return out.toString();
    }

    private static String shown(@Nullable Object value) {
        return String.valueOf(value).replace("\n", "\\n").replace("\r", "\\r");
    }
}
