package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates, in the order of docs/reference/aggregates.md, which is rendered from this. Those that are {@linkplain
 * #isInternal internal} are made by the planner and have no name in SQL.
 */
public enum AggregateFunction {
    COUNT(AggregateArguments.ANY, "COUNT(*), COUNT(x, ...), COUNT(DISTINCT x, ...)", "BIGINT", """
            The number of rows; with arguments, of the rows of which no argument is NULL; with DISTINCT, of different \
            values among these, where -0.0 = 0.0 and all NaN are one value. DISTINCT is exact up to the limit \
            `distinct_values` (1,000) for each key; beyond it the count is the estimate that APPROX_COUNT_DISTINCT gives, \
            but at least one more than the limit, so that it never falls as rows are added, and is marked approximate."""),
    SUM(
            AggregateArguments.ONE_SUMMABLE,
            "SUM(x)",
            "BIGINT, DOUBLE or INTERVAL as x; DECIMAL(18, s) of DECIMAL(p, s)",
            """
            The sum. Of integers and decimals it is kept in 128 bits, and only the final sum must fit the type of the \
            result. Of doubles it is exact and rounded once, so that neither the order nor a partial sum beyond 1.8e308 \
            matters; it is NaN if there is a NaN or both infinities, and an exact zero is +0.0."""),
    AVG(AggregateArguments.ONE_NUMBER, "AVG(x)", "DOUBLE", """
            The mean: the exact sum divided by the number of values, rounded once; also of integers, and also where the \
            sum itself would not fit."""),
    MIN(AggregateArguments.ONE, "MIN(x)", "as x", """
            The least value. NaN is greater than all numbers; of -0.0 and 0.0 it is -0.0. Strings are compared by their \
            UTF-8 bytes, false is less than true."""),
    MAX(
            AggregateArguments.ONE,
            "MAX(x)",
            "as x",
            "The greatest value, in the order that MIN has; of -0.0 and 0.0 it is 0.0."),
    STDDEV_POP(AggregateArguments.ONE_NUMBER, "STDDEV_POP(x)", "DOUBLE", """
            The standard deviation of the values: the square root of VAR_POP, from the exact variance, rounded once."""),
    STDDEV_SAMP(AggregateArguments.ONE_NUMBER, "STDDEV_SAMP(x)", "DOUBLE", """
            The standard deviation of what the values are a sample of: the square root of VAR_SAMP. NULL of a single \
            value.""", "STDDEV"),
    VAR_POP(AggregateArguments.ONE_NUMBER, "VAR_POP(x)", "DOUBLE", """
            The variance of the values, from exact sums of the values and of their squares, rounded once. NaN if a value \
            is not finite."""),
    VAR_SAMP(AggregateArguments.ONE_NUMBER, "VAR_SAMP(x)", "DOUBLE", """
            The variance with n - 1 in place of n. NULL of a single value. NaN if a value is not finite.""", "VARIANCE"),
    FIRST_VALUE(AggregateArguments.ONE, "FIRST_VALUE(x)", "as x", """
            The value of the row with the least event time; of equal times, of the least partition and then offset. NULL \
            is a value (RESPECT NULLS); to pass over it write FIRST_VALUE(x) FILTER (WHERE x IS NOT NULL)."""),
    LAST_VALUE(
            AggregateArguments.ONE,
            "LAST_VALUE(x)",
            "as x",
            "The value of the row with the greatest event time, partition and offset, as FIRST_VALUE."),
    BOOL_AND(
            AggregateArguments.ONE_BOOLEAN,
            "BOOL_AND(x)",
            "BOOLEAN",
            "Whether all values are true.",
            "EVERY"),
    BOOL_OR(
            AggregateArguments.ONE_BOOLEAN,
            "BOOL_OR(x)",
            "BOOLEAN",
            "Whether any value is true.",
            "SOME"),
    APPROX_COUNT_DISTINCT(AggregateArguments.SOME, "APPROX_COUNT_DISTINCT(x, ...)", "BIGINT", """
            About how many different values there are, from a HyperLogLog of 4,096 registers: the standard error is \
            1.6 %, small numbers are nearly always exact. A key takes at most 4 KB."""),
    APPROX_PERCENTILE(
            AggregateArguments.NUMBER_AND_LITERAL, "APPROX_PERCENTILE(x, p)", "DOUBLE", """
            Of n values in ascending order the one of rank p * n, rounded up and at least 1 (as PERCENTILE_DISC), within \
            0.8 % of that value, from counts of values by their exponent and the first six digits of their fraction. p is \
            a literal from 0 to 1. Zero, infinities and NaN, the greatest, are found exactly. Each sign has at most \
            `percentile_buckets` (4,096) buckets, 64 for each doubling, enough for magnitudes that differ by a factor of \
            10^19; what is nearer to zero than that is reported as the least magnitude kept, and the result is marked \
            approximate."""),
    RATE(AggregateArguments.NUMBER_IF_ANY, "RATE(), RATE(x)", "DOUBLE", """
            Rows, or the sum of x, per second of the window, from the exact sum, rounded once. RATE() of no rows is 0; \
            RATE(x) of no values is NULL. A query without a window cannot use it."""),
    /** Up to three rows that stand for all; for alerts. */
    EXEMPLARS(AggregateArguments.NONE),
    /** The greatest start of a pane that held a row; for {@code absent}. */
    LATEST_PANE(AggregateArguments.ONE_TIMESTAMP),
    /** The least and the greatest place per partition; for alerts on sessions. */
    POSITIONS(AggregateArguments.NONE),
    /** The rows themselves; for queries over the rows of a window. */
    ROWS(AggregateArguments.ANY);

    private final AggregateArguments arguments;
    private final String syntax;
    private final String result;
    private final String description;
    private final List<String> aliases;

    AggregateFunction(
            AggregateArguments arguments,
            String syntax,
            String result,
            String description,
            String... aliases) {
        this.arguments = arguments;
        this.syntax = syntax;
        this.result = result;
        this.description = description;
        this.aliases = List.of(aliases);
    }

    AggregateFunction(AggregateArguments arguments) {
        this(arguments, "", "", "");
    }

    /** The function of a name or alias in upper case, or {@code null} if SQL has none. */
    public static @Nullable AggregateFunction byName(String name) {
        return Arrays.stream(values())
                .filter(function -> !function.isInternal())
                .filter(function -> function.name().equals(name) || function.aliases.contains(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether only the planner makes calls of this. */
    public boolean isInternal() {
        return syntax.isEmpty();
    }

    /** How the function is written, each form separated by a comma. */
    public String syntax() {
        return syntax;
    }

    /** The type of the result, in words. */
    public String result() {
        return result;
    }

    /** What the function computes, in Markdown, on one line. */
    public String description() {
        return description;
    }

    /** Other names of the function. */
    public List<String> aliases() {
        return aliases;
    }

    /** The fewest arguments, without literals. */
    public int argumentsMin() {
        return arguments.min();
    }

    /** The most arguments, without literals; {@code Integer.MAX_VALUE} for any number. */
    public int argumentsMax() {
        return arguments.max();
    }

    /** How many literals follow the arguments. */
    public int literals() {
        return arguments.literals();
    }

    /**
     * The call of this function with such arguments.
     *
     * @param argumentTypes the types of the arguments that are evaluated for each row
     * @param distinct whether DISTINCT was written
     * @param literals the values of the arguments behind them, which must be literals
     * @throws TidewatchException {@code QUERY_INVALID} or {@code QUERY_UNSUPPORTED}, with what to write instead
     */
    public AggregateCall resolve(
            List<Type> argumentTypes, boolean distinct, List<?> literals, AggregateLimits limits) {
        requireArguments(argumentTypes, literals);
        boolean keepsDistinct = distinct && distinctMatters(argumentTypes);
        List<Object> parameters = new ArrayList<>();
        if (this == APPROX_PERCENTILE) {
            parameters.add(share(literals.get(0)));
            parameters.add(limits.percentileBucketsMax());
        } else if (this == ROWS) {
            parameters.add(limits.rowsMax());
        } else if (keepsDistinct) {
            parameters.add(limits.distinctValuesMax());
        }
        return new AggregateCall(this, argumentTypes, keepsDistinct, parameters);
    }

    /** A call without DISTINCT and literals, and with the default limits. */
    public AggregateCall resolve(Type... argumentTypes) {
        return resolve(List.of(argumentTypes), false, List.of(), AggregateLimits.DEFAULT);
    }

    private void requireArguments(List<Type> types, List<?> literals) {
        int count = types.size();
        if (count < arguments.min()
                || count > arguments.max()
                || literals.size() != arguments.literals()) {
            int given = count + literals.size();
            throw invalid(name() + " does not take " + given
                    + (given == 1 ? " argument" : " arguments") + "; write " + syntax);
        }
        for (Type type : types) {
            AggregateArguments.Kind kind = arguments.kind();
            if (!kind.accepts(type)) {
                throw invalid(name() + " needs " + kind.expected() + ", not " + type + "; write "
                        + kind.remedy(type) + " instead of x");
            }
        }
    }

    private boolean distinctMatters(List<Type> argumentTypes) {
        return switch (this) {
            case COUNT -> {
                if (argumentTypes.isEmpty()) {
                    throw invalid("COUNT(DISTINCT *) is not SQL; write COUNT(DISTINCT x, ...)");
                }
                yield true;
            }
            case MIN,
                    MAX,
                    BOOL_AND,
                    BOOL_OR,
                    APPROX_COUNT_DISTINCT,
                    EXEMPLARS,
                    LATEST_PANE,
                    POSITIONS -> false;
            case SUM,
                    AVG,
                    STDDEV_POP,
                    STDDEV_SAMP,
                    VAR_POP,
                    VAR_SAMP,
                    FIRST_VALUE,
                    LAST_VALUE,
                    APPROX_PERCENTILE,
                    RATE,
                    ROWS ->
                throw new TidewatchException(
                        ErrorCode.QUERY_UNSUPPORTED,
                        name() + " does not take DISTINCT, only COUNT does; group by x in a"
                                + " subquery and write " + name() + "(x) over its rows");
        };
    }

    private BigDecimal share(Object literal) {
        BigDecimal share = literal instanceof Number number && Double.isFinite(number.doubleValue())
                ? new BigDecimal(number.toString())
                : BigDecimal.ONE.negate();
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw invalid(syntax + ": p is " + literal
                    + " (expected: a number from 0 to 1, such as 0.95 for the 95th percentile)");
        }
        return share.stripTrailingZeros();
    }

    private static TidewatchException invalid(String message) {
        return new TidewatchException(ErrorCode.QUERY_INVALID, message);
    }
}
