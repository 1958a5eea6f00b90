package io.tidewatch.sql;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.sql.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Parts of a query, none of which stands behind a later one. */
    private static final Set<String> ORDER = Set.of("FROM", "WHERE", "GROUP", "HAVING");

    /** Words that people write into conditions. */
    private static final Set<String> CONDITION_KEYS = Set.of(
            "WHERE", "WHEN", "IF", "HAVING", "FOR", "UNLESS", "ORDER", "GROUP", "LIMIT", "FROM");

    /** Functions with words among their arguments. */
    private static final Map<String, String> FORMS = Map.of(
            "EXTRACT", "EXTRACT(field FROM time), or EXTRACT(field, time, zone)",
            "TIMESTAMPADD", "TIMESTAMPADD(unit, count, time)",
            "TIMESTAMPDIFF", "TIMESTAMPDIFF(unit, from, to)",
            "POSITION", "POSITION(part IN text)",
            "SUBSTRING", "SUBSTRING(text FROM start FOR length)",
            "CAST", "CAST(x AS type)",
            "TRY_CAST", "TRY_CAST(x AS type)",
            "DESCRIPTOR", "DESCRIPTOR(time)");

    private static final int EXPECTED_SHOWN_MAX = 3;

    /** How many words before the place may be what went wrong. */
    private static final int NEAR = 4;

    private final SourceMap map;
    private final List<Token> tokens;
    private final Set<String> names;
    private final SqlParseException problem;
    private final boolean isCondition;

    ParseProblem(
            SourceMap map,
            List<Token> tokens,
            Set<String> names,
            SqlParseException problem,
            boolean isCondition) {
        this.isCondition = isCondition;
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
        Optional<Slips.Found> begin = beginning(culprit);
        if (begin.isPresent()) {
            return map.written()
                    .invalid(begin.get().token().offset(), begin.get().message());
        }
        Token token = tokens.get(Math.min(culprit, tokens.size() - 1));
        Optional<Slips.Found> foreign = foreignCall(culprit);
        if (foreign.isPresent()) {
            return map.written()
                    .invalid(foreign.get().token().offset(), foreign.get().message());
        }
        Optional<Slips.Found> slip = token.kind() == Kind.STRING && !isClosed(token)
                ? Optional.empty()
                : Slips.at(tokens, culprit, names);
        return slip.isPresent()
                ? map.written().invalid(slip.get().token().offset(), slip.get().message())
                : map.written().invalid(token.offset(), message(culprit, token));
    }

    /** A function of another system around the place, whose arguments may well not be ours. */
    private Optional<Slips.Found> foreignCall(int culprit) {
        int depth = 0;
        for (int i = Math.min(culprit, tokens.size() - 1); i > 0; i--) {
            boolean closes = tokens.get(i).is(")") && i < culprit;
            depth += closes ? 1 : tokens.get(i).is("(") ? -1 : 0;
            Token function = tokens.get(i - 1);
            if (depth < 0 && tokens.get(i).is("(") && function.kind() == Kind.WORD) {
                Optional<String> instead = OtherSystems.insteadOfFunction(function.text());
                if (instead.isPresent()) {
                    return instead.map(words -> new Slips.Found(
                            function, function.key() + " is not supported: " + words));
                }
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the first word, if it is not one with which a text of this kind begins. */
    private Optional<Slips.Found> beginning(int culprit) {
        Token first = tokens.get(0);
        if (isCondition) {
            Token token = tokens.get(Math.min(culprit, tokens.size() - 1));
            boolean isKey = CONDITION_KEYS.contains(token.key())
                    && (culprit == 0 || !token.is("WHEN"))
                    && !names.contains(token.text().toLowerCase(Locale.ROOT));
            return first.is("SELECT") || isKey
                    ? Optional.of(new Slips.Found(
                            isKey ? token : first,
                            "unexpected '" + (isKey ? token : first).text()
                                    + "': a condition is a comparison alone, as n > 5; what else an alert needs has keys"
                                    + " of its own, as for: and clear:"))
                    : Optional.empty();
        }
        boolean begins =
                first.is("SELECT") || first.is("WITH") || first.is("VALUES") || first.is("(");
        return begins
                ? Optional.empty()
                : Optional.of(new Slips.Found(
                        first,
                        "unexpected " + shown(first)
                                + ": a monitor is a query, which begins with SELECT or WITH"));
    }

    private String message(int index, Token token) {
        if (token.kind() == Kind.END) {
            Token last = tokens.get(Math.max(0, index - 1));
            return (isCondition ? "the condition" : "the query")
                    + " ends where more is expected: something is missing behind " + shown(last)
                    + form(index)
                    + unclosed() + meant(index);
        }
        if (token.kind() == Kind.STRING && !isClosed(token)) {
            return "the string that begins here has no end (expected: ')";
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
        String missing = missing(index);
        return missing.isEmpty() ? "unexpected " + shown(token) + remedy(index, token) : missing;
    }

    /** What to do about a token for which nothing better is known. */
    private String remedy(int index, Token token) {
        String expected = expected();
        if (!expected.isEmpty()) {
            return expected;
        }
        String hint = meant(index) + misplaced(index, token) + form(index) + unclosed();
        if (!hint.isEmpty()) {
            return hint;
        }
        String quoting = quotingHint(index, token);
        if (!quoting.isEmpty()) {
            return quoting;
        }
        Token before = tokens.get(Math.max(0, index - 1));
        if (token.is(")") && tokens.get(0).is("WITH") && isLast(index)) {
            return ": behind WITH a AS (…) stands the query that reads a, SELECT … FROM a";
        }
        if (token.is(")") && index > 0) {
            return ": no parenthesis is open here, or something is missing behind " + shown(before);
        }
        return index > 0 && endsOperand(before) && beginsOperand(token)
                ? ": a comma or an operator is missing between " + shown(before) + " and "
                        + shown(token) + ", or one of them is too much"
                : index > 0
                        ? ": remove it, or write what is missing behind " + shown(before)
                        : ": remove it";
    }

    private boolean isLast(int index) {
        return index + 1 < tokens.size() && tokens.get(index + 1).kind() == Kind.END;
    }

    private static boolean endsOperand(Token token) {
        return token.is(")") || beginsOperand(token);
    }

    private static boolean beginsOperand(Token token) {
        return switch (token.kind()) {
            case WORD, QUOTED, STRING, NUMBER -> true;
            case SYMBOL, END -> false;
        };
    }

    /** A part of a query that does not stand in its order. */
    private String misplaced(int index, Token token) {
        return index > 0 && ORDER.contains(token.key()) && unclosed().isEmpty()
                ? ": the parts of a query stand in this order: SELECT, FROM, WHERE, GROUP BY, HAVING"
                : "";
    }

    /** The form of the function in whose parentheses the place is, for those that have one of their own. */
    private String form(int index) {
        int depth = 0;
        for (int i = Math.min(index, tokens.size()) - 1; i > 0; i--) {
            depth += tokens.get(i).is(")") ? 1 : tokens.get(i).is("(") ? -1 : 0;
            if (depth < 0) {
                String syntax = FORMS.get(tokens.get(i - 1).key());
                return syntax == null ? "" : " (expected: " + syntax + ")";
            }
            boolean between = depth == 0 && tokens.get(i).is("BETWEEN");
            if (between) {
                return " (expected: BETWEEN low AND high)";
            }
        }
        return "";
    }

    /** A word or sign behind which something must stand, and does not. */
    private String missing(int index) {
        Token token = tokens.get(index);
        Token before = tokens.get(Math.max(0, index - 1));
        boolean isName = index > 0 && (before.is("FROM") || before.is("JOIN"));
        if (OPEN.contains(token.key()) && isLast(index) && !isName) {
            return "the query ends behind '" + token.text() + "', where more is expected";
        }
        boolean ends = token.is(")") || CLAUSES.contains(token.key());
        boolean open = index > 0 && (before.is(",") || OPEN.contains(before.key()));
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
                    && (Parser.isReserved(token.key()) || token.is("NOT"))
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
            if (word.kind() == Kind.WORD
                    && Parser.isReserved(word.key())
                    && !OPEN.contains(word.key())) {
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
