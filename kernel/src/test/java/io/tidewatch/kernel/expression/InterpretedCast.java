package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CAST for {@link Interpreter}. */
final class InterpretedCast {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)([ Tt](\\d\\d):(\\d\\d)(:(\\d\\d)(\\.(\\d{1,9}))?)?([Zz]|([+-])(\\d\\d):(\\d\\d))?)?");
    private static final Pattern INTERVAL =
            Pattern.compile("([+-]?)(\\d{1,18}) (\\d\\d):(\\d\\d)(:(\\d\\d)(\\.(\\d{1,9}))?)?");
    private static final Pattern MONTHS = Pattern.compile("([+-]?)(\\d{1,18})-(\\d{1,2})");

    private InterpretedCast() {}

    static @Nullable Object cast(Cast cast, Object value) {
        Type from = cast.operands().get(0).type();
        Optional<Object> result;
        try {
            result = value instanceof String text
                    ? read(text.replaceAll("^ +| +$", ""), cast.type())
                    : convert(value, from, cast.type());
        } catch (java.time.DateTimeException | ArithmeticException e) {
            result = Optional.empty();
        }
        if (result.isEmpty() && !cast.isTryCast()) {
            throw new RowFailure(ErrorCode.CAST_INVALID, cast);
        }
        return result.orElse(null);
    }

    private static Optional<Object> convert(Object value, Type from, Type to) {
        return switch (to.kind()) {
            case BOOLEAN -> Optional.empty();
            case BIGINT -> whole(value, RoundingMode.DOWN);
            case DOUBLE ->
                Optional.of(Double.parseDouble(Interpreter.exact(value).toString()));
            case DECIMAL ->
                value instanceof Double number
                        ? Double.isFinite(number)
                                ? decimal(new BigDecimal(number), to)
                                : Optional.empty()
                        : decimal(Interpreter.exact(value), to);
            case VARCHAR -> Optional.of(text(value, from));
            case TIMESTAMP ->
                Optional.of(value).filter(time -> Interpreter.isTimestamp((Long) time));
            case INTERVAL, INTERVAL_MONTH -> whole(value, RoundingMode.HALF_UP);
        };
    }

    private static Optional<Object> whole(Object value, RoundingMode mode) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return Optional.empty();
        }
        BigDecimal exact =
                value instanceof Double number ? new BigDecimal(number) : Interpreter.exact(value);
        return Optional.of(exact.setScale(0, mode).longValueExact());
    }

    private static Optional<Object> decimal(BigDecimal value, Type to) {
        // A huge exponent must not become as many digits.
        if (value.signum() == 0 || value.precision() - (long) value.scale() < -30) {
            return Optional.of(BigDecimal.ZERO.setScale(to.scale()));
        }
        if (value.precision() - (long) value.scale() > 30) {
            return Optional.empty();
        }
        BigDecimal rounded = value.setScale(to.scale(), RoundingMode.HALF_UP);
        BigInteger limit = BigInteger.TEN.pow(to.precision());
        return Optional.<Object>of(rounded)
                .filter(fits -> rounded.unscaledValue().abs().compareTo(limit) < 0);
    }

    static String text(Object value, Type type) {
        return switch (type.kind()) {
            case BOOLEAN -> value.toString().toUpperCase(Locale.ROOT);
            case BIGINT, VARCHAR -> value.toString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case DOUBLE -> doubleText((Double) value);
            case TIMESTAMP ->
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                        .format(Instant.ofEpochMilli((Long) value).atOffset(ZoneOffset.UTC));
            case INTERVAL -> intervalText((Long) value);
            case INTERVAL_MONTH -> {
                BigInteger[] parts = BigInteger.valueOf((Long) value)
                        .abs()
                        .divideAndRemainder(BigInteger.valueOf(12));
                yield String.format(
                        Locale.ROOT, "%s%d-%02d", (Long) value < 0 ? "-" : "", parts[0], parts[1]);
            }
        };
    }

    private static String intervalText(long millis) {
        Duration duration = Duration.ofMillis(millis).abs();
        return String.format(
                Locale.ROOT,
                "%s%d %02d:%02d:%02d.%03d",
                millis < 0 ? "-" : "",
                duration.toDaysPart(),
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart(),
                duration.toMillisPart());
    }

    /** The decimal with the fewest digits, nearest to the number, that reads back. */
    static String doubleText(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = new BigDecimal(value);
        for (int digits = 1; digits <= 17; digits++) {
            shortest = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (Double.parseDouble(shortest.toString()) == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        double magnitude = Math.abs(value);
        if (magnitude >= 1E-6 && magnitude < 1E21) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "E"
                + (shortest.precision() - shortest.scale() - 1);
    }

    private static Optional<Object> read(String text, Type to) {
        return switch (to.kind()) {
            case BOOLEAN ->
                text.equalsIgnoreCase("TRUE") || text.equalsIgnoreCase("FALSE")
                        ? Optional.of(text.equalsIgnoreCase("TRUE"))
                        : Optional.empty();
            case BIGINT ->
                text.matches("[+-]?\\d+")
                        ? Optional.of(new BigInteger(text).longValueExact())
                        : Optional.empty();
            case DECIMAL ->
                NUMBER.matcher(text).matches()
                        ? decimal(new BigDecimal(text), to)
                        : Optional.empty();
            case DOUBLE -> readDouble(text);
            case VARCHAR -> Optional.of(text);
            case TIMESTAMP -> readTimestamp(TIMESTAMP.matcher(text));
            case INTERVAL -> readInterval(INTERVAL.matcher(text));
            case INTERVAL_MONTH -> readMonths(MONTHS.matcher(text));
        };
    }

    private static Optional<Object> readDouble(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Optional.<Object>of(Double.parseDouble(text))
                    .filter(number -> Double.isFinite((Double) number));
        }
        String word = text.toUpperCase(Locale.ROOT);
        return switch (word) {
            case "NAN" -> Optional.of(Double.NaN);
            case "INFINITY", "+INFINITY" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-INFINITY" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> readTimestamp(Matcher m) {
        if (!m.matches()) {
            return Optional.empty();
        }
        LocalDateTime local = LocalDateTime.of(
                number(m, 1), number(m, 2), number(m, 3), number(m, 5), number(m, 6), number(m, 8));
        long millis = local.toInstant(ZoneOffset.UTC).toEpochMilli() + millisOf(m.group(10));
        if (m.group(12) != null) {
            int hours = number(m, 13);
            int minutes = number(m, 14);
            if (hours > 23 || minutes > 59) {
                return Optional.empty();
            }
            long offset = (hours * 60L + minutes) * 60_000;
            millis -= m.group(12).equals("-") ? -offset : offset;
        }
        return Optional.<Object>of(millis).filter(time -> Interpreter.isTimestamp((Long) time));
    }

    private static Optional<Object> readInterval(Matcher m) {
        if (!m.matches() || number(m, 3) > 23 || number(m, 4) > 59 || number(m, 6) > 59) {
            return Optional.empty();
        }
        BigInteger seconds = new BigInteger(m.group(2))
                .multiply(BigInteger.valueOf(86_400))
                .add(BigInteger.valueOf(number(m, 3) * 3_600L + number(m, 4) * 60L + number(m, 6)));
        BigInteger millis = seconds.multiply(BigInteger.valueOf(1_000))
                .add(BigInteger.valueOf(millisOf(m.group(8))));
        return Optional.of((m.group(1).equals("-") ? millis.negate() : millis).longValueExact());
    }

    private static Optional<Object> readMonths(Matcher m) {
        if (!m.matches() || number(m, 3) > 11) {
            return Optional.empty();
        }
        BigInteger months = new BigInteger(m.group(2))
                .multiply(BigInteger.valueOf(12))
                .add(BigInteger.valueOf(number(m, 3)));
        return Optional.of((m.group(1).equals("-") ? months.negate() : months).longValueExact());
    }

    private static int number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }

    private static long millisOf(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000").substring(0, 3));
    }
}
