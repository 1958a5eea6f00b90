package io.tidewatch.alerting.template;

import org.jspecify.annotations.Nullable;

/** Cuts what stands between braces into tokens. */
final class TemplateScanner {
    enum TokenKind {
        /** {@code $labels}, with the name behind its dot or nothing. */
        LABELS,
        /** {@code $value}, with the name behind its dot or nothing. */
        VALUE,
        WORD,
        TEXT,
        NUMBER,
        PIPE,
        CLOSE,
        /** The end of the template. */
        END,
        /** Something that is no token; its text says what is wrong. */
        PROBLEM
    }

    record Token(TokenKind kind, String text, int offset) {}

    private final String text;
    private int position;
    private @Nullable Token peeked;

    TemplateScanner(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /** Where the latest token ended. */
    int position() {
        return position;
    }

    Token peek() {
        if (peeked == null) {
            peeked = scan();
        }
        return peeked;
    }

    Token next() {
        Token token = peek();
        peeked = null;
        return token;
    }

    private Token scan() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        int start = position;
        if (position == text.length()) {
            return new Token(TokenKind.END, "", start);
        }
        char first = text.charAt(position);
        if (text.startsWith("}}", position)) {
            position += 2;
            return new Token(TokenKind.CLOSE, "}}", start);
        }
        if (first == '|') {
            position++;
            return new Token(TokenKind.PIPE, "|", start);
        }
        if (first == '$') {
            return variable(start);
        }
        if (first == '"' || first == '`') {
            return quoted(first, start);
        }
        if (isDigit(first)
                || first == '-' && start + 1 < text.length() && isDigit(text.charAt(start + 1))) {
            return number(start);
        }
        if (isNameStart(first)) {
            return new Token(TokenKind.WORD, name(), start);
        }
        return problem(start, unexpected(first));
    }

    private static String unexpected(char first) {
        return switch (first) {
            case '.' -> "'.' is not supported (write $labels.name or $value.column)";
            case '-' -> "trimming with '{{-' and '-}}' is not supported";
            case '(' -> "parentheses are not supported (use '|')";
            default -> "unexpected '" + first + "'";
        };
    }

    private Token variable(int start) {
        position++;
        String word = name();
        TokenKind kind =
                switch (word) {
                    case "labels" -> TokenKind.LABELS;
                    case "value" -> TokenKind.VALUE;
                    default -> TokenKind.PROBLEM;
                };
        if (kind == TokenKind.PROBLEM) {
            return problem(start, "unknown variable '$" + word + "' (expected: $labels or $value)");
        }
        if (position == text.length() || text.charAt(position) != '.') {
            return new Token(kind, "", start);
        }
        position++;
        String name = name();
        return name.isEmpty()
                ? problem(start, "a name is missing behind '$" + word + ".'")
                : new Token(kind, name, start);
    }

    private Token quoted(char quote, int start) {
        StringBuilder out = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            char each = text.charAt(position++);
            if (each != '\\' || quote == '`') {
                out.append(each);
                continue;
            }
            int escape = position == text.length() ? -1 : "\"\\nt".indexOf(text.charAt(position++));
            if (escape < 0) {
                return problem(
                        position - 1,
                        "unknown escape (expected: \\\", \\\\, \\n or \\t; or quote with `)");
            }
            out.append("\"\\\n\t".charAt(escape));
        }
        if (position == text.length()) {
            return problem(start, "the text is not closed (add " + quote + ")");
        }
        position++;
        return new Token(TokenKind.TEXT, out.toString(), start);
    }

    private Token number(int start) {
        position++;
        while (position < text.length()
                && (isDigit(text.charAt(position)) || text.charAt(position) == '.')) {
            position++;
        }
        return new Token(TokenKind.NUMBER, text.substring(start, position), start);
    }

    private String name() {
        int start = position;
        while (position < text.length()
                && (isNameStart(text.charAt(position)) || isDigit(text.charAt(position)))) {
            position++;
        }
        return text.substring(start, position);
    }

    private static Token problem(int offset, String message) {
        return new Token(TokenKind.PROBLEM, message, offset);
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    private static boolean isNameStart(char each) {
        return each == '_' || Character.isLetter(each);
    }
}
