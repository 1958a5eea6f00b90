package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.DOUBLE;
import static io.tidewatch.kernel.type.Type.TIMESTAMP;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.stream.Stream;

/**
 * Functions of TIMESTAMP. Without a time zone they mean UTC. Units, patterns and zones are literals. A result before year 1
 * or after year 9999 fails.
 */
final class TimeFunctions {
    private static final String OVERFLOW = "TIMESTAMP overflow";
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long EXAMPLE = 1_709_210_096_789L;

    private TimeFunctions() {}

    static List<FunctionDefinition> all() {
        return Stream.of(units(), numbers(), texts()).flatMap(List::stream).toList();
    }

    private static List<FunctionDefinition> units() {
        Expression time = literal(TIMESTAMP, EXAMPLE);
        String timeSql = "TIMESTAMP '" + Timestamps.toSql(EXAMPLE) + "'";
        return List.of(
                define(
                                "DATE_TRUNC(unit, time [, zone])",
                                "The start of the unit that a time lies in, by the clock of a zone. Units: MILLISECOND, SECOND, "
                                        + "MINUTE, HOUR, DAY, WEEK (from Monday), MONTH, QUARTER, YEAR.")
                        .takes(2, TIMESTAMP, VARCHAR, TIMESTAMP, VARCHAR)
                        .example("2024-02-29T12:00:00.000Z", literal("HOUR"), time)
                        .example(
                                "2024-02-28T23:00:00.000Z",
                                literal("DAY"),
                                time,
                                literal("Europe/Berlin"))
                        .binds(arguments -> cut("DATE_TRUNC", arguments, 0, true)),
                define(
                                "TIMESTAMPADD(unit, count, time)",
                                "The time so many units later, in UTC; a day that the month does not have becomes its last.")
                        .takes(TIMESTAMP, VARCHAR, BIGINT, TIMESTAMP)
                        .exampleAs(
                                "TIMESTAMPADD(YEAR, 1, " + timeSql + ")",
                                "2025-02-28T12:34:56.789Z",
                                literal("YEAR"),
                                literal(1),
                                time)
                        .binds(TimeFunctions::add),
                define(
                                "TIMESTAMPDIFF(unit, from, to)",
                                "How many units can be added to one time without passing another; negative if that is earlier.")
                        .takes(BIGINT, VARCHAR, TIMESTAMP, TIMESTAMP)
                        .exampleAs(
                                "TIMESTAMPDIFF(DAY, TIMESTAMP '2024-02-01 00:00:00.000', " + timeSql
                                        + ")",
                                "28",
                                literal("DAY"),
                                literal(TIMESTAMP, 1_706_745_600_000L),
                                time)
                        .binds(TimeFunctions::difference));
    }

    private static List<FunctionDefinition> numbers() {
        Expression time = literal(TIMESTAMP, EXAMPLE);
        return List.of(
                define(
                                "TO_TIMESTAMP(millis)",
                                "The time so many milliseconds after 1970-01-01 UTC.")
                        .takes(TIMESTAMP, BIGINT)
                        .example("2024-02-29T12:34:56.789Z", literal(EXAMPLE))
                        .computes((RowKernel.ToLong) a -> checked(a.longAt(0), a)),
                define(
                                "FROM_UNIXTIME(seconds)",
                                "The time so many seconds, perhaps with a fraction, after 1970-01-01 UTC.")
                        .takes(TIMESTAMP, BIGINT)
                        .takes(TIMESTAMP, DOUBLE)
                        .example("1970-01-01T00:01:40.000Z", literal(100))
                        .example("1970-01-01T00:00:01.500Z", literal(1.5))
                        .binds(TimeFunctions::fromUnixTime),
                define("UNIX_MILLIS(time)", "Milliseconds since 1970-01-01 UTC.")
                        .takes(BIGINT, TIMESTAMP)
                        .example("1709210096789", time)
                        .computes((RowKernel.ToLong) a -> a.longAt(0)),
                define("UNIX_SECONDS(time)", "Whole seconds since 1970-01-01 UTC, rounded down.")
                        .takes(BIGINT, TIMESTAMP)
                        .example("1709210096", time)
                        .computes((RowKernel.ToLong)
                                a -> Math.floorDiv(a.longAt(0), MILLIS_PER_SECOND)));
    }

    private static List<FunctionDefinition> texts() {
        Expression time = literal(TIMESTAMP, EXAMPLE);
        return List.of(
                define(
                                "FORMAT_TIMESTAMP(time, pattern [, zone])",
                                "The time as text. Letters of the pattern: "
                                        + TimestampPattern.LETTERS)
                        .takes(2, VARCHAR, TIMESTAMP, VARCHAR, VARCHAR)
                        .example(
                                "Thu 29.02.2024 13:34 +01:00",
                                time,
                                literal("EEE dd.MM.yyyy HH:mm XXX"),
                                literal("Europe/Berlin"))
                        .binds(TimeFunctions::format),
                define(
                                "PARSE_TIMESTAMP(text, pattern [, zone])",
                                "The time that text says, by a pattern as of FORMAT_TIMESTAMP; fails for other texts. A local "
                                        + "time that a clock change skips is moved forward; of one that happens twice, the first is meant.")
                        .takes(2, TIMESTAMP, VARCHAR, VARCHAR, VARCHAR)
                        .example(
                                "2024-02-29T12:34:00.000Z",
                                literal("29/Feb/2024 13:34"),
                                literal("dd/MMM/yyyy HH:mm"),
                                literal("Europe/Berlin"))
                        .binds(TimeFunctions::parse));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.TIME, syntax, description);
    }

    /** The zone in an argument that may not be given. */
    static Zone zone(List<Expression> arguments, int index, String function) {
        return index < arguments.size()
                ? Zone.of(ScalarFunction.literalText(arguments.get(index), function, "time zone"))
                : Zone.UTC;
    }

    private static CalendarUnit unit(Expression argument, String function) {
        return CalendarUnit.of(ScalarFunction.literalText(argument, function, "unit"));
    }

    /** DATE_TRUNC, FLOOR and CEIL: the unit is argument 0 or 1, the time the other, and the zone argument 2. */
    static RowKernel cut(String function, List<Expression> arguments, int unitAt, boolean down) {
        CalendarUnit unit = unit(arguments.get(unitAt), function);
        Zone zone = zone(arguments, 2, function);
        int timeAt = 1 - unitAt;
        return down
                ? (RowKernel.ToLong) a -> checked(unit.floor(a.longAt(timeAt), zone), a)
                : (RowKernel.ToLong) a -> checked(unit.ceil(a.longAt(timeAt), zone), a);
    }

    private static long checked(long millis, Arguments a) {
        if (!Calendar.isTimestamp(millis)) {
            a.fail(ErrorCode.NUMERIC_OVERFLOW, OVERFLOW);
        }
        return millis;
    }

    private static RowKernel add(List<Expression> arguments) {
        CalendarUnit unit = unit(arguments.get(0), "TIMESTAMPADD");
        return (RowKernel.ToLong) a -> checked(unit.plus(a.longAt(2), a.longAt(1)), a);
    }

    private static RowKernel difference(List<Expression> arguments) {
        CalendarUnit unit = unit(arguments.get(0), "TIMESTAMPDIFF");
        return (RowKernel.ToLong) a -> {
            boolean valid = Calendar.isTimestamp(a.longAt(1)) && Calendar.isTimestamp(a.longAt(2));
            if (!valid) {
                a.fail(ErrorCode.NUMERIC_OVERFLOW, OVERFLOW);
                return 0;
            }
            return unit.between(a.longAt(1), a.longAt(2));
        };
    }

    private static RowKernel fromUnixTime(List<Expression> arguments) {
        if (arguments.get(0).type().equals(Type.DOUBLE)) {
            return (RowKernel.ToLong) a -> {
                double millis = a.doubleAt(0) * MILLIS_PER_SECOND;
                return checked(Double.isNaN(millis) ? Long.MAX_VALUE : Math.round(millis), a);
            };
        }
        return (RowKernel.ToLong) a -> checked(CalendarUnit.SECOND.plus(0, a.longAt(0)), a);
    }

    private static RowKernel format(List<Expression> arguments) {
        TimestampPattern pattern = pattern(arguments, "FORMAT_TIMESTAMP");
        Zone zone = zone(arguments, 2, "FORMAT_TIMESTAMP");
        return (RowKernel.ToText) (a, out) -> format(pattern, zone, a, out);
    }

    private static void format(TimestampPattern pattern, Zone zone, Arguments a, ByteWriter out) {
        long time = a.longAt(0);
        if (Calendar.isTimestamp(time)) {
            pattern.format(time, zone, out);
        } else {
            a.fail(ErrorCode.NUMERIC_OVERFLOW, OVERFLOW);
        }
    }

    private static RowKernel parse(List<Expression> arguments) {
        TimestampPattern pattern = pattern(arguments, "PARSE_TIMESTAMP");
        pattern.requireDate();
        Zone zone = zone(arguments, 2, "PARSE_TIMESTAMP");
        return (RowKernel.ToLong) a -> {
            int[] range = a.rangeOf(0);
            long time = pattern.parse(a.bytesAt(0), range[0], range[1], zone);
            if (!Calendar.isTimestamp(time)) {
                a.fail("text that is not of the pattern");
            }
            return time;
        };
    }

    private static TimestampPattern pattern(List<Expression> arguments, String function) {
        return TimestampPattern.compile(
                ScalarFunction.literalText(arguments.get(1), function, "pattern"));
    }
}
