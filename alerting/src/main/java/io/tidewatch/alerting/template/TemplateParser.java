package io.tidewatch.alerting.template;

import io.tidewatch.alerting.template.TemplateScanner.Token;
import io.tidewatch.alerting.template.TemplateScanner.TokenKind;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one template; the first problem ends the reading. */
final class TemplateParser {
    private static final Set<String> UNSUPPORTED = new TreeSet<>(List.of(
            "if",
            "else",
            "end",
            "range",
            "with",
            "define",
            "template",
            "block",
            "query",
            "first",
            "and",
            "or",
            "not",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge"));
    private static final int NUMBER_LENGTH_MAX = 18;

    /** Ends the reading. */
    private static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient TemplateProblem problem;

        ProblemException(TemplateProblem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }

    private final TemplateNames names;
    private final List<Operand> parts = new ArrayList<>();
    private @Nullable TemplateProblem problem;
    private TemplateScanner scanner;

    TemplateParser(String text, TemplateNames names) {
        this.names = names;
        this.scanner = new TemplateScanner(text, 0);
        try {
            parse(text);
        } catch (ProblemException e) {
            problem = e.problem;
        }
    }

    @Nullable
    TemplateProblem problem() {
        return problem;
    }

    List<Operand> parts() {
        return parts;
    }

    private void parse(String text) {
        if (text.length() > Template.TEXT_MAX) {
            throw at(Template.TEXT_MAX, "longer than " + Template.TEXT_MAX + " chars");
        }
        int start = 0;
        while (true) {
            int open = text.indexOf("{{", start);
            addText(text.substring(start, open < 0 ? text.length() : open));
            if (open < 0) {
                return;
            }
            scanner = new TemplateScanner(text, open + 2);
            parts.add(pipeline(open));
            start = scanner.position();
        }
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            parts.add(new Operand.Constant(Type.VARCHAR, text));
        }
    }

    private Operand pipeline(int open) {
        Operand result = command(null);
        while (true) {
            Token token = next();
            switch (token.kind()) {
                case CLOSE -> {
                    return result;
                }
                case PIPE -> result = command(result);
                case END -> throw at(open, "'{{' is not closed (add '}}')");
                case LABELS, VALUE, WORD, TEXT, NUMBER, PROBLEM ->
                    throw at(
                            token.offset(),
                            "unexpected '" + token.text()
                                    + "' (expected: '|' and a function, or '}}')");
            }
        }
    }

    /** An operand, or a function with its arguments, the piped one last. */
    private Operand command(@Nullable Operand piped) {
        Token token = next();
        boolean isFunction = token.kind() == TokenKind.WORD && !token.text().equals("index");
        if (isFunction) {
            return call(token, piped);
        }
        if (piped != null) {
            throw at(token.offset(), "expected: a function behind '|' (" + functionWords() + ")");
        }
        return operand(token);
    }

    private Operand call(Token word, @Nullable Operand piped) {
        TemplateFunction function = function(word);
        List<Operand> arguments = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        while (scanner.peek().kind() != TokenKind.PIPE
                && scanner.peek().kind() != TokenKind.CLOSE
                && scanner.peek().kind() != TokenKind.END) {
            Token token = next();
            offsets.add(token.offset());
            arguments.add(operand(token));
        }
        if (piped != null) {
            arguments.add(piped);
        }
        checkArguments(function, arguments, word.offset(), offsets);
        return new Operand.Call(function, List.copyOf(arguments));
    }

    private static void checkArguments(
            TemplateFunction function, List<Operand> arguments, int offset, List<Integer> offsets) {
        if (function.takes() == TemplateFunction.Takes.FORMAT) {
            boolean hasFormat = !arguments.isEmpty()
                    && arguments.get(0) instanceof Operand.Constant constant
                    && constant.value() instanceof String;
            if (!hasFormat) {
                throw at(offset, "printf wants a format in quotes first, like printf \"%.2f\"");
            }
            TemplateProblem found = Format.parse(
                            (String) ((Operand.Constant) arguments.get(0)).value())
                    .check(arguments);
            if (found != null) {
                int format = offsets.isEmpty() ? offset : offsets.get(0);
                throw at(format, found.message());
            }
            return;
        }
        if (arguments.size() != 1) {
            throw at(offset, "'" + function.word() + "' wants one value, not " + arguments.size());
        }
        Operand argument = arguments.get(0);
        if (function.takes() == TemplateFunction.Takes.NUMBER
                && !Numbers.isNumber(argument.type())) {
            throw at(
                    offset,
                    "'" + function.word() + "' wants a number, but " + argument.name() + " is "
                            + argument.type());
        }
    }

    private Operand operand(Token token) {
        return switch (token.kind()) {
            case LABELS -> label(token.text(), token.offset());
            case VALUE ->
                token.text().isEmpty()
                        ? singleValue(token.offset())
                        : value(token.text(), token.offset());
            case TEXT -> new Operand.Constant(Type.VARCHAR, token.text());
            case NUMBER -> number(token);
            case WORD -> word(token);
            case PROBLEM -> throw at(token.offset(), token.text());
            case PIPE, CLOSE, END ->
                throw at(token.offset(), "expected: $labels.name, $value.column or a function");
        };
    }

    private Operand word(Token token) {
        if (!token.text().equals("index")) {
            throw at(token.offset(), "a function as an argument is not supported (use '|')");
        }
        Token map = next();
        Token name = next();
        boolean isMap = (map.kind() == TokenKind.LABELS || map.kind() == TokenKind.VALUE)
                && map.text().isEmpty();
        if (!isMap || name.kind() != TokenKind.TEXT) {
            throw at(token.offset(), "expected: index $labels \"name\", or index $value \"name\"");
        }
        return map.kind() == TokenKind.LABELS
                ? label(name.text(), name.offset())
                : value(name.text(), name.offset());
    }

    private Operand label(String name, int offset) {
        if (name.isEmpty()) {
            throw at(offset, "'$labels' alone is no text (write $labels.name)");
        }
        if (!names.labels().contains(name)) {
            String hint = names.values().indexOf(name) >= 0
                    ? " (it is a value: write $value." + name + ")"
                    : Suggestion.of(name, names.labels());
            throw at(offset, "unknown label '" + name + "'" + hint);
        }
        return new Operand.Label(name);
    }

    private Operand value(String name, int offset) {
        Schema values = names.values();
        int index = values.indexOf(name);
        if (index < 0) {
            List<String> known =
                    values.fields().stream().map(field -> field.name()).toList();
            String hint = names.labels().contains(name)
                    ? " (it is a label: write $labels." + name + ")"
                    : Suggestion.of(name, known);
            throw at(offset, "unknown value '" + name + "'" + hint);
        }
        return new Operand.Value(name, index, values.field(index).type());
    }

    private Operand singleValue(int offset) {
        if (names.values().size() != 1) {
            throw at(
                    offset,
                    "'$value' alone needs a monitor with one value, this has "
                            + names.values().size() + " (write $value.column)");
        }
        return value(names.values().field(0).name(), offset);
    }

    private static Operand number(Token token) {
        if (token.text().length() > NUMBER_LENGTH_MAX) {
            throw at(token.offset(), "a number of more than " + NUMBER_LENGTH_MAX + " chars");
        }
        try {
            BigDecimal number = new BigDecimal(token.text());
            return number.scale() <= 0
                    ? new Operand.Constant(Type.BIGINT, number.longValueExact())
                    : new Operand.Constant(Type.DOUBLE, number.doubleValue());
        } catch (ArithmeticException | NumberFormatException e) {
            throw at(token.offset(), "'" + token.text() + "' is no number");
        }
    }

    private static TemplateFunction function(Token word) {
        for (TemplateFunction function : TemplateFunction.values()) {
            if (function.word().equals(word.text())) {
                return function;
            }
        }
        if (UNSUPPORTED.contains(word.text())) {
            throw at(
                    word.offset(),
                    "'" + word.text()
                            + "' is not supported: there are no conditions, loops or queries (decide in the"
                            + " query, or make a monitor each)");
        }
        List<String> words = Arrays.stream(TemplateFunction.values())
                .map(TemplateFunction::word)
                .toList();
        throw at(
                word.offset(),
                "unknown function '" + word.text() + "'" + Suggestion.of(word.text(), words));
    }

    private static String functionWords() {
        return String.join(
                ", ",
                Arrays.stream(TemplateFunction.values())
                        .map(TemplateFunction::word)
                        .toList());
    }

    private Token next() {
        Token token = scanner.next();
        if (token.kind() == TokenKind.PROBLEM) {
            throw at(token.offset(), token.text());
        }
        return token;
    }

    private static ProblemException at(int offset, String message) {
        return new ProblemException(new TemplateProblem(offset, message));
    }
}
