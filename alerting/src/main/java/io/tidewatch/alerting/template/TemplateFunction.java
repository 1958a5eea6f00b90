package io.tidewatch.alerting.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions of templates. NULL stays {@code NULL} in all of them. */
public enum TemplateFunction {
    HUMANIZE("humanize", "a number with a metric prefix, four digits", Takes.NUMBER),
    HUMANIZE_1024("humanize1024", "a number with a binary prefix, four digits", Takes.NUMBER),
    HUMANIZE_DURATION(
            "humanizeDuration", "seconds, or an interval, in days to seconds", Takes.NUMBER),
    HUMANIZE_PERCENTAGE("humanizePercentage", "a ratio as a percentage, four digits", Takes.NUMBER),
    HUMANIZE_TIMESTAMP(
            "humanizeTimestamp", "a time, or seconds since the epoch, in RFC 3339", Takes.NUMBER),
    TO_UPPER("toUpper", "in capital letters, in no language in particular", Takes.ANYTHING),
    TO_LOWER("toLower", "in small letters, in no language in particular", Takes.ANYTHING),
    URLQUERY("urlquery", "percent-encoded, for a parameter of a URL", Takes.ANYTHING),
    PRINTF("printf", "a format, and what it is filled with", Takes.FORMAT);

    /** What a function wants. */
    enum Takes {
        /** One number, time or interval. */
        NUMBER,
        /** One value of any type, as text. */
        ANYTHING,
        /** A text that is a format, then its values. */
        FORMAT
    }

    private static final int HEX_RADIX = 16;
    private static final int LOW_DIGIT = 0xF;
    private static final int HIGH_SHIFT = 4;
    private static final BigDecimal MILLIS_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String word;
    private final String description;
    private final Takes takes;

    TemplateFunction(String word, String description, Takes takes) {
        this.word = word;
        this.description = description;
        this.takes = takes;
    }

    /** How templates call it. */
    public String word() {
        return word;
    }

    /** What it gives, for documents. */
    public String description() {
        return description;
    }

    Takes takes() {
        return takes;
    }

    String apply(List<Operand> arguments, TemplateContext context) {
        if (this == PRINTF) {
            return Format.parse((String) ((Operand.Constant) arguments.get(0)).value())
                    .apply(arguments, context);
        }
        Operand argument = arguments.get(0);
        return apply(argument.type(), argument.evaluate(context));
    }

    private String apply(Type type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return switch (this) {
            case TO_UPPER -> ValueText.of(type, value).toUpperCase(Locale.ROOT);
            case TO_LOWER -> ValueText.of(type, value).toLowerCase(Locale.ROOT);
            case URLQUERY -> percentEncoded(ValueText.of(type, value));
            case HUMANIZE,
                    HUMANIZE_1024,
                    HUMANIZE_DURATION,
                    HUMANIZE_PERCENTAGE,
                    HUMANIZE_TIMESTAMP,
                    PRINTF ->
                Numbers.isSpecial(value)
                        ? Numbers.specialText(value)
                        : human(Numbers.toDecimal(type, value));
        };
    }

    private String human(BigDecimal value) {
        return switch (this) {
            case HUMANIZE_1024 -> HumanText.humanize1024(value);
            case HUMANIZE_DURATION -> HumanText.humanizeDuration(value);
            case HUMANIZE_PERCENTAGE -> HumanText.humanizePercentage(value);
            case HUMANIZE_TIMESTAMP -> timestamp(value);
            case HUMANIZE, TO_UPPER, TO_LOWER, URLQUERY, PRINTF -> HumanText.humanize(value);
        };
    }

    private static String timestamp(BigDecimal seconds) {
        BigDecimal millis = seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR);
        return millis.abs().compareTo(MILLIS_MAX) < 0
                ? Timestamps.format(millis.longValueExact())
                : HumanText.humanize(seconds);
    }

    /** RFC 3986: every byte but the unreserved ones. */
    private static String percentEncoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            int code = each & 0xFF;
            boolean unreserved = code >= 'a' && code <= 'z'
                    || code >= 'A' && code <= 'Z'
                    || code >= '0' && code <= '9'
                    || "-._~".indexOf(code) >= 0;
            if (unreserved) {
                out.append((char) code);
            } else {
                out.append('%').append(hex(code >> HIGH_SHIFT)).append(hex(code & LOW_DIGIT));
            }
        }
        return out.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, HEX_RADIX));
    }
}
