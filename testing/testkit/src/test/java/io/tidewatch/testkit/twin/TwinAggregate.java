package io.tidewatch.testkit.twin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate by its definition.
 *
 * @param sql without FILTER, for example {@code SUM(n)}
 * @param argument absent for COUNT(*)
 * @param filter absent if there is none
 * @param fold over the rows that pass, in any order; may throw {@link Term.Failed}
 */
record TwinAggregate(
        String sql,
        @Nullable Term argument,
        @Nullable Term filter,
        Function<List<Sample>, @Nullable Object> fold) {
    /** A row and the value of the argument. */
    record Sample(Event event, @Nullable Object value) {}

    String fullSql() {
        return filter == null ? sql : sql + " FILTER (WHERE " + filter.sql() + ")";
    }

    TwinAggregate filtered(Term by) {
        return new TwinAggregate(sql, argument, by, fold);
    }

    static TwinAggregate countAll() {
        return new TwinAggregate("COUNT(*)", null, null, samples -> (long) samples.size());
    }

    static TwinAggregate count(Term x) {
        return of("COUNT", x, samples -> (long) values(samples).size());
    }

    static TwinAggregate countDistinct(Term x) {
        return new TwinAggregate(
                "COUNT(DISTINCT " + x.sql() + ")", x, null, samples -> values(samples).stream()
                        .distinct()
                        .count());
    }

    static TwinAggregate sumOfLongs(Term x) {
        return of("SUM", x, samples -> {
            List<Object> values = values(samples);
            if (values.isEmpty()) {
                return null;
            }
            BigInteger sum = values.stream()
                    .map(value -> BigInteger.valueOf((Long) value))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.bitLength() > 63) {
                throw new Term.Failed("overflow");
            }
            return sum.longValueExact();
        });
    }

    static TwinAggregate sumOfDoubles(Term x) {
        return of("SUM", x, samples -> {
            List<Object> values = values(samples);
            return values.isEmpty() ? null : rounded(sum(values));
        });
    }

    static TwinAggregate average(Term x) {
        return of("AVG", x, samples -> {
            List<Object> values = values(samples);
            // A double has at most 1,075 digits after the point: no quotient is rounded to a tie.
            return values.isEmpty()
                    ? null
                    : rounded(sum(values)
                            .divide(BigDecimal.valueOf(values.size()), new MathContext(2_000)));
        });
    }

    static TwinAggregate least(Term x) {
        return of("MIN", x, samples -> values(samples).stream().min(ANY_ORDER).orElse(null));
    }

    static TwinAggregate greatest(Term x) {
        return of("MAX", x, samples -> values(samples).stream().max(ANY_ORDER).orElse(null));
    }

    static TwinAggregate first(Term x) {
        return of("FIRST_VALUE", x, samples -> samples.stream()
                .min(Comparator.comparing(Sample::event, Event.ORDER))
                .map(Sample::value)
                .orElse(null));
    }

    static TwinAggregate last(Term x) {
        return of("LAST_VALUE", x, samples -> samples.stream()
                .max(Comparator.comparing(Sample::event, Event.ORDER))
                .map(Sample::value)
                .orElse(null));
    }

    static TwinAggregate any(Term x) {
        return of("BOOL_OR", x, samples -> {
            List<Object> values = values(samples);
            return values.isEmpty() ? null : values.contains(true);
        });
    }

    private static TwinAggregate of(
            String name, Term x, Function<List<Sample>, @Nullable Object> fold) {
        return new TwinAggregate(name + "(" + x.sql() + ")", x, null, fold);
    }

    private static final Comparator<Object> ANY_ORDER = (left, right) -> {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            return Double.compare(a, b);
        }
        return left.toString().compareTo(right.toString());
    };

    private static List<Object> values(List<Sample> samples) {
        List<Object> values = new ArrayList<>();
        samples.stream().map(Sample::value).filter(Objects::nonNull).forEach(values::add);
        return values;
    }

    private static BigDecimal sum(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(
                    value instanceof Long whole
                            ? BigDecimal.valueOf(whole)
                            : new BigDecimal((Double) value));
        }
        return sum;
    }

    /** The nearest double; zero is +0.0. */
    private static double rounded(BigDecimal exact) {
        return exact.signum() == 0 ? 0.0 : Double.parseDouble(exact.toString()) + 0.0;
    }
}
