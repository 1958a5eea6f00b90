package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.ArithmeticOperator;
import io.tidewatch.kernel.expression.ComparisonOperator;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The source has columns {@code a} and {@code b}; the joined row has {@code c} behind them. */
class EarlyFilterTest {
    private static final Schema SOURCE =
            new Schema(List.of(new Field("a", Type.BIGINT), new Field("b", Type.BIGINT)));
    private static final Schema TABLE = new Schema(List.of(new Field("key", Type.BIGINT)));
    private static final Expression A = Expressions.column(0, Type.BIGINT);
    private static final Expression B = Expressions.column(1, Type.BIGINT);
    private static final Expression C = Expressions.column(2, Type.BIGINT);

    /** What a condition says of a row. */
    private enum Answer {
        TRUE,
        FALSE,
        NULL,
        FAILED,
        OF_THE_JOINED_ROW
    }

    /** The conditions, and what they say by definition. */
    private enum Condition {
        A_IS_ONE(is(A, 1)) {
            @Override
            Answer of(@Nullable Long a, @Nullable Long b) {
                return a == null ? Answer.NULL : answer(a == 1);
            }
        },
        B_IS_ONE(is(B, 1)) {
            @Override
            Answer of(@Nullable Long a, @Nullable Long b) {
                return b == null ? Answer.NULL : answer(b == 1);
            }
        },
        QUOTIENT_IS_TWO(is(
                Expressions.arithmetic(ArithmeticOperator.DIVIDE, Expressions.literal(2), A), 2)) {
            @Override
            Answer of(@Nullable Long a, @Nullable Long b) {
                return a == null ? Answer.NULL : a == 0 ? Answer.FAILED : answer(2 / a == 2);
            }
        },
        C_IS_ONE(is(C, 1)) {
            @Override
            Answer of(@Nullable Long a, @Nullable Long b) {
                return Answer.OF_THE_JOINED_ROW;
            }
        };

        private final Expression expression;

        Condition(Expression expression) {
            this.expression = expression;
        }

        abstract Answer of(@Nullable Long a, @Nullable Long b);

        private static Answer answer(boolean holds) {
            return holds ? Answer.TRUE : Answer.FALSE;
        }
    }

    @Test
    void dropsRowsThatAllRefuseBeforeTheyAskWhatIsJoined() {
        Choices.random("early filters", 3_000, choices -> {
            List<List<Condition>> filters = new ArrayList<>();
            EarlyFilter early = new EarlyFilter();
            for (int i = choices.between(1, 3); i > 0; i--) {
                List<Condition> filter = new ArrayList<>();
                for (int j = choices.between(0, 3); j > 0; j--) {
                    filter.add(choices.of(Condition.values()));
                }
                filters.add(filter);
                early.add(input(filter, A));
            }
            Long[][] rows = new Long[choices.between(1, 12)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new Long[] {anyOf(choices, 2), anyOf(choices, 1)};
            }
            boolean answered = areAnswered(filters, rows);
            List<Integer> expected = new ArrayList<>();
            for (int row = 0; row < rows.length; row++) {
                Long[] values = rows[row];
                boolean wanted = answered
                        ? filters.stream().anyMatch(filter -> isTrue(filter, values))
                        : !filters.stream().allMatch(filter -> isRefused(filter, values));
                if (wanted) {
                    expected.add(row);
                }
            }
            assertThat(rowsOf(early, rows)).isEqualTo(expected);
            assertThat(early.isAnswered()).isEqualTo(answered);
            if (answered) {
                checkAnswers(early, filters, rows, expected);
            }
        });
    }

    /** What is told of the joined rows, which have no columns for filters to read. */
    private static void checkAnswers(
            EarlyFilter early, List<List<Condition>> filters, Long[][] rows, List<Integer> kept) {
        SourceRows source = source(rows);
        JoinedRows joined = new JoinedRows(null, input(List.of(), A).lookups(), tables());
        Selection selection =
                Selection.of(kept.stream().mapToInt(Integer::intValue).toArray(), kept.size());
        SourceRows joinedRows = joined.join(source, selection, true, new NoFailures());
        assertThat(joinedRows.rowCount()).isEqualTo(kept.size());
        Evaluation evaluation = new Evaluation();
        evaluation.start(joinedRows.batch());
        Selection all = Selection.all(joinedRows.rowCount());
        early.tell(joined, all, evaluation);
        for (List<Condition> filter : filters) {
            Expression expression = requireNonNull(input(filter, A).filter());
            List<Integer> passing = new ArrayList<>();
            Selection passed = evaluation.filter(expression, all);
            for (int i = 0; i < passed.size(); i++) {
                passing.add(kept.get(passed.row(i)));
            }
            assertThat(passing)
                    .isEqualTo(kept.stream()
                            .filter(row -> isTrue(filter, rows[row]))
                            .toList());
        }
    }

    /** A row for each key but one, so that every row is joined once. */
    private static TableVersions tables() {
        TableVersion version =
                new TableVersion(Long.MIN_VALUE, "hash", new Batch(TABLE, 2, new LongColumn(0, 1)));
        return new TableVersions(List.of(new ReferenceTable("t", TABLE, List.of(version))), 0);
    }

    /** Expects that nothing fails. */
    private static final class NoFailures implements JoinedRows.FailureSink {
        @Override
        public void failed(SourceRows rows, Failures failures) {
            throw new AssertionError(failures.reason(0));
        }

        @Override
        public void failed(SourceRows rows, int row, ErrorCode code, String reason) {
            throw new AssertionError(reason);
        }
    }

    /** Whether every filter reads the source alone and fails for no row. */
    private static boolean areAnswered(List<List<Condition>> filters, Long[][] rows) {
        for (List<Condition> filter : filters) {
            if (filter.isEmpty() || filter.contains(Condition.C_IS_ONE)) {
                return false;
            }
            for (Long[] row : rows) {
                for (Condition condition : filter) {
                    Answer answer = condition.of(row[0], row[1]);
                    if (answer == Answer.FAILED) {
                        return false;
                    }
                    if (answer == Answer.FALSE) {
                        break;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isTrue(List<Condition> filter, Long[] row) {
        return filter.stream().allMatch(condition -> condition.of(row[0], row[1]) == Answer.TRUE);
    }

    @Test
    void keepsRowsWhoseLookUpMayFail() {
        EarlyFilter early = new EarlyFilter();
        early.add(input(
                List.of(Condition.A_IS_ONE),
                Expressions.arithmetic(ArithmeticOperator.DIVIDE, Expressions.literal(2), B)));
        Long[][] rows = {{0L, 1L}, {1L, 0L}, {0L, 0L}};
        assertThat(rowsOf(early, rows)).containsExactly(0, 1, 2);
    }

    /** Whether a condition is FALSE before one fails or reads what is joined. */
    private static boolean isRefused(List<Condition> filter, Long[] row) {
        boolean isFalse = false;
        for (Condition condition : filter) {
            Answer answer = condition.of(row[0], row[1]);
            if (isFalse || answer == Answer.FAILED || answer == Answer.OF_THE_JOINED_ROW) {
                return isFalse;
            }
            isFalse = answer == Answer.FALSE;
        }
        return isFalse;
    }

    private static LinkInput input(List<Condition> filter, Expression key) {
        Expression condition = filter.isEmpty()
                ? null
                : Expressions.and(filter.stream().map(each -> each.expression).toList());
        return new LinkInput(
                new RowSource.OfStream("s"),
                null,
                List.of(new Lookup("t", List.of(key), List.of(0), true)),
                condition,
                List.of(A));
    }

    private static SourceRows source(Long[][] rows) {
        LongColumn a = column(rows, 0);
        LongColumn b = column(rows, 1);
        long[] zeros = new long[rows.length];
        return new SourceRows(
                new Batch(SOURCE, rows.length, a, b),
                new RowOrigins(0, zeros, zeros, null),
                zeros,
                null);
    }

    private static LongColumn column(Long[][] rows, int index) {
        long[] values = new long[rows.length];
        boolean[] nulls = new boolean[rows.length];
        for (int row = 0; row < rows.length; row++) {
            Long value = rows[row][index];
            nulls[row] = value == null;
            values[row] = value == null ? 0 : value;
        }
        return new LongColumn(rows.length, values, nulls);
    }

    private static List<Integer> rowsOf(EarlyFilter early, Long[][] values) {
        SourceRows source = source(values);
        Evaluation evaluation = new Evaluation();
        evaluation.start(source.batch());
        Selection selection = early.of(source, Selection.all(values.length), evaluation);
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < selection.size(); i++) {
            rows.add(selection.row(i));
        }
        return rows;
    }

    private static @Nullable Long anyOf(Choices choices, int max) {
        return choices.oneIn(4) ? null : (long) choices.upTo(max);
    }

    private static Expression is(Expression left, long right) {
        return Expressions.comparison(ComparisonOperator.EQUAL, left, Expressions.literal(right));
    }
}
