package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Functions of times for {@link Interpreter}, by {@code java.time}. No argument is NULL. */
final class InterpretedTimes {
    private final FunctionCall call;
    private final List<@Nullable Object> arguments;

    private InterpretedTimes(FunctionCall call, List<@Nullable Object> arguments) {
        this.call = call;
        this.arguments = arguments;
    }

    static @Nullable Object value(FunctionCall call, List<@Nullable Object> arguments) {
        return new InterpretedTimes(call, arguments).value();
    }

    private Object value() {
        return switch (call.name()) {
            case "DATE_TRUNC" -> checked(floor(time(1), text(0), zone(2)));
            case "FLOOR" -> checked(floor(time(0), text(1), zone(2)));
            case "CEIL" -> checked(ceil(time(0), text(1), zone(2)));
            case "TIMESTAMPADD" -> add();
            case "TIMESTAMPDIFF" -> difference();
            case "TO_TIMESTAMP" -> checked(BigInteger.valueOf(time(0)));
            case "FROM_UNIXTIME" -> fromUnixTime();
            case "UNIX_MILLIS" -> time(0);
            case "UNIX_SECONDS" -> Math.floorDiv(time(0), 1_000L);
            case "FORMAT_TIMESTAMP" ->
                formatter(text(1))
                        .format(Instant.ofEpochMilli(time(0)).atZone(zone(2)))
                        .replace("+10000", "10000");
            case "PARSE_TIMESTAMP" -> parse();
            case "EXTRACT" ->
                call.operands().get(1).type().equals(Type.INTERVAL)
                        ? intervalField(text(0), time(1))
                        : field(text(0), time(1), zone(2));
            case "DAYOFMONTH" -> field("DAY", time(0), zone(1));
            case "DAYOFYEAR" -> field("DOY", time(0), zone(1));
            case "DAYOFWEEK" -> field("DOW", time(0), zone(1));
            default -> field(call.name(), time(0), zone(1));
        };
    }

    private String text(int index) {
        return (String) arguments.get(index);
    }

    private long time(int index) {
        return (Long) arguments.get(index);
    }

    private ZoneId zone(int index) {
        return index < arguments.size() ? ZoneId.of(text(index)) : ZoneOffset.UTC;
    }

    private Long checked(long millis) {
        return checked(BigInteger.valueOf(millis));
    }

    private Long checked(BigInteger millis) {
        return Interpreter.fitting(call, millis);
    }

    private static LocalDateTime floor(LocalDateTime local, String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "MILLISECOND" -> local;
            case "SECOND" -> local.truncatedTo(ChronoUnit.SECONDS);
            case "MINUTE" -> local.truncatedTo(ChronoUnit.MINUTES);
            case "HOUR" -> local.truncatedTo(ChronoUnit.HOURS);
            case "DAY" -> local.truncatedTo(ChronoUnit.DAYS);
            case "WEEK" ->
                local.truncatedTo(ChronoUnit.DAYS)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "MONTH" -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case "QUARTER" ->
                local.truncatedTo(ChronoUnit.DAYS)
                        .withDayOfMonth(1)
                        .withMonth((local.getMonthValue() - 1) / 3 * 3 + 1);
            case "YEAR" -> local.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            default -> throw new AssertionError(unit);
        };
    }

    private static LocalDateTime plus(LocalDateTime local, String unit, long count) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "MILLISECOND" -> local.plus(count, ChronoUnit.MILLIS);
            case "SECOND" -> local.plusSeconds(count);
            case "MINUTE" -> local.plusMinutes(count);
            case "HOUR" -> local.plusHours(count);
            case "DAY" -> local.plusDays(count);
            case "WEEK" -> local.plusWeeks(count);
            case "MONTH" -> local.plusMonths(count);
            case "QUARTER" -> local.plusMonths(3 * count);
            case "YEAR" -> local.plusYears(count);
            default -> throw new AssertionError(unit);
        };
    }

    private static LocalDateTime local(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDateTime();
    }

    /**
     * The instant of the local start of the unit. A start that is skipped is the instant of the jump; of two, days begin at
     * the first, and hours at the last that is not after the time.
     */
    private static long floor(long millis, String unit, ZoneId zone) {
        LocalDateTime start = floor(local(millis, zone), unit);
        boolean isTimeOfDay = List.of("MILLISECOND", "SECOND", "MINUTE", "HOUR")
                .contains(unit.toUpperCase(Locale.ROOT));
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(start);
        if (offsets.isEmpty()) {
            return rules.getTransition(start).getInstant().toEpochMilli();
        }
        long first = start.toInstant(offsets.get(0)).toEpochMilli();
        for (ZoneOffset offset : offsets) {
            long candidate = start.toInstant(offset).toEpochMilli();
            first = isTimeOfDay && candidate <= millis ? candidate : first;
        }
        return first;
    }

    /** The least instant from the time on that is the start of a unit, among all that may be one. */
    private static long ceil(long millis, String unit, ZoneId zone) {
        TreeSet<Long> candidates = new TreeSet<>();
        candidates.add(millis);
        LocalDateTime start = floor(local(millis, zone), unit);
        for (int i = 0; i < 4; i++) {
            ZonedDateTime next = plus(start, unit, i).atZone(zone);
            candidates.add(next.withEarlierOffsetAtOverlap().toInstant().toEpochMilli());
            candidates.add(next.withLaterOffsetAtOverlap().toInstant().toEpochMilli());
        }
        Instant from = Instant.ofEpochMilli(millis);
        for (int i = 0; i < 3; i++) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change != null) {
                from = change.getInstant();
                candidates.add(from.toEpochMilli());
            }
        }
        for (long candidate : candidates.tailSet(millis)) {
            if (floor(candidate, unit, zone) == candidate) {
                return candidate;
            }
        }
        throw new AssertionError("no start of " + unit + " from " + millis + " in " + zone);
    }

    private Long add() {
        if (BigInteger.valueOf(time(1)).abs().bitLength() > 50) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, call);
        }
        try {
            return checked(plus(local(time(2), ZoneOffset.UTC), text(0), time(1))
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, call);
        }
    }

    private Long difference() {
        checked(time(1));
        checked(time(2));
        LocalDateTime from = local(time(1), ZoneOffset.UTC);
        LocalDateTime to = local(time(2), ZoneOffset.UTC);
        return switch (text(0).toUpperCase(Locale.ROOT)) {
            case "MONTH" -> months(from, to);
            case "QUARTER" -> months(from, to) / 3;
            case "YEAR" -> months(from, to) / 12;
            case "MILLISECOND" -> ChronoUnit.MILLIS.between(from, to);
            default ->
                ChronoUnit.valueOf(text(0).toUpperCase(Locale.ROOT) + "S").between(from, to);
        };
    }

    /** The most months that can be added without passing {@code to}, which may be one more than the days say. */
    private static long months(LocalDateTime from, LocalDateTime to) {
        long months = ChronoUnit.MONTHS.between(from, to);
        int sign = to.isBefore(from) ? -1 : 1;
        LocalDateTime next = from.plusMonths(months + sign);
        return (sign > 0 ? next.isAfter(to) : next.isBefore(to)) ? months : months + sign;
    }

    private Long fromUnixTime() {
        if (arguments.get(0) instanceof Long seconds) {
            return checked(BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1_000)));
        }
        double millis = (Double) arguments.get(0) * 1_000;
        if (Double.isNaN(millis) || Math.abs(millis) > 1E18) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, call);
        }
        BigDecimal half = new BigDecimal("0.5");
        return checked(new BigDecimal(millis)
                .add(half)
                .setScale(0, RoundingMode.FLOOR)
                .toBigIntegerExact());
    }

    private static long field(String name, long millis, ZoneId zone) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(zone);
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "YEAR" -> time.getYear();
            case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
            case "MONTH" -> time.getMonthValue();
            case "WEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "DAY" -> time.getDayOfMonth();
            case "DOY" -> time.getDayOfYear();
            case "DOW" ->
                time.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 1
                        : time.getDayOfWeek().getValue() + 1;
            case "ISODOW" -> time.getDayOfWeek().getValue();
            case "ISOYEAR" -> time.get(IsoFields.WEEK_BASED_YEAR);
            case "HOUR" -> time.getHour();
            case "MINUTE" -> time.getMinute();
            case "SECOND" -> time.getSecond();
            case "MILLISECOND" -> time.getSecond() * 1_000L + time.getNano() / 1_000_000;
            case "EPOCH" -> time.toEpochSecond();
            default -> throw new AssertionError(name);
        };
    }

    private static long intervalField(String name, long millis) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "DAY" -> millis / 86_400_000;
            case "HOUR" -> millis % 86_400_000 / 3_600_000;
            case "MINUTE" -> millis % 3_600_000 / 60_000;
            case "SECOND" -> millis % 60_000 / 1_000;
            case "MILLISECOND" -> millis % 60_000;
            case "EPOCH" -> millis / 1_000;
            default -> throw new AssertionError(name);
        };
    }

    /** Our letters mean what those of {@link DateTimeFormatter} do, but for the year. */
    private static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace("yyyy", "uuuu"))
                .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0);
        if (pattern.indexOf('H') < 0 && pattern.indexOf('h') < 0) {
            builder.parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    private Long parse() {
        try {
            TemporalAccessor parsed = formatter(text(1)).parse(text(0));
            long time = LocalDateTime.from(parsed).atZone(zone(2)).toInstant().toEpochMilli();
            if (Interpreter.isTimestamp(time)) {
                return time;
            }
            throw new DateTimeException("out of range");
        } catch (DateTimeException e) {
            throw new RowFailure(ErrorCode.FUNCTION_ARGUMENT_INVALID, call);
        }
    }
}
