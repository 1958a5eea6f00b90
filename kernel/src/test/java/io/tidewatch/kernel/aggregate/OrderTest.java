package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** MIN, MAX, BOOL_AND, BOOL_OR, FIRST_VALUE and LAST_VALUE against sorting. */
final class OrderTest {
    private static final List<Type> TYPES = List.of(
            Type.BOOLEAN,
            Type.BIGINT,
            Type.DOUBLE,
            Type.decimal(18, 2),
            Type.VARCHAR,
            Type.TIMESTAMP,
            Type.INTERVAL,
            Type.INTERVAL_MONTH);

    @Test
    void leastAndGreatestEqualTheEndsOfTheSortedValues() {
        Choices.random("extremes", 800, choices -> {
            Type type = choices.of(TYPES);
            List<Row> rows = rows(type, choices);
            List<Object> sorted =
                    Numbers.values(rows).sorted(OrderTest::compare).toList();
            Object least = sorted.isEmpty() ? null : sorted.get(0);
            Object greatest = sorted.isEmpty() ? null : sorted.get(sorted.size() - 1);
            assertThat(Evaluation.shuffled(AggregateFunction.MIN.resolve(type), rows, choices)
                            .value())
                    .isEqualTo(least);
            assertThat(Evaluation.shuffled(AggregateFunction.MAX.resolve(type), rows, choices)
                            .value())
                    .isEqualTo(greatest);
            if (type == Type.BOOLEAN) {
                assertThat(Evaluation.shuffled(
                                        AggregateFunction.BOOL_AND.resolve(type), rows, choices)
                                .value())
                        .isEqualTo(least);
                assertThat(Evaluation.shuffled(
                                        AggregateFunction.BOOL_OR.resolve(type), rows, choices)
                                .value())
                        .isEqualTo(greatest);
            }
        });
    }

    @Test
    void firstAndLastGoByEventTimePartitionAndOffset() {
        Choices.random("first and last", 800, choices -> {
            Type type = choices.of(TYPES);
            List<Row> rows = new ArrayList<>();
            for (Row row : rows(type, choices)) {
                rows.add(new Row(
                        choices.of(Long.MIN_VALUE, 0L, 1L, 2L),
                        choices.upTo(2),
                        choices.upTo(3),
                        0,
                        row.values()));
            }
            rows.sort(Comparator.comparingLong(Row::time)
                    .thenComparingInt(Row::partition)
                    .thenComparingLong(Row::offset)
                    .thenComparing(Row::value, Comparator.nullsFirst((a, b) -> compare(a, b))));
            Object first = rows.isEmpty() ? null : rows.get(0).value();
            Object last = rows.isEmpty() ? null : rows.get(rows.size() - 1).value();
            assertThat(Evaluation.shuffled(
                                    AggregateFunction.FIRST_VALUE.resolve(type), rows, choices)
                            .value())
                    .isEqualTo(first);
            assertThat(Evaluation.shuffled(
                                    AggregateFunction.LAST_VALUE.resolve(type), rows, choices)
                            .value())
                    .isEqualTo(last);
        });
    }

    @Test
    void nanIsGreatestAndZerosAreToldApart() {
        List<Row> rows = List.of(Row.of(0.0), Row.of(-0.0), Row.of(Double.NaN));
        assertThat(Evaluation.plain(AggregateFunction.MIN.resolve(Type.DOUBLE), rows)
                        .value())
                .isEqualTo(-0.0);
        assertThat(Evaluation.plain(AggregateFunction.MAX.resolve(Type.DOUBLE), rows)
                        .value())
                .isEqualTo(Double.NaN);
        assertThat(Evaluation.plain(AggregateFunction.MAX.resolve(Type.DOUBLE), rows.subList(0, 2))
                        .value())
                .isEqualTo(0.0);
    }

    @Test
    void everyNanHasTheSameBits() {
        double other = Double.longBitsToDouble(0xFFF8_0000_0000_1234L);
        for (AggregateFunction function : List.of(
                AggregateFunction.MAX, AggregateFunction.FIRST_VALUE, AggregateFunction.SUM)) {
            Object value = Evaluation.plain(function.resolve(Type.DOUBLE), List.of(Row.of(other)))
                    .value();
            assertThat(Double.doubleToRawLongBits((Double) Objects.requireNonNull(value)))
                    .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        }
    }

    private static List<Row> rows(Type type, Choices choices) {
        List<Row> rows = new ArrayList<>();
        for (int i = choices.upTo(12); i > 0; i--) {
            rows.add(Row.of(choices.oneIn(5) ? null : value(type, choices)));
        }
        return rows;
    }

    private static @Nullable Object value(Type type, Choices choices) {
        return switch (type.kind()) {
            case BOOLEAN -> choices.flag();
            case DOUBLE ->
                choices.of(
                        -0.0,
                        0.0,
                        1.5,
                        -1.5,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY);
            case DECIMAL -> BigDecimal.valueOf(choices.between(-500, 500), 2);
            case VARCHAR -> choices.of("", "a", "ab", "b", "é", "\uD83D\uDE00", "\uFFFD", "Z");
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                choices.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, (long) choices.upTo(9));
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return left instanceof String text
                ? Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8),
                        ((String) right).getBytes(StandardCharsets.UTF_8))
                : ((Comparable<Object>) left).compareTo(right);
    }
}
