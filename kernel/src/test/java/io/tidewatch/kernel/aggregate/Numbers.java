package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers that are likely to break sums, and naive exact arithmetic over them. */
final class Numbers {
    private Numbers() {}

    /** Doubles of one of several kinds of spread, so that short and wide sums both occur. */
    static List<Row> doubles(Choices choices, int countMax) {
        int kind = choices.upTo(5);
        List<Row> rows = new ArrayList<>();
        for (int i = choices.upTo(countMax); i > 0; i--) {
            rows.add(Row.of(choices.oneIn(9) ? null : (Object) ofKind(choices, kind)));
        }
        return rows;
    }

    private static double ofKind(Choices choices, int kind) {
        return switch (kind) {
            case 0 -> choices.between(-1000, 1000) / 8.0;
            case 1 -> choices.fraction() * 1000;
            case 2 -> Math.scalb(choices.fraction() - 0.5, choices.between(-1074, 1023));
            case 3 -> Math.scalb(choices.fraction() - 0.5, choices.between(-1100, -1000));
            case 4 ->
                choices.of(
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        1e308,
                        -1e308,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        0.0,
                        -0.0,
                        1.0,
                        -1.0,
                        0x1p53,
                        0x1p970,
                        -0x1p970,
                        0x1p969);
            default ->
                choices.oneIn(20)
                        ? choices.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                        : choices.fraction();
        };
    }

    static List<Row> longs(Choices choices, int countMax) {
        boolean small = choices.flag();
        List<Row> rows = new ArrayList<>();
        for (int i = choices.upTo(countMax); i > 0; i--) {
            Long value = small
                    ? (Long) (long) choices.between(-1000, 1000)
                    : choices.of(
                            Long.MIN_VALUE,
                            Long.MAX_VALUE,
                            0L,
                            -1L,
                            1L,
                            choices.anyLong(),
                            choices.anyLong() >> 20);
            rows.add(Row.of(choices.oneIn(9) ? null : value));
        }
        return rows;
    }

    /** Unscaled values of up to 18 digits with two behind the point. */
    static List<Row> decimals(Choices choices, int countMax) {
        return longs(choices, countMax).stream()
                .map(row -> row.value() == null
                        ? row
                        : Row.of(BigDecimal.valueOf(
                                (Long) row.value() % 1_000_000_000_000_000_000L, 2)))
                .toList();
    }

    static Stream<Object> values(List<Row> rows) {
        return rows.stream().flatMap(row -> Stream.ofNullable(row.value()));
    }

    /** The sum of numbers of any class, of which all are finite; {@code null} without any. */
    static @Nullable BigDecimal sum(List<Row> rows) {
        return values(rows).map(Numbers::exact).reduce(BigDecimal::add).orElse(null);
    }

    static BigDecimal exact(Object number) {
        if (number instanceof Double value) {
            return new BigDecimal(value);
        }
        return number instanceof Long value ? BigDecimal.valueOf(value) : (BigDecimal) number;
    }

    /**
     * Requires that the double is the one nearest to the n-th root of a fraction, half to even.
     *
     * @param root n: 1 for the fraction itself
     */
    static void requireNearest(
            @Nullable Object actual, BigDecimal numerator, BigDecimal denominator, int root) {
        double value = (Double) Objects.requireNonNull(actual);
        double magnitude = Math.abs(value);
        assertThat(value == 0 ? numerator.signum() : numerator.signum() * value)
                .isGreaterThanOrEqualTo(value == 0 ? -1.0 : 0.0);
        boolean even = (Double.doubleToRawLongBits(value) & 1) == 0;
        int below = numerator
                .abs()
                .compareTo(halfWay(magnitude, Math.nextDown(magnitude))
                        .pow(root)
                        .multiply(denominator));
        assertThat(below).as("%s too great", value).isGreaterThanOrEqualTo(even ? 0 : 1);
        if (!Double.isInfinite(magnitude)) {
            int above = numerator
                    .abs()
                    .compareTo(halfWay(magnitude, Math.nextUp(magnitude))
                            .pow(root)
                            .multiply(denominator));
            assertThat(above).as("%s too small", value).isLessThanOrEqualTo(even ? 0 : -1);
        }
        assertThat(Double.doubleToRawLongBits(value)).isNotEqualTo(Long.MIN_VALUE);
    }

    /** The middle between neighbours; where one is infinite, what would be the next double stands for it. */
    private static BigDecimal halfWay(double value, double neighbour) {
        if (value == 0 && neighbour < 0) {
            return BigDecimal.ZERO;
        }
        return beyondMax(value).add(beyondMax(neighbour)).divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal beyondMax(double value) {
        return Double.isInfinite(value) ? BigDecimal.valueOf(2).pow(1024) : new BigDecimal(value);
    }

    /** The nearest double, as the platform's parser of decimal numbers finds it. */
    static double nearest(BigDecimal exact) {
        return Double.parseDouble(exact.toString()) + 0.0;
    }

    /** NaN or an infinity if the values hold one, by the rules of IEEE addition; else {@code null}. */
    static @Nullable Double special(List<Row> rows) {
        List<Double> specials = values(rows)
                .filter(Double.class::isInstance)
                .map(Double.class::cast)
                .filter(value -> !Double.isFinite(value))
                .toList();
        return specials.stream().reduce(Double::sum).orElse(null);
    }
}
