package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.ComparisonOperator.EQUAL;
import static io.tidewatch.kernel.expression.ComparisonOperator.GREATER;
import static io.tidewatch.kernel.expression.ComparisonOperator.LESS;
import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.expression.Results.decimal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredicateTest {
    private static final Expression FAILS = Expressions.comparison(
            EQUAL,
            Expressions.arithmetic(ArithmeticOperator.DIVIDE, literal(1), literal(0)),
            literal(1));

    private static String result(Object left, ComparisonOperator operator, Object right) {
        return Results.of(
                Expressions.comparison(operator, Results.literal(left), Results.literal(right)));
    }

    private static Expression truth(@Nullable Boolean value) {
        return literal(Type.BOOLEAN, value);
    }

    @Test
    void nanIsTheGreatestNumberAndEqualsItself() {
        assertThat(result(Double.NaN, EQUAL, Double.NaN)).isEqualTo("TRUE");
        assertThat(result(Double.NaN, GREATER, Double.POSITIVE_INFINITY)).isEqualTo("TRUE");
        assertThat(result(Double.NaN, LESS, Double.NaN)).isEqualTo("FALSE");
        assertThat(result(1, LESS, Double.NaN)).isEqualTo("TRUE");
        assertThat(result(-0.0, EQUAL, 0.0)).isEqualTo("TRUE");
        assertThat(result(-0.0, LESS, 0.0)).isEqualTo("FALSE");
    }

    @Test
    void wholeAndDecimalNumbersCompareExactly() {
        assertThat(result(Long.MAX_VALUE, GREATER, decimal("0.000000000000000001")))
                .isEqualTo("TRUE");
        assertThat(result(decimal("9.3"), LESS, Long.MIN_VALUE)).isEqualTo("FALSE");
        assertThat(result(decimal("1.50"), EQUAL, decimal("1.5"))).isEqualTo("TRUE");
        assertThat(result(9_007_199_254_740_993L, GREATER, decimal("9007199254740992.9")))
                .isEqualTo("TRUE");
    }

    /** Words of the array are compared, which must not see what lies beside a slice, and not beyond the array. */
    @Test
    void aStringEqualsAConstantWhereverItLiesInItsArray() {
        byte[] text = "abcdefghijklmnopqrst".getBytes(UTF_8);
        for (int length = 0; length <= text.length; length++) {
            int[] starts = IntStream.rangeClosed(0, text.length - length).toArray();
            int[] lengths =
                    IntStream.of(starts).map(start -> text.length - start).toArray();
            for (int i = 0; i < lengths.length; i += 2) {
                lengths[i] = Math.min(length, lengths[i]);
            }
            BytesColumn column = new BytesColumn(starts.length, text, starts, lengths, null);
            Schema schema = new Schema(List.of(new Field("text", Type.VARCHAR)));
            for (int start : starts) {
                String constant = new String(text, start, length, UTF_8);
                Evaluation evaluation = new Evaluation();
                evaluation.start(new Batch(schema, starts.length, column));
                Selection equal = evaluation.filter(
                        Expressions.comparison(
                                EQUAL, Expressions.column(0, Type.VARCHAR), literal(constant)),
                        Selection.all(starts.length));
                assertThat(rows(equal))
                        .containsExactlyElementsOf(IntStream.range(0, starts.length)
                                .filter(row -> column.toString(row).equals(constant))
                                .boxed()
                                .toList());
            }
        }
    }

    private static List<Integer> rows(Selection selection) {
        return IntStream.range(0, selection.size()).map(selection::row).boxed().toList();
    }

    @Test
    void stringsCompareAsCodePoints() {
        // U+FF61 stands before U+1F600, which UTF-16 begins with the smaller unit D83D.
        assertThat(result("\uFF61", LESS, "\uD83D\uDE00")).isEqualTo("TRUE");
        assertThat(result("z", LESS, "é")).isEqualTo("TRUE");
        assertThat(result("", LESS, "a")).isEqualTo("TRUE");
        assertThat(result("ab", GREATER, "a")).isEqualTo("TRUE");
    }

    @Test
    void refusesComparisonsOfDifferentKinds() {
        assertThatThrownBy(() -> result("1", EQUAL, 1))
                .isInstanceOf(TidewatchException.class)
                .hasMessage("VARCHAR cannot be compared with BIGINT, in '1' = 1; "
                        + "CAST one to the type of the other");
    }

    @Test
    void andAndOrHaveThreeValues() {
        Choices.exhaustive(choices -> {
            List<Expression> operands = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Boolean value = choices.oneIn(3) ? null : (Boolean) choices.flag();
                operands.add(truth(value));
                values.add(value == null ? "NULL" : value ? "TRUE" : "FALSE");
            }
            String and =
                    values.contains("FALSE") ? "FALSE" : values.contains("NULL") ? "NULL" : "TRUE";
            String or =
                    values.contains("TRUE") ? "TRUE" : values.contains("NULL") ? "NULL" : "FALSE";
            assertThat(Results.of(Expressions.and(operands))).isEqualTo(and);
            assertThat(Results.of(Expressions.or(operands))).isEqualTo(or);
        });
        assertThat(Results.of(Expressions.not(truth(null)))).isEqualTo("NULL");
        assertThat(Results.of(Expressions.and(List.of()))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.or(List.of()))).isEqualTo("FALSE");
    }

    @Test
    void whatIsNotReachedCannotFail() {
        assertThat(Results.of(Expressions.and(List.of(truth(false), FAILS)))).isEqualTo("FALSE");
        assertThat(Results.of(Expressions.or(List.of(truth(true), FAILS)))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.coalesce(List.of(truth(true), FAILS))))
                .isEqualTo("TRUE");
        assertThat(Results.of(Expressions.caseWhen(
                        List.of(truth(false), truth(true)), List.of(FAILS, truth(true)), FAILS)))
                .isEqualTo("TRUE");
    }

    @Test
    void whatIsReachedFailsEvenIfItsValueWouldNotMatter() {
        assertThat(Results.of(Expressions.and(List.of(truth(null), FAILS))))
                .isEqualTo("DIVISION_BY_ZERO");
        assertThat(Results.of(Expressions.and(List.of(FAILS, truth(false)))))
                .isEqualTo("DIVISION_BY_ZERO");
        assertThat(Results.of(Expressions.isNull(FAILS))).isEqualTo("DIVISION_BY_ZERO");
        assertThat(Results.of(Expressions.coalesce(List.of(FAILS, truth(true)))))
                .isEqualTo("DIVISION_BY_ZERO");
    }

    @Test
    void truthTestsAreNeverNull() {
        assertThat(Results.of(Expressions.isNull(truth(null)))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.isNotNull(truth(null)))).isEqualTo("FALSE");
        assertThat(Results.of(Expressions.isTrue(truth(null)))).isEqualTo("FALSE");
        assertThat(Results.of(Expressions.isNotTrue(truth(null)))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.isFalse(truth(false)))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.isNotFalse(truth(null)))).isEqualTo("TRUE");
        Expression none = literal(Type.BIGINT, null);
        assertThat(Results.of(Expressions.isNotDistinctFrom(none, none))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.isDistinctFrom(none, literal(1)))).isEqualTo("TRUE");
        assertThat(Results.of(Expressions.isDistinctFrom(literal(1), literal(1))))
                .isEqualTo("FALSE");
    }

    @Test
    void inIsNullWhenOnlyANullCouldBeEqual() {
        assertThat(in(1, 1, null)).isEqualTo("TRUE");
        assertThat(in(2, 1, null)).isEqualTo("NULL");
        assertThat(in(2, 1, 3)).isEqualTo("FALSE");
        assertThat(in(Double.NaN, 1.0, Double.NaN)).isEqualTo("TRUE");
        assertThat(in(0.0, -0.0)).isEqualTo("TRUE");
        assertThat(in(1, decimal("1.0"), decimal("2.5"))).isEqualTo("TRUE");
        assertThat(in("é", "e", "é")).isEqualTo("TRUE");
    }

    private static String in(Object value, @Nullable Object... list) {
        Expression element = Results.literal(value);
        List<Expression> elements = new ArrayList<>();
        for (Object next : list) {
            elements.add(next == null ? literal(element.type(), null) : Results.literal(next));
        }
        // COALESCE keeps the value from being a literal, for which IN has another form.
        Expression computed = Expressions.coalesce(List.of(element, element));
        String form = Results.of(Expressions.in(element, elements));
        assertThat(Results.of(Expressions.in(computed, elements))).isEqualTo(form);
        return form;
    }

    @Test
    void betweenIncludesItsEnds() {
        assertThat(Results.of(Expressions.between(literal(1), literal(1), literal(2))))
                .isEqualTo("TRUE");
        assertThat(Results.of(Expressions.between(literal(3), literal(1), literal(2))))
                .isEqualTo("FALSE");
    }

    @Test
    void caseBringsItsResultsToOneType() {
        Expression mixed = Expressions.caseWhen(
                List.of(truth(true), truth(false)),
                List.of(literal(1), literal(Type.VARCHAR, null)),
                decimal("2.50"));
        assertThat(mixed.type()).isEqualTo(Type.decimal(18, 2));
        assertThat(Results.of(mixed)).isEqualTo("1.00");
        assertThatThrownBy(() -> Expressions.caseWhen(
                        List.of(truth(true)), List.of(literal(1)), literal("a")))
                .hasMessage(
                        "CASE has results of different types, BIGINT, VARCHAR; CAST them to one");
        assertThatThrownBy(() -> Expressions.not(literal(1)))
                .hasMessage("NOT needs a BOOLEAN, but 1 is BIGINT; compare it with something");
    }
}
