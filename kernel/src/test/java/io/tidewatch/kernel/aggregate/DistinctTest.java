package io.tidewatch.kernel.aggregate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** COUNT(DISTINCT) and APPROX_COUNT_DISTINCT against a set. */
final class DistinctTest {
    private static final double STANDARD_ERROR = 1.04 / 64;

    @Test
    void countsOfDistinctValuesEqualTheSizeOfTheSet() {
        Choices.random("distinct values", 400, choices -> {
            List<Type> types = choices.of(
                    List.of(Type.BIGINT),
                    List.of(Type.DOUBLE),
                    List.of(Type.VARCHAR),
                    List.of(Type.BOOLEAN),
                    List.of(Type.VARCHAR, Type.VARCHAR),
                    List.of(Type.BIGINT, Type.DOUBLE, Type.BOOLEAN));
            List<Row> rows = rows(types, choices, choices.upTo(60));
            Evaluation count = Evaluation.shuffled(count(types, 1000), rows, choices);
            assertThat(count.value()).isEqualTo((long) distinct(rows).size());
            assertThat(count.approximate()).isFalse();
        });
    }

    @Test
    void beyondTheLimitTheCountIsTheEstimateOfTheWholeSet() {
        Choices.random("distinct limit", 300, choices -> {
            List<Type> types = choices.of(List.of(Type.BIGINT), List.of(Type.VARCHAR));
            List<Row> rows = rows(types, choices, choices.upTo(40));
            int limit = choices.between(1, 12);
            Evaluation count = Evaluation.shuffled(count(types, limit), rows, choices);
            int exact = distinct(rows).size();
            AggregateCall estimate =
                    AggregateFunction.APPROX_COUNT_DISTINCT.resolve(types.toArray(new Type[0]));
            assertThat(count.approximate()).isEqualTo(exact > limit);
            assertThat(count.value())
                    .isEqualTo(
                            exact > limit
                                    ? Math.max(limit + 1L, (Long) requireNonNull(
                                            Evaluation.plain(estimate, rows).value()))
                                    : (Object) (long) exact);
        });
    }

    @Test
    void estimatesDoNotDependOnTheOrder() {
        Choices.random("estimates", 100, choices -> {
            List<Row> rows = rows(List.of(Type.BIGINT), choices, choices.upTo(300));
            AggregateCall call = AggregateFunction.APPROX_COUNT_DISTINCT.resolve(Type.BIGINT);
            assertThat(Evaluation.shuffled(call, rows, choices).value())
                    .isEqualTo(Evaluation.plain(call, rows).value());
        });
    }

    @Test
    void aFewAndManyElementsHaveTheSameRegistersAsAPlainArray() {
        Choices.random("registers", 40, choices -> {
            int count = choices.of(0, 1, 5, 400, 511, 512, 513, 600, 1000, 20_000);
            HyperLogLog left = new HyperLogLog();
            HyperLogLog right = new HyperLogLog();
            int[] expected = new int[HyperLogLog.REGISTERS];
            for (int i = 0; i < count; i++) {
                long hash = choices.oneIn(50) ? choices.upTo(3) : choices.anyLong();
                (choices.oneIn(3) ? left : right).add(hash);
                int register = (int) (hash >>> 52);
                int rank = 1;
                while (rank <= 52 && (hash >>> (52 - rank) & 1) == 0) {
                    rank++;
                }
                expected[register] = Math.max(expected[register], rank);
            }
            left.add(right);
            assertThat(registers(left)).isEqualTo(expected);
        });
    }

    private static int[] registers(HyperLogLog sketch) {
        var writer = new io.tidewatch.kernel.batch.ByteWriter(16);
        sketch.write(writer);
        var reader = new io.tidewatch.kernel.batch.ByteReader(writer.copyBytes());
        int[] registers = new int[HyperLogLog.REGISTERS];
        if (reader.readBoolean()) {
            for (int i = 0; i < registers.length; i++) {
                registers[i] = reader.readByte();
            }
        } else {
            int entry = 0;
            for (int i = reader.readCount(); i > 0; i--) {
                entry += reader.readCount();
                registers[entry >> 6] = entry & 63;
            }
        }
        return registers;
    }

    @Test
    void estimatesStayWithinTheStatedError() {
        for (int count : new int[] {1, 10, 100, 1000, 10_000, 100_000, 1_000_000}) {
            double squares = 0;
            double sum = 0;
            int seeds = count > 100_000 ? 8 : 24;
            for (int seed = 0; seed < seeds; seed++) {
                HyperLogLog sketch = new HyperLogLog();
                for (int i = 0; i < count; i++) {
                    sketch.add(Hash.of(i + ((long) seed << 32)));
                }
                double error = (sketch.estimate() - count) / (double) count;
                assertThat(error).isCloseTo(0, within(4 * STANDARD_ERROR + 1.5 / count));
                squares += error * error;
                sum += error;
            }
            assertThat(Math.sqrt(squares / seeds)).isLessThan(1.6 * STANDARD_ERROR + 0.5 / count);
            assertThat(sum / seeds)
                    .isCloseTo(0, within(3 * STANDARD_ERROR / Math.sqrt(seeds) + 0.5 / count));
        }
    }

    @Test
    void estimatesNeverFallAsSetsGrow() {
        Choices.random("growing sets", 60, choices -> {
            HyperLogLog sketch = new HyperLogLog();
            int count = choices.of(20, 600, 1_200, 12_000);
            int shift = choices.of(0, 0, 1, 12, 20, 30);
            long before = 0;
            for (int i = 0; i < count; i++) {
                long hash = choices.anyLong();
                // A register with a greater rank than such a set would give it.
                sketch.add(hash & (-1L << (Long.SIZE - HyperLogLog.PRECISION))
                        | (hash << HyperLogLog.PRECISION >>> HyperLogLog.PRECISION) >>> shift);
                long estimate = sketch.estimate();
                assertThat(estimate).isGreaterThanOrEqualTo(before);
                before = estimate;
            }
        });
    }

    @Test
    void countsNeverFallWhereTheyBecomeEstimates() {
        for (int seed = 0; seed < 60; seed++) {
            long before = 0;
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 990; i++) {
                rows.add(Row.of((long) seed * 10_000 + i));
            }
            for (int i = 990; i < 1_015; i++) {
                rows.add(Row.of((long) seed * 10_000 + i));
                Object count = Evaluation.plain(count(List.of(Type.BIGINT), 1_000), rows)
                        .value();
                assertThat((Long) requireNonNull(count)).isGreaterThanOrEqualTo(before);
                before = (Long) count;
            }
            assertThat(before).isGreaterThan(1_000);
        }
    }

    @Test
    void anEmptySetHasNoElements() {
        assertThat(new HyperLogLog().estimate()).isZero();
    }

    @Test
    void equalBytesAreNotEnoughToMakeDifferentRowsOne() {
        List<Type> types = List.of(Type.VARCHAR, Type.VARCHAR);
        List<Row> rows = List.of(Row.of("ab", "c"), Row.of("a", "bc"));
        assertThat(Evaluation.plain(count(types, 10), rows).value()).isEqualTo(2L);
    }

    private static AggregateCall count(List<Type> types, int limit) {
        return AggregateFunction.COUNT.resolve(
                types, true, List.of(), new AggregateLimits(limit, 1, 1));
    }

    private static List<Row> rows(List<Type> types, Choices choices, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Row.of(types.stream().map(type -> value(type, choices)).toArray()));
        }
        return rows;
    }

    private static @Nullable Object value(Type type, Choices choices) {
        if (choices.oneIn(10)) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> choices.flag();
            case DOUBLE -> choices.of(0.0, -0.0, Double.NaN, 1.0, (double) choices.upTo(30));
            case VARCHAR -> choices.of("", "a", "aa", "x" + choices.upTo(30));
            default -> (long) choices.upTo(choices.of(3, 30, 1000));
        };
    }

    private static Set<List<Object>> distinct(List<Row> rows) {
        Set<List<Object>> distinct = new HashSet<>();
        for (Row row : rows) {
            List<Object> values = new ArrayList<>();
            for (Object value : row.values()) {
                if (value != null) {
                    values.add(value.equals(-0.0) ? (Object) 0.0 : value);
                }
            }
            if (values.size() == row.values().size()) {
                distinct.add(values);
            }
        }
        return distinct;
    }
}
