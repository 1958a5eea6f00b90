package io.tidewatch.server.output;

import io.tidewatch.alerting.Marks;
import io.tidewatch.kernel.expression.Timestamps;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows rows to people, one line each. */
public final class TextRows {
    private static final int DIGITS = 6;

    private TextRows() {}

    /** {@code 2015-05-17T10:05:03.000Z  FIRING    error-ratio {path=/a}  requests=60, errors=12  summary}. */
    public static String of(TransitionRow row) {
        String labels = row.labels().isEmpty() ? "" : " " + texts(row.labels());
        String values = row.values().isEmpty() ? "" : "  " + values(row.values());
        String summary = row.annotations().getOrDefault("summary", "");
        Marks marks = row.transition().marks();
        return Timestamps.format(row.atMillis())
                + "  " + String.format(Locale.ROOT, "%-11s", row.word().toUpperCase(Locale.ROOT))
                + " " + row.monitor() + labels + values
                + marks(marks.approximate(), marks.incomplete())
                + (summary.isEmpty() ? "" : "  " + oneLine(summary));
    }

    /** {@code error-ratio {path=/a} [start, end)  requests=60, errors=12}. */
    public static String of(ResultRow row) {
        String key = row.key().isEmpty() ? "" : " {" + values(row.key()) + "}";
        String window = row.windowStart() == row.windowEnd()
                ? Timestamps.format(row.windowEnd())
                : "[" + Timestamps.format(row.windowStart()) + ", "
                        + Timestamps.format(row.windowEnd()) + ")";
        return row.monitor() + key + " " + window + "  " + values(row.values())
                + (row.revision() > 0 ? "  revision " + row.revision() : "")
                + (row.withdrawn() ? "  withdrawn" : "")
                + (row.overflow() ? "  overflow" : "")
                + marks(row.approximate(), row.incomplete())
                + (row.isFinal() ? "" : "  not final");
    }

    private static String marks(boolean approximate, boolean incomplete) {
        return (approximate ? "  approximate" : "") + (incomplete ? "  incomplete" : "");
    }

    /** {@code {path=/a, severity=page}}. */
    public static String texts(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + oneLine(text.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** {@code requests=60, errors=12}. */
    public static String values(List<NamedValue> values) {
        return values.stream()
                .map(value -> value.name() + "=" + value(value))
                .collect(Collectors.joining(", "));
    }

    /** A value as people read it: doubles with six significant digits. */
    public static String value(NamedValue named) {
        Object value = named.value();
        if (value == null) {
            return "NULL";
        }
        return switch (named.type().kind()) {
            case TIMESTAMP -> Timestamps.format((Long) value);
            case DOUBLE -> rounded((Double) value);
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARCHAR -> oneLine((String) value);
            case BOOLEAN, BIGINT, INTERVAL, INTERVAL_MONTH -> value.toString();
        };
    }

    private static String rounded(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return Double.toString(value);
        }
        BigDecimal shortened = new BigDecimal(value, new MathContext(DIGITS));
        BigDecimal plain = shortened.stripTrailingZeros();
        boolean readable = Math.abs(plain.precision() - plain.scale()) <= 15;
        return readable ? plain.toPlainString() : plain.toString();
    }

    /** Text without what would break a line or move the cursor of a terminal. */
    private static String oneLine(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.strip()
                .codePoints()
                .forEach(point -> shown.appendCodePoint(
                        Character.isISOControl(point) || point == 0x2028 || point == 0x2029
                                ? ' '
                                : point));
        return shown.toString();
    }
}
