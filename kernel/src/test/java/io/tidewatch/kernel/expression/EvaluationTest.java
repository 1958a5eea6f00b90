package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.ArithmeticOperator.ADD;
import static io.tidewatch.kernel.expression.ArithmeticOperator.DIVIDE;
import static io.tidewatch.kernel.expression.ComparisonOperator.GREATER;
import static io.tidewatch.kernel.expression.ComparisonOperator.NOT_EQUAL;
import static io.tidewatch.kernel.expression.Expressions.and;
import static io.tidewatch.kernel.expression.Expressions.arithmetic;
import static io.tidewatch.kernel.expression.Expressions.comparison;
import static io.tidewatch.kernel.expression.Expressions.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("a", Type.BIGINT), new Field("b", Type.BIGINT), new Field("s", Type.VARCHAR));
    private static final Expression A = Expressions.column(0, Type.BIGINT);
    private static final Expression B = Expressions.column(1, Type.BIGINT);
    private static final Expression QUOTIENT = arithmetic(DIVIDE, A, B);

    private final Evaluation evaluation = new Evaluation();
    private final Batch batch = new Batch(
            SCHEMA,
            4,
            new LongColumn(8, 6, 4, 2),
            new LongColumn(2, 0, 1, 0),
            BytesColumn.of("x", null, "y", "z"));
    private final Selection all = Selection.all(4);

    @BeforeEach
    void start() {
        evaluation.start(batch);
    }

    @Test
    void computesAnEqualExpressionOverTheSameSelectionOnce() {
        assertThat(evaluation.column(arithmetic(ADD, A, B), all))
                .isSameAs(evaluation.column(arithmetic(ADD, A, B), all));
        assertThat(evaluation.filter(comparison(GREATER, A, literal(4)), all))
                .isSameAs(evaluation.filter(comparison(GREATER, A, literal(4)), all));
    }

    @Test
    void usesWhatIsKnownForAWiderSelection() {
        Selection narrow = evaluation.filter(comparison(GREATER, A, literal(4)), all);
        Object wide = evaluation.column(arithmetic(ADD, A, B), all);
        assertThat(evaluation.column(arithmetic(ADD, A, B), narrow)).isSameAs(wide);
    }

    @Test
    void reportsTheFailuresOfAResultThatIsUsedAgain() {
        for (int scope = 0; scope < 2; scope++) {
            evaluation.beginScope();
            evaluation.column(QUOTIENT, all);
            Failures failures = evaluation.endScope();
            assertThat(failures.size()).isEqualTo(2);
            assertThat(failures.row(0)).isEqualTo(1);
            assertThat(failures.code(1)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
            assertThat(failures.reason(0, SCHEMA)).isEqualTo("division by zero in a / b");
            assertThat(failures.without(all).size()).isEqualTo(2);
        }
    }

    @Test
    void reportsOnlyTheFailuresWithinANarrowerSelection() {
        evaluation.column(QUOTIENT, all);
        Selection narrow = evaluation.filter(comparison(GREATER, A, literal(4)), all);
        evaluation.beginScope();
        evaluation.column(QUOTIENT, narrow);
        Failures failures = evaluation.endScope();
        assertThat(failures.size()).isEqualTo(1);
        assertThat(failures.row(0)).isEqualTo(1);
    }

    @Test
    void doesNotReachTheRightOfAndWhereTheLeftIsFalse() {
        Expression guarded = and(List.of(
                comparison(NOT_EQUAL, B, literal(0)), comparison(GREATER, QUOTIENT, literal(3))));
        evaluation.beginScope();
        Selection rows = evaluation.filter(guarded, all);
        assertThat(evaluation.endScope().isEmpty()).isTrue();
        assertThat(rows.size()).isEqualTo(2);
    }

    @Test
    void inlinesAProjection() {
        Expression sum = arithmetic(ADD, A, B);
        assertThat(sum.withColumns(List.of(QUOTIENT, literal(1))))
                .isEqualTo(arithmetic(ADD, QUOTIENT, literal(1)))
                .hasToString("($0 / $1) + 1");
    }

    @Test
    void foldsConstantPartsUnlessTheyFail() {
        Expression three = arithmetic(ADD, literal(1), literal(2));
        assertThat(arithmetic(ADD, A, three).folded()).hasToString("$0 + 3");
        Expression fails = arithmetic(DIVIDE, literal(1), literal(0));
        assertThat(fails.folded()).isSameAs(fails);
    }

    @Test
    void reportsARowOnceWithTheFirstThingThatWentWrong() {
        Expression number =
                Expressions.cast(Expressions.column(2, Type.VARCHAR), Type.BIGINT, false);
        evaluation.beginScope();
        evaluation.column(arithmetic(ADD, QUOTIENT, number), all);
        Failures failures = evaluation.endScope();
        assertThat(failures.size()).isEqualTo(4);
        assertThat(failures.code(1)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
        assertThat(failures.code(2)).isEqualTo(ErrorCode.CAST_INVALID);
    }

    @Test
    void anInnerScopeBelongsToTheOuterOneToo() {
        evaluation.beginScope();
        evaluation.beginScope();
        evaluation.column(QUOTIENT, all);
        assertThat(evaluation.endScope().size()).isEqualTo(2);
        assertThat(evaluation.endScope().size()).isEqualTo(2);
    }

    @Test
    void usesItsArraysAgainForTheNextBatch() {
        Expression sum = arithmetic(ADD, A, B);
        long[] first = ((LongColumn) evaluation.column(sum, all)).values();
        long held = evaluation.bytesHeld();
        evaluation.start(batch);
        assertThat(evaluation.bytesHeld()).isZero();
        assertThat(((LongColumn) evaluation.column(sum, all)).values()).isSameAs(first);
        assertThat(evaluation.bytesHeld()).isEqualTo(held);
    }

    @Test
    void growsWithALargerBatch() {
        long[] values = new long[20_000];
        evaluation.start(
                new Batch(SCHEMA, 20_000, new LongColumn(values), new LongColumn(values), null));
        assertThat(evaluation
                        .column(arithmetic(ADD, A, B), Selection.all(20_000))
                        .rowCount())
                .isEqualTo(20_000);
    }

    @Test
    void refusesExpressionsThatAreNestedTooDeep() {
        assertThatThrownBy(() -> sumOf(Expression.DEPTH_MAX + 1))
                .hasMessage("the expression is nested more than 400 deep (limit expression_depth); "
                        + "compute parts of it in a subquery");
    }

    private static Expression sumOf(int count) {
        Expression sum = A;
        for (int i = 1; i < count; i++) {
            sum = arithmetic(ADD, sum, B);
        }
        return sum;
    }

    @Test
    void evaluatesTheDeepestExpression() {
        evaluation.column(sumOf(Expression.DEPTH_MAX), all);
        assertThat(sumOf(Expression.DEPTH_MAX)).isEqualTo(sumOf(Expression.DEPTH_MAX));
    }

    @Test
    void tellsWhichColumnsItReads() {
        List<Integer> read = new ArrayList<>();
        arithmetic(ADD, B, arithmetic(ADD, A, B)).forEachColumn(read::add);
        assertThat(read).containsExactly(1, 0, 1);
        assertThat(A.isConstant()).isFalse();
        assertThat(literal(1).isConstant()).isTrue();
    }

    @Test
    void writesItselfAsSql() {
        Expression text = Expressions.column(2, Type.VARCHAR);
        Expression expression = Expressions.caseWhen(
                List.of(Expressions.isNotNull(A), Expressions.like(text, literal("it's%"), null)),
                List.of(Expressions.negate(A), Expressions.cast(literal(1.5), Type.BIGINT, true)),
                literal(Type.BIGINT, null));
        assertThat(expression.toSql(SCHEMA))
                .isEqualTo("CASE WHEN NOT (a IS NULL) THEN -a WHEN s LIKE 'it''s%' "
                        + "THEN TRY_CAST(1.5E0 AS BIGINT) ELSE CAST(NULL AS BIGINT) END");
    }
}
