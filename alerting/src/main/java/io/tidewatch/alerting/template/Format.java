package io.tidewatch.alerting.template;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of {@code printf}: texts, and verbs such as {@code %-8.2f}. */
final class Format {
    static final int WIDTH_MAX = 100;
    static final int PRECISION_MAX = 30;
    private static final String VERBS = "svdfeg%";
    private static final String FLAGS = "-+ 0";

    /**
     * A verb, behind a text that stands as it is.
     *
     * @param verb of {@link #VERBS}, or 0 for the text at the end
     * @param precision -1 if there is none
     */
    private record Part(String text, char verb, String flags, int width, int precision) {}

    private final List<Part> parts = new ArrayList<>();
    private final String format;
    private int position;
    private @Nullable TemplateProblem problem;

    private Format(String format) {
        this.format = format;
    }

    static Format parse(String text) {
        Format format = new Format(text);
        format.parse();
        return format;
    }

    /**
     * What is wrong with the format or with what it is filled with; null if nothing is. The offset is in the format.
     *
     * @param arguments the format itself first
     */
    @Nullable
    TemplateProblem check(List<Operand> arguments) {
        if (problem != null) {
            return problem;
        }
        int next = 1;
        for (Part part : parts) {
            if (part.verb == 0 || part.verb == '%') {
                continue;
            }
            if (next == arguments.size()) {
                return new TemplateProblem(
                        0, "printf: nothing to fill '%" + part.verb + "' with (add a value)");
            }
            TemplateProblem mismatch = mismatch(part, arguments.get(next++));
            if (mismatch != null) {
                return mismatch;
            }
        }
        return next == arguments.size()
                ? null
                : new TemplateProblem(
                        0, "printf: no verb for " + arguments.get(next).name() + " (add '%v')");
    }

    String apply(List<Operand> arguments, TemplateContext context) {
        StringBuilder out = new StringBuilder();
        int next = 1;
        for (Part part : parts) {
            out.append(part.text);
            if (part.verb == '%') {
                out.append('%');
            } else if (part.verb != 0) {
                Operand argument = arguments.get(next++);
                out.append(padded(part, text(part, argument.type(), argument.evaluate(context))));
            }
        }
        return out.toString();
    }

    private void parse() {
        int start = 0;
        while (problem == null) {
            int percent = format.indexOf('%', start);
            if (percent < 0) {
                parts.add(new Part(format.substring(start), (char) 0, "", 0, -1));
                return;
            }
            position = percent + 1;
            parseVerb(format.substring(start, percent), percent);
            start = position;
        }
    }

    private void parseVerb(String text, int percent) {
        int flags = position;
        while (position < format.length() && FLAGS.indexOf(format.charAt(position)) >= 0) {
            position++;
        }
        String flagText = format.substring(flags, position);
        int width = number();
        int precision = -1;
        if (position < format.length() && format.charAt(position) == '.') {
            position++;
            precision = number();
        }
        if (width > WIDTH_MAX || precision > PRECISION_MAX) {
            problem = new TemplateProblem(
                    percent,
                    "printf: width at most " + WIDTH_MAX + " and precision at most "
                            + PRECISION_MAX);
            return;
        }
        if (position == format.length() || VERBS.indexOf(format.charAt(position)) < 0) {
            problem = new TemplateProblem(
                    percent, "printf: unknown verb (expected: %s, %v, %d, %f, %e, %g or %%)");
            return;
        }
        parts.add(new Part(text, format.charAt(position), flagText, width, precision));
        position++;
    }

    /** Digits as a number; one too large is just beyond every limit. */
    private int number() {
        int value = 0;
        while (position < format.length()
                && format.charAt(position) >= '0'
                && format.charAt(position) <= '9') {
            value = Math.min(WIDTH_MAX + 1, 10 * value + format.charAt(position) - '0');
            position++;
        }
        return value;
    }

    private static @Nullable TemplateProblem mismatch(Part part, Operand argument) {
        TypeKind kind = argument.type().kind();
        String wanted =
                switch (part.verb) {
                    case 'd' ->
                        kind == TypeKind.BIGINT ? null : "a whole number (use '%.0f' or '%v')";
                    case 'f', 'e', 'g' ->
                        Numbers.isNumber(argument.type()) ? null : "a number (use '%v')";
                    default -> null;
                };
        return wanted == null
                ? null
                : new TemplateProblem(
                        0,
                        "printf: '%" + part.verb + "' wants " + wanted + ", but " + argument.name()
                                + " is " + argument.type());
    }

    private static String text(Part part, Type type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (part.verb == 's' || part.verb == 'v') {
            String text = ValueText.of(type, value);
            return part.precision >= 0 && text.codePointCount(0, text.length()) > part.precision
                    ? text.substring(0, text.offsetByCodePoints(0, part.precision))
                    : text;
        }
        return signed(part, number(part, type, value));
    }

    private static String number(Part part, Type type, Object value) {
        if (Numbers.isSpecial(value)) {
            return Numbers.specialText(value);
        }
        BigDecimal number = Numbers.toDecimal(type, value);
        int precision = part.precision < 0 ? NumberText.PRECISION_DEFAULT : part.precision;
        return switch (part.verb) {
            case 'f' -> NumberText.fixed(number, precision);
            case 'e' -> NumberText.exponential(number, precision);
            case 'g' ->
                part.precision < 0
                        ? ValueText.of(type, value)
                        : NumberText.general(number, precision);
            default -> value.toString();
        };
    }

    private static String signed(Part part, String number) {
        if (number.startsWith("-") || number.startsWith("+") || number.startsWith("N")) {
            return number;
        }
        return part.flags.contains("+")
                ? "+" + number
                : part.flags.contains(" ") ? " " + number : number;
    }

    private static String padded(Part part, String text) {
        int missing = part.width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (part.flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        boolean zeros = part.flags.contains("0") && "dfeg".indexOf(part.verb) >= 0;
        if (!zeros || !Character.isDigit(text.charAt(text.length() - 1))) {
            return " ".repeat(missing) + text;
        }
        int sign = Character.isDigit(text.charAt(0)) ? 0 : 1;
        return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
}
