package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("grows", Type.BIGINT),
            new Field("falls", Type.BIGINT),
            new Field("fixed", Type.BIGINT),
            new Field("seen", Type.BOOLEAN),
            new Field("least", Type.BIGINT),
            new Field("all", Type.BOOLEAN));
    private static final List<Growth> COLUMNS = List.of(
            Growth.GROWS, Growth.ANY, Growth.FIXED, Growth.GROWS, Growth.FALLS, Growth.FALLS);

    @Test
    void lowerBoundsOfWhatGrowsStayTrue() {
        Expression grows = Expressions.column(0, Type.BIGINT);
        Expression falls = Expressions.column(1, Type.BIGINT);
        Expression ten = Expressions.literal(10);
        assertThat(staysTrue(compare(ComparisonOperator.GREATER, grows, ten))).isTrue();
        assertThat(staysTrue(compare(ComparisonOperator.LESS_OR_EQUAL, ten, grows)))
                .isTrue();
        assertThat(staysTrue(compare(ComparisonOperator.LESS, grows, ten))).isFalse();
        assertThat(staysTrue(compare(ComparisonOperator.EQUAL, grows, ten))).isFalse();
        assertThat(staysTrue(compare(ComparisonOperator.GREATER, falls, ten))).isFalse();
        assertThat(staysTrue(Expressions.column(3, Type.BOOLEAN))).isTrue();
        assertThat(staysTrue(Expressions.not(Expressions.column(3, Type.BOOLEAN))))
                .isFalse();
        assertThat(staysTrue(Expressions.isNull(grows))).isFalse();
    }

    @Test
    void upperBoundsOfWhatFallsStayTrue() {
        Expression grows = Expressions.column(0, Type.BIGINT);
        Expression least = Expressions.column(4, Type.BIGINT);
        Expression all = Expressions.column(5, Type.BOOLEAN);
        Expression three = Expressions.literal(3);
        Expression below = compare(ComparisonOperator.LESS, least, three);
        assertThat(staysTrue(below)).isTrue();
        assertThat(staysTrue(compare(ComparisonOperator.GREATER, least, three))).isFalse();
        assertThat(staysTrue(compare(ComparisonOperator.GREATER, grows, least))).isTrue();
        assertThat(staysTrue(compare(ComparisonOperator.LESS, grows, least))).isFalse();
        assertThat(staysTrue(Expressions.not(below))).isFalse();
        assertThat(staysTrue(Expressions.not(compare(ComparisonOperator.LESS, grows, three))))
                .isTrue();
        assertThat(staysTrue(Expressions.not(compare(ComparisonOperator.GREATER, grows, three))))
                .isFalse();
        assertThat(staysTrue(all)).isFalse();
        assertThat(staysTrue(Expressions.not(all))).isTrue();
    }

    @Test
    void whatIsSaidToStayTrueDoes() {
        Choices.random("a condition that stays true", 2_000, choices -> {
            Expression condition = condition(choices, 2);
            if (!staysTrue(condition)) {
                return;
            }
            boolean before = false;
            Long fixed = choices.oneIn(4) ? null : (Long) (long) choices.upTo(4);
            Long grows = null;
            Boolean seen = null;
            Long least = null;
            Boolean all = null;
            for (int step = 0; step < 12; step++) {
                grows = choices.flag()
                        ? grows
                        : (Long) ((grows == null ? -2 : grows) + choices.upTo(3));
                seen = choices.flag()
                        ? seen
                        : (Boolean) (Boolean.TRUE.equals(seen) || choices.flag());
                least = choices.flag()
                        ? least
                        : (Long) ((least == null ? 6 : least) - choices.upTo(3));
                all = choices.flag()
                        ? all
                        : (Boolean) (!Boolean.FALSE.equals(all) && choices.flag());
                boolean now =
                        isTrue(condition, grows, (long) choices.upTo(4), fixed, seen, least, all);
                assertThat(now || !before).as("%s at step %d", condition, step).isTrue();
                before = now;
            }
        });
    }

    private static Expression condition(Choices choices, int depth) {
        if (depth > 0 && choices.flag()) {
            List<Expression> operands =
                    List.of(condition(choices, depth - 1), condition(choices, depth - 1));
            return choices.flag() ? Expressions.and(operands) : Expressions.or(operands);
        }
        return switch (choices.upTo(6)) {
            case 0 -> Expressions.column(3, Type.BOOLEAN);
            case 4 -> Expressions.column(5, Type.BOOLEAN);
            case 5 -> Expressions.not(condition(choices, 0));
            case 1 -> Expressions.isNotNull(number(choices));
            case 2 ->
                Expressions.not(compare(
                        choices.of(ComparisonOperator.values()), number(choices), number(choices)));
            default ->
                compare(choices.of(ComparisonOperator.values()), number(choices), number(choices));
        };
    }

    private static Expression number(Choices choices) {
        return choices.flag()
                ? Expressions.column(choices.of(0, 1, 2, 4), Type.BIGINT)
                : Expressions.literal(choices.upTo(4));
    }

    private static Expression compare(
            ComparisonOperator operator, Expression left, Expression right) {
        return Expressions.comparison(operator, left, right);
    }

    private static boolean staysTrue(Expression condition) {
        return Growth.staysTrue(condition, COLUMNS::get);
    }

    private static boolean isTrue(Expression condition, @Nullable Object... row) {
        List<ColumnBuilder> builders = SCHEMA.fields().stream()
                .map(field -> ColumnBuilder.of(field.type(), 1))
                .toList();
        for (int i = 0; i < row.length; i++) {
            Values.append(SCHEMA.field(i).type(), builders.get(i), row[i]);
        }
        Evaluation evaluation = new Evaluation();
        evaluation.start(
                Batch.of(SCHEMA, 1, builders.stream().map(ColumnBuilder::build).toList()));
        BooleanColumn column = (BooleanColumn) evaluation.column(condition, Selection.all(1));
        return !column.isNull(0) && column.value(0);
    }
}
