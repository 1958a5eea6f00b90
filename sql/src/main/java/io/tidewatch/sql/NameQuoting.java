package io.tidewatch.sql;

import io.tidewatch.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets fields be called like words of SQL: puts double quotes around words that are declared names where a name, and not the
 * word, is meant, before the parser sees them.
 *
 * <p>How it decides, from the neighbours of a word alone: a name stands where an operand may begin (after {@code SELECT},
 * a comma, an operator, …) and is followed by what may follow an operand; or it stands behind a dot, behind {@code AS}
 * (outside a CAST), or behind {@code FROM} or {@code JOIN} as the name of a stream. A word in front of {@code (} is a
 * function, one in front of a string a typed literal ({@code DATE '2026-01-01'}). Words that begin an operand themselves
 * ({@code CASE}, {@code NOT}, …) are names only if what follows excludes the word's own meaning.
 */
final class NameQuoting {
    /** After these an operand may begin. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "SELECT",
            "DISTINCT",
            "ALL",
            "WHERE",
            "HAVING",
            "ON",
            "BY",
            "WHEN",
            "THEN",
            "ELSE",
            "CASE",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "LIKE",
            "IN",
            "QUALIFY",
            "SYMMETRIC",
            ",",
            "(",
            "=",
            "<>",
            "!=",
            "<",
            ">",
            "<=",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "=>");

    /** These may follow an operand, beside symbols and the end. */
    private static final Set<String> AFTER_OPERAND = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "UNION",
            "AND",
            "OR",
            "NOT",
            "IS",
            "IN",
            "BETWEEN",
            "LIKE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "AS",
            "ASC",
            "DESC",
            "NULLS",
            "FILTER",
            "QUALIFY",
            "ON",
            "JOIN",
            "LEFT",
            "INNER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "ROWS",
            "RANGE",
            "WITHIN",
            "EXCEPT",
            "INTERSECT",
            ",",
            ")",
            "=",
            "<>",
            "!=",
            "<",
            ">",
            "<=",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "::",
            ";",
            "FOR",
            "ESCAPE");

    /** These words begin an operand that continues with another operand. */
    private static final Set<String> PREFIXES = Set.of(
            "SELECT",
            "DISTINCT",
            "ALL",
            "NOT",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "EXISTS",
            "INTERVAL",
            "ROW",
            "VALUES",
            "TABLE",
            "ARRAY",
            "LATERAL",
            "UNNEST",
            "NEW",
            "CAST",
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "BY");

    private static final Set<String> TYPED_BY_AS = Set.of("CAST", "TRY_CAST", "SAFE_CAST");

    /** In these functions the first word is a unit or a side, not an operand. */
    private static final Set<String> FIRST_IS_A_WORD = Set.of(
            "EXTRACT",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "DATEADD",
            "DATEDIFF",
            "DATEPART",
            "DATE_PART",
            "TRIM");

    private final List<Token> tokens;
    private final Set<String> names;
    private final Set<String> functions;
    private final Predicate<String> keyword;
    private final String before;
    private final Deque<String> openers = new ArrayDeque<>();
    private final List<Integer> quoted = new ArrayList<>();

    private NameQuoting(
            List<Token> tokens,
            Set<String> names,
            Set<String> functions,
            Predicate<String> keyword,
            String before) {
        this.before = before;
        this.tokens = tokens;
        this.names = names;
        this.functions = functions;
        this.keyword = keyword;
    }

    /**
     * The offsets of the words to put quotes around, ascending.
     *
     * @param names declared names, in lower case
     * @param functions the names, in upper case, of functions that are called without words among their arguments; the
     *     parser may have another form for them
     * @param keyword whether a word, in upper case, means something to the parser
     * @param before the word in upper case behind which the text stands; empty for a whole query
     */
    static List<Integer> offsets(
            List<Token> tokens,
            Set<String> names,
            Set<String> functions,
            Predicate<String> keyword,
            String before) {
        return new NameQuoting(tokens, names, functions, keyword, before).run();
    }

    /** The names that a query gives with AS, in lower case. */
    static Set<String> aliases(List<Token> tokens) {
        Set<String> aliases = new LinkedHashSet<>();
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).is("AS") && tokens.get(i).kind() == Kind.WORD) {
                aliases.add(tokens.get(i).text().toLowerCase(Locale.ROOT));
            }
        }
        return aliases;
    }

    private List<Integer> run() {
        boolean previousIsName = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(")) {
                openers.push(i > 0 && !previousIsName ? tokens.get(i - 1).key() : "");
            } else if (token.is(")") && !openers.isEmpty()) {
                openers.pop();
            }
            previousIsName = token.kind() == Kind.WORD
                    && keyword.test(token.key())
                    && isName(
                            i, i == 0 ? before : previousKey(i, previousIsName), tokens.get(i + 1));
            if (previousIsName) {
                quoted.add(token.offset());
            }
        }
        return quoted;
    }

    private String previousKey(int index, boolean previousIsName) {
        return previousIsName ? "" : tokens.get(index - 1).key();
    }

    private boolean isName(int index, String previous, Token next) {
        Token token = tokens.get(index);
        if (previous.equals(".") || next.is("=>")) {
            return true;
        }
        if (next.is("(") && functions.contains(token.key())) {
            return true;
        }
        if (next.is("(") || next.kind() == Kind.STRING) {
            return false;
        }
        if (previous.equals("AS")) {
            return !isType() && !token.is("OF");
        }
        if (!names.contains(token.text().toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (Set.of("FROM", "JOIN", "TABLE").contains(previous)) {
            return !PREFIXES.contains(token.key()) || followsOperand(next);
        }
        return BEFORE_OPERAND.contains(previous)
                && !isUnit(previous, next)
                && !isFilter(token, previous)
                && (followsOperand(next) || isAliased(token, previous, next));
    }

    private static boolean followsOperand(Token next) {
        return next.kind() == Kind.END || AFTER_OPERAND.contains(next.key()) || next.is(".");
    }

    /** A column with an alias that lacks its AS, as {@code SELECT user who}. */
    private boolean isAliased(Token token, String previous, Token next) {
        boolean isItem = previous.equals("SELECT") || previous.equals(",");
        boolean isPlain =
                next.kind() == Kind.QUOTED || next.kind() == Kind.WORD && !keyword.test(next.key());
        boolean isFirst = previous.equals("SELECT") && token.is("FROM");
        return isItem && isPlain && (isFirst || !PREFIXES.contains(token.key()));
    }

    /** {@code CAST(x AS DATE)}: the word behind AS is a type. */
    private boolean isType() {
        return !openers.isEmpty() && TYPED_BY_AS.contains(openers.element());
    }

    /** {@code FILTER (WHERE …)}. */
    private boolean isFilter(Token token, String previous) {
        return previous.equals("(") && token.is("WHERE") && "FILTER".equals(openers.peek());
    }

    /** {@code EXTRACT(HOUR FROM t)}, {@code TIMESTAMPDIFF(DAY, a, b)}, {@code TRIM(BOTH FROM s)}. */
    private boolean isUnit(String previous, Token next) {
        return previous.equals("(")
                && !next.is(")")
                && !openers.isEmpty()
                && FIRST_IS_A_WORD.contains(openers.element());
    }
}
