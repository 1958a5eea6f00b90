package io.tidewatch.sql;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.sql.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says in our words why a text is not SQL: which token does not belong where it stands, and what may have been meant. */
final class ParseProblem {
    private static final List<String> MAIN_WORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "BY",
            "HAVING",
            "UNION",
            "JOIN",
            "LEFT",
            "INNER",
            "WITH",
            "AND",
            "OR",
            "BETWEEN",
            "LIKE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "FILTER",
            "PARTITION",
            "ORDER",
            "TABLE",
            "DESCRIPTOR",
            "INTERVAL",
            "MINUTE",
            "SECOND",
            "HOUR");

    /** Words with which a part of a query begins. */
    private static final Set<String> CLAUSES =
            Set.of("FROM", "WHERE", "GROUP", "HAVING", "UNION", "JOIN", "ORDER", "WINDOW");

    /** Words and signs behind which something must stand. */
    private static final Set<String> OPEN = Set.of(
            "SELECT", "WHERE", "HAVING", "BY", "ON", "AND", "OR", "NOT", "FROM", "JOIN", "+", "-",
            "*", "/", "%", "=", "<", ">", "<=", ">=", "<>");

    private static final int EXPECTED_SHOWN_MAX = 3;

    /** How many words before the place may be what went wrong. */
    private static final int NEAR = 4;

    private final SourceMap map;
    private final List<Token> tokens;
    private final Set<String> names;
    private final SqlParseException problem;

    ParseProblem(SourceMap map, List<Token> tokens, Set<String> names, SqlParseException problem) {
        this.map = map;
        this.tokens = tokens;
        this.names = names;
        this.problem = problem;
    }

    TidewatchException toException() {
        SqlParserPos pos = problem.getPos();
        if (problem.getCause() instanceof StackOverflowError) {
            return Parser.nestedTooDeep(map.written(), 0);
        }
        if (pos == null) {
            return map.written().invalid(0, "not a query (expected: SELECT …)");
        }
        int index = tokenAt(map.start(pos));
        int culprit = index + matched(index);
        Token token = tokens.get(Math.min(culprit, tokens.size() - 1));
        return map.written().invalid(token.offset(), message(culprit, token));
    }

    private String message(int index, Token token) {
        if (token.kind() == Kind.END) {
            return "the query ends where more is expected" + unclosed() + meant(index);
        }
        if (token.kind() == Kind.STRING && !isClosed(token)) {
            return "the string that begins here has no end (expected: ')";
        }
        if (token.is("`")) {
            return "unexpected '`': names with special characters are written in double quotes, as \"my name\"";
        }
        if (token.is("?")) {
            return "parameters ('?') are not supported: write the value";
        }
        if (token.is(";")) {
            return "unexpected ';': a monitor has one query";
        }
        if (token.is("-") || token.is(".")) {
            String hint = hyphenated(index);
            if (!hint.isEmpty()) {
                return hint;
            }
        }
        String declared = declaredWord(index);
        if (!declared.isEmpty()) {
            return "unexpected " + shown(token) + declared;
        }
        String slip = slip(index);
        if (!slip.isEmpty()) {
            return slip;
        }
        String expected = expected();
        return "unexpected " + shown(token)
                + (expected.isEmpty()
                        ? meant(index) + quotingHint(index, token) + unclosed()
                        : expected);
    }

    /** What the operators of other languages are called here, and words behind which something is missing. */
    private String slip(int index) {
        Token token = tokens.get(index);
        Token before = tokens.get(Math.max(0, index - 1));
        if (token.is("=") && before.is("=")) {
            return "unexpected '==': write = for equal";
        }
        if (token.is("&")) {
            return "unexpected '&': write AND";
        }
        if (token.is("|")) {
            return "unexpected '|': write OR";
        }
        boolean ends = token.is(")") || CLAUSES.contains(token.key());
        boolean open = before.is(",") || OPEN.contains(before.key());
        return ends && open
                ? "unexpected '" + token.text() + "': something is missing behind '" + before.text()
                        + "', or that is too much"
                : "";
    }

    private String unclosed() {
        long opened = tokens.stream().filter(token -> token.is("(")).count();
        long closed = tokens.stream().filter(token -> token.is(")")).count();
        return opened > closed ? "; a parenthesis is not closed" : "";
    }

    /** What the parser expected, if that is little enough to be of help. */
    private String expected() {
        List<String> names = problem.getExpectedTokenNames().stream()
                .filter(name -> name.startsWith("\""))
                .map(name -> name.substring(1, name.length() - 1))
                .toList();
        boolean few = !names.isEmpty()
                && names.size() <= EXPECTED_SHOWN_MAX
                && names.size() == problem.getExpectedTokenNames().size();
        return few ? " (expected: " + String.join(" or ", names) + ")" : "";
    }

    /** How many tokens behind the reported place still fit one of the forms that the parser expected. */
    private int matched(int index) {
        int[][] sequences = problem.getExpectedTokenSequences();
        String[] images = problem.getTokenImages();
        if (sequences == null || images == null) {
            return 0;
        }
        int best = 0;
        for (int[] sequence : sequences) {
            int length = 0;
            while (length < sequence.length
                    && index + length < tokens.size()
                    && fits(images[sequence[length]], tokens.get(index + length))) {
                length++;
            }
            best = Math.max(best, length == sequence.length ? length - 1 : length);
        }
        return best;
    }

    private static boolean fits(String image, Token token) {
        if (image.startsWith("\"")) {
            return token.is(image.substring(1, image.length() - 1));
        }
        return switch (token.kind()) {
            case WORD -> image.equals("<IDENTIFIER>") && !Parser.isReserved(token.key());
            case QUOTED -> image.equals("<QUOTED_IDENTIFIER>");
            case STRING -> image.equals("<QUOTED_STRING>");
            case NUMBER -> image.endsWith("_LITERAL>");
            case SYMBOL, END -> false;
        };
    }

    private int tokenAt(int offset) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).end() > offset) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    /** A word before the place, or at it, that is nearly a word of SQL. */
    private String meant(int index) {
        for (int i = index; i >= Math.max(0, index - 2); i--) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.WORD
                    && !Parser.isReserved(token.key())
                    && !names.contains(token.text().toLowerCase(Locale.ROOT))
                    && token.text().length() > 1) {
                Optional<String> word = Suggestion.nearest(token.text(), MAIN_WORDS);
                if (word.isPresent() && !word.get().equals(token.key())) {
                    return " (did you mean '" + word.get() + "' instead of '" + token.text()
                            + "'?)";
                }
            }
        }
        return "";
    }

    /** A word of SQL shortly before the place that is also a declared name. */
    private String declaredWord(int index) {
        for (int i = index; i >= Math.max(0, index - NEAR); i--) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.WORD
                    && Parser.isReserved(token.key())
                    && names.contains(token.text().toLowerCase(Locale.ROOT))) {
                return ": '" + token.text()
                        + "' is a word of SQL and the name of a column; for the column write \""
                        + token.text().toLowerCase(Locale.ROOT) + "\"";
            }
        }
        return "";
    }

    private String quotingHint(int index, Token token) {
        for (Token word : List.of(token, tokens.get(Math.max(0, index - 1)))) {
            if (word.kind() == Kind.WORD && Parser.isReserved(word.key())) {
                return ": '" + word.text() + "' is a word of SQL; if a name is meant, write \""
                        + word.text() + "\"";
            }
        }
        return "";
    }

    /** {@code FROM error-ratio}: a name that needs quotes. */
    private String hyphenated(int index) {
        int first = index;
        while (first >= 2
                && tokens.get(first).is("-")
                && tokens.get(first - 1).kind() == Kind.WORD
                && tokens.get(first - 2).is("-")) {
            first -= 2;
        }
        boolean isName = first >= 2
                && index + 1 < tokens.size()
                && tokens.get(index + 1).kind() == Kind.WORD
                && (tokens.get(first - 2).is("FROM")
                        || tokens.get(first - 2).is("JOIN")
                        || tokens.get(first - 2).is("TABLE"));
        if (!isName) {
            return "";
        }
        String name = map.written()
                .text()
                .substring(tokens.get(first - 1).offset(), tokens.get(index + 1).end());
        return "a name with '" + tokens.get(index).text() + "' is written in double quotes: \""
                + name + "\"";
    }

    private static boolean isClosed(Token token) {
        return token.text().length() > 1 && token.text().endsWith("'");
    }

    private static String shown(Token token) {
        // A text or a name that was not closed goes over lines; a message does not.
        String text = token.text().replaceAll("\\s+", " ");
        String cut = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return token.kind() == Kind.STRING ? cut : "'" + cut + "'";
    }
}
