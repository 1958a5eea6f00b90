package io.tidewatch.kernel.plan;

import static io.tidewatch.kernel.expression.ArithmeticOperator.ADD;
import static io.tidewatch.kernel.expression.ArithmeticOperator.DIVIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.ComparisonOperator;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.Exchange;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.PartialLink;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers of one source share what they compute, within a bound on scratch memory. */
class StageInputsTest {
    private static final Schema SCHEMA = new Schema(List.of(new Field("a", Type.BIGINT)));
    private static final Expression A = Expressions.column(0, Type.BIGINT);
    private static final TimeSpec TIME = TimeSpec.defaults();

    @Test
    void resultsAreTheSameWithTheBoundReachedAndItIsKept() {
        Choices.random("scratch memory", 200, choices -> {
            List<LinkInput> inputs = new ArrayList<>();
            for (int i = choices.between(1, 30); i > 0; i--) {
                inputs.add(input(choices.upTo(12), choices.upTo(3), choices.upTo(40)));
            }
            long[] values = IntStream.range(0, choices.between(1, 60))
                    .mapToLong(i -> i % 50)
                    .toArray();
            Run unbounded = run(inputs, values, Long.MAX_VALUE);
            long bound = choices.upTo((int) Math.min(20_000, unbounded.greatestBytes));
            Run bounded = run(inputs, values, bound);
            assertThat(bounded.partials).isEqualTo(unbounded.partials);
            assertThat(bounded.failures).isEqualTo(unbounded.failures);
            long greatest = inputs.stream()
                    .mapToLong(input -> run(List.of(input), values, Long.MAX_VALUE).greatestBytes)
                    .max()
                    .orElseThrow();
            assertThat(bounded.greatestBytes).isLessThanOrEqualTo(bound + greatest);
        });
    }

    @Test
    void withoutAReasonNothingIsComputedTwice() {
        List<LinkInput> inputs =
                IntStream.range(0, 20).mapToObj(i -> input(3, 1, 7)).toList();
        long[] values = new long[1_000];
        long one = run(inputs.subList(0, 1), values, Long.MAX_VALUE).greatestBytes;
        assertThat(run(inputs, values, one).greatestBytes).isEqualTo(one);
    }

    @Test
    void theBoundIsKeptByMoreReadersThanFitWithinIt() {
        List<LinkInput> inputs = IntStream.range(0, 700)
                .mapToObj(i -> input(i, 1, Integer.MIN_VALUE))
                .toList();
        long[] values = new long[Batch.ROWS_MAX];
        values[0] = 1; // Fails, so that each reader is looked at.
        long one = run(inputs.subList(0, 1), values, Long.MAX_VALUE).greatestBytes;
        assertThat(one * inputs.size()).isGreaterThan(2 * StageInputs.SCRATCH_BYTES_MAX);
        Failed side = new Failed();
        Run run = run(inputs, values, side, new StageInputs(tables(), side));
        assertThat(run.greatestBytes)
                .isBetween(
                        StageInputs.SCRATCH_BYTES_MAX - one, StageInputs.SCRATCH_BYTES_MAX + one);
        assertThat(run.failures).hasSize(inputs.size());
    }

    /** Reads {@code a + added} where {@code 100 / (a − refused) + added} is below a limit, and fails where a is refused. */
    private static LinkInput input(int added, int refused, int limit) {
        Expression divisor = Expressions.arithmetic(ADD, A, Expressions.literal(-refused));
        Expression quotient = Expressions.arithmetic(DIVIDE, Expressions.literal(100), divisor);
        Expression sum = Expressions.arithmetic(ADD, quotient, Expressions.literal(added));
        return new LinkInput(
                new RowSource.OfStream("s"),
                null,
                List.of(),
                Expressions.comparison(ComparisonOperator.LESS, sum, Expressions.literal(limit)),
                List.of(Expressions.arithmetic(ADD, A, Expressions.literal(added))));
    }

    /** What came of a batch. */
    private static final class Run {
        private final List<String> partials = new ArrayList<>();
        private List<String> failures = List.of();
        private long greatestBytes;
    }

    private static Run run(List<LinkInput> inputs, long[] values, long bound) {
        Failed side = new Failed();
        return run(inputs, values, side, new StageInputs(tables(), side, bound));
    }

    private static Run run(List<LinkInput> inputs, long[] values, Failed side, StageInputs stage) {
        Run run = new Run();
        side.stage = stage;
        List<PartialLink> partials = new ArrayList<>();
        for (LinkInput input : inputs) {
            int number = partials.size();
            Link definition = new Link(
                    List.of(input), new Rows(false), new LinkOutput(null, List.of(), List.of()));
            PartialLink partial =
                    PartialLink.of(number, List.of(number), List.of(definition), false, side);
            partials.add(partial);
            stage.add(link(number, definition), partial, 0);
        }
        long[] zeros = new long[values.length];
        SourceRows rows = new SourceRows(
                new Batch(SCHEMA, values.length, new LongColumn(values)),
                new RowOrigins(0, zeros, zeros, null),
                zeros,
                null);
        stage.accept(TIME, rows, Selection.all(values.length));
        for (PartialLink partial : partials) {
            Kept kept = new Kept();
            partial.flush(kept);
            run.partials.add(HexFormat.of().formatHex(kept.out.copyBytes()));
        }
        run.failures = side.failures;
        run.greatestBytes = Math.max(side.greatestBytes, stage.scratchBytes());
        return run;
    }

    private static JobLink link(int number, Link definition) {
        return new JobLink(
                number,
                "link" + number,
                definition,
                List.of(),
                0,
                false,
                Lateness.of(TIME),
                List.of());
    }

    private static TableVersions tables() {
        return new TableVersions(List.of(), 0);
    }

    /** Takes what fails, and looks at the scratch memory while a reader has its rows. */
    private static final class Failed implements SideOutput {
        private final List<String> failures = new ArrayList<>();
        private StageInputs stage = new StageInputs(tables(), this);
        private long greatestBytes;

        @Override
        public void late(int link, SourceRows rows, int row, long windowEnd) {
            throw new AssertionError("late: " + row);
        }

        @Override
        public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {
            failures.add(link + " " + row + " " + code + " " + reason);
            greatestBytes = Math.max(greatestBytes, stage.scratchBytes());
        }

        @Override
        public void failedKey(
                int link, int view, long windowEnd, byte[] key, ErrorCode code, String reason) {
            throw new AssertionError("failed: " + reason);
        }
    }

    /** Keeps what one link writes. */
    private static final class Kept implements Exchange {
        private final ByteWriter out = new ByteWriter(64);

        @Override
        public int destinationCount() {
            return 1;
        }

        @Override
        public int destination(int keyGroup) {
            return 0;
        }

        @Override
        public ByteWriter writer(int link, int destination) {
            return out;
        }
    }
}
