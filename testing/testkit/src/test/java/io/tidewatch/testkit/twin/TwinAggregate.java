package io.tidewatch.testkit.twin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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
 * @param fold over the rows that pass
 * @param isNear whether the result may be off by one percent
 */
record TwinAggregate(
        String sql, @Nullable Term argument, @Nullable Term filter, Fold fold, boolean isNear) {
    /** A row and the value of the argument. */
    record Sample(Event event, @Nullable Object value) {}

    /** What an aggregate makes of rows, in any order. */
    interface Fold {
        /** @throws Term.Failed if there is no such value */
        @Nullable
        Object of(List<Sample> samples, Window window);
    }

    /** An aggregate that does not depend on the window. */
    TwinAggregate(
            String sql, @Nullable Term argument, Function<List<Sample>, @Nullable Object> of) {
        this(sql, argument, null, (samples, window) -> of.apply(samples), false);
    }

    String fullSql() {
        return filter == null ? sql : sql + " FILTER (WHERE " + filter.sql() + ")";
    }

    TwinAggregate filtered(Term by) {
        return new TwinAggregate(sql, argument, by, fold, isNear);
    }

    static TwinAggregate countAll() {
        return new TwinAggregate("COUNT(*)", null, samples -> (long) samples.size());
    }

    static TwinAggregate count(Term x) {
        return of("COUNT", x, samples -> (long) values(samples).size());
    }

    static TwinAggregate countDistinct(Term x) {
        return new TwinAggregate(
                "COUNT(DISTINCT " + x.sql() + ")", x, samples -> distinct(values(samples)));
    }

    /** Of few values, for which the estimate is exact. */
    static TwinAggregate approximateCountDistinct(Term x) {
        return of("APPROX_COUNT_DISTINCT", x, samples -> distinct(values(samples)));
    }

    private static long distinct(List<Object> values) {
        return values.stream().map(TwinAggregate::normal).distinct().count();
    }

    /** One value for what counts as equal. */
    static Object normal(Object value) {
        return value.equals(-0.0) ? (Object) 0.0 : value;
    }

    static TwinAggregate sumOfLongs(Term x) {
        return of("SUM", x, samples -> {
            List<Object> values = values(samples);
            if (values.isEmpty()) {
                return null;
            }
            BigInteger sum = Exact.sum(values).toBigIntegerExact();
            if (sum.bitLength() > 63) {
                throw new Term.Failed("overflow");
            }
            return sum.longValueExact();
        });
    }

    /** Of a DECIMAL(p, s): a DECIMAL(18, s). */
    static TwinAggregate sumOfDecimals(Term x) {
        return of("SUM", x, samples -> {
            List<Object> values = values(samples);
            if (values.isEmpty()) {
                return null;
            }
            BigDecimal sum = Exact.sum(values);
            if (sum.precision() > 18) {
                throw new Term.Failed("overflow");
            }
            return sum;
        });
    }

    static TwinAggregate sumOfDoubles(Term x) {
        return of("SUM", x, samples -> quotient(values(samples), BigDecimal.ONE));
    }

    static TwinAggregate average(Term x) {
        return of("AVG", x, samples -> {
            List<Object> values = values(samples);
            return quotient(values, BigDecimal.valueOf(values.size()));
        });
    }

    static TwinAggregate rate() {
        return new TwinAggregate(
                "RATE()",
                null,
                null,
                (samples, window) ->
                        Exact.nearest(BigDecimal.valueOf(samples.size()), seconds(window)),
                false);
    }

    static TwinAggregate rate(Term x) {
        return new TwinAggregate(
                "RATE(" + x.sql() + ")",
                x,
                null,
                (samples, window) -> quotient(values(samples), seconds(window)),
                false);
    }

    private static BigDecimal seconds(Window window) {
        return BigDecimal.valueOf(window.end() - window.start(), 3);
    }

    /** The sum divided by a number, rounded once. */
    private static @Nullable Double quotient(List<Object> values, BigDecimal divisor) {
        if (values.isEmpty()) {
            return null;
        }
        Double special = Exact.special(values);
        return special == null ? (Double) Exact.nearest(Exact.sum(values), divisor) : special;
    }

    /** VAR_POP, VAR_SAMP, STDDEV_POP or STDDEV_SAMP. */
    static TwinAggregate deviation(String name, Term x) {
        boolean sample = name.endsWith("SAMP");
        return of(name, x, samples -> {
            List<Object> values = values(samples);
            if (values.size() < (sample ? 2 : 1)) {
                return null;
            }
            if (Exact.special(values) != null) {
                return Double.NaN;
            }
            BigDecimal n = BigDecimal.valueOf(values.size());
            BigDecimal numerator = n.multiply(Exact.sumOfSquares(values))
                    .subtract(Exact.sum(values).pow(2));
            BigDecimal denominator = n.multiply(sample ? n.subtract(BigDecimal.ONE) : n);
            return name.startsWith("VAR")
                    ? Exact.nearest(numerator, denominator)
                    : Exact.nearestRoot(numerator, denominator);
        });
    }

    static TwinAggregate least(Term x) {
        return of("MIN", x, samples -> values(samples).stream().min(ANY_ORDER).orElse(null));
    }

    static TwinAggregate greatest(Term x) {
        return of("MAX", x, samples -> values(samples).stream().max(ANY_ORDER).orElse(null));
    }

    /** The value of rank p · n, rounded up and at least 1. */
    static TwinAggregate percentile(Term x, BigDecimal share) {
        Fold fold = (samples, window) -> {
            List<Object> values = values(samples);
            if (values.isEmpty()) {
                return null;
            }
            values.sort(ANY_ORDER);
            int rank = share.multiply(BigDecimal.valueOf(values.size()))
                    .setScale(0, RoundingMode.CEILING)
                    .intValueExact();
            return ((Number) values.get(Math.max(1, rank) - 1)).doubleValue();
        };
        String sql = "APPROX_PERCENTILE(" + x.sql() + ", " + share.toPlainString() + ")";
        return new TwinAggregate(sql, x, null, fold, true);
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

    static TwinAggregate every(Term x) {
        return of("BOOL_AND", x, samples -> {
            List<Object> values = values(samples);
            return values.isEmpty() ? null : !values.contains(false);
        });
    }

    private static TwinAggregate of(
            String name, Term x, Function<List<Sample>, @Nullable Object> fold) {
        return new TwinAggregate(name + "(" + x.sql() + ")", x, fold);
    }

    private static final Comparator<Object> ANY_ORDER = (left, right) -> {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            return Double.compare(a, b);
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.compareTo(b);
        }
        return left.toString().compareTo(right.toString());
    };

    private static List<Object> values(List<Sample> samples) {
        List<Object> values = new ArrayList<>();
        samples.stream().map(Sample::value).filter(Objects::nonNull).forEach(values::add);
        return values;
    }
}
