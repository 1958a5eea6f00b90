package io.tidewatch.alerting.template;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.List;
import java.util.Optional;

/**
 * A text with places that are filled in: {@code {{ $labels.path }}: {{ $value.ratio | humanizePercentage }}}. A place is an
 * operand or a function with its arguments, and may be piped on into functions, which take it as their last argument.
 * Operands are {@code $labels.name}, {@code $value.column}, {@code $value} if the monitor has a single value, {@code index
 * $labels "any name"}, texts in double or back quotes, and numbers.
 */
public final class Template {
    /** The longest template, in chars. */
    public static final int TEXT_MAX = 16_384;

    /** The longest text that a template renders, in chars; it is cut there and ends with an ellipsis. */
    public static final int OUTPUT_MAX = 4_096;

    private static final String ELLIPSIS = "…";

    private final String text;
    private final List<Operand> parts;

    Template(String text, List<Operand> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses and checks a template.
     *
     * @throws TidewatchException {@link ErrorCode#CONFIGURATION_INVALID}, with the offset of what is wrong and the remedy
     */
    public static Template parse(String text, TemplateNames names) {
        TemplateParser parser = new TemplateParser(text, names);
        TemplateProblem problem = parser.problem();
        if (problem != null) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "template, offset " + problem.offset() + ": " + problem.message());
        }
        return new Template(text, parser.parts());
    }

    /** What {@link #parse} would refuse, with its place, for those who know where the text stands. */
    public static Optional<TemplateProblem> problem(String text, TemplateNames names) {
        return Optional.ofNullable(new TemplateParser(text, names).problem());
    }

    /** The text that was parsed. */
    public String text() {
        return text;
    }

    /** Whether what is rendered depends on {@code $value}. */
    public boolean readsValues() {
        return parts.stream().anyMatch(Template::readsValues);
    }

    public String render(TemplateContext context) {
        StringBuilder out = new StringBuilder();
        for (Operand part : parts) {
            out.append(ValueText.of(part.type(), part.evaluate(context)));
            if (out.length() > OUTPUT_MAX) {
                return cut(out);
            }
        }
        return out.toString();
    }

    private static String cut(StringBuilder out) {
        int end = OUTPUT_MAX - ELLIPSIS.length();
        if (Character.isHighSurrogate(out.charAt(end - 1))) {
            end--;
        }
        return out.substring(0, end) + ELLIPSIS;
    }

    private static boolean readsValues(Operand operand) {
        if (operand instanceof Operand.Call call) {
            return call.arguments().stream().anyMatch(Template::readsValues);
        }
        return operand instanceof Operand.Value;
    }
}
