package io.tidewatch.sql;

import io.tidewatch.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets fields be called like words of SQL: puts double quotes around words that are declared names where a name, and not the
 * word, is meant, before the parser sees them.
 *
 * <p>How it decides, from the neighbours of a word alone: a name stands where an operand may begin (after {@code SELECT},
 * a comma, an operator, …) and is followed by what may follow an operand; or it stands behind a dot, behind {@code AS}
 * (outside a CAST), or behind {@code FROM} or {@code JOIN} as the name of a stream. A word in front of {@code (} is a
 * function, one in front of a string a typed literal ({@code DATE '2026-01-01'}).
 *
 * <p>Some words are expressions, or begin one: {@code CASE WHEN}, {@code NOT -n}, {@code TRUE}, {@code NULL}. They are names
 * only where their neighbours exclude the word's own meaning, as in {@code null > 3}, and words only where these exclude a
 * name, as in {@code IS NOT NULL}. Where both are possible nothing is guessed: that is refused, with both ways to write it.
 * (Except {@code CASE WHEN}, which is the word wherever a CASE may begin.)
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

    /** Where a token stands within its parentheses. */
    private enum Part {
        FROM,
        /** The condition of a join, which a comma ends. */
        ON,
        OTHER;

        /** The part that a token stands in front of. */
        Part behind(Token token) {
            if (token.is("FROM") || this == ON && token.is(",")) {
                return FROM;
            }
            if (this == FROM && token.is("ON")) {
                return ON;
            }
            return CLAUSES.contains(token.key()) ? OTHER : this;
        }
    }

    /** With these a part of a query begins that is not FROM. */
    private static final Set<String> CLAUSES =
            Set.of("SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "QUALIFY");

    /** Values that are written as words, and how else they can be written. */
    private static final Map<String, String> VALUES = Map.of(
            "NULL", "CAST(NULLIF(1, 1) AS VARCHAR), or another type",
            "TRUE", "(1 = 1)",
            "FALSE", "(1 = 0)");

    private static final Set<String> EQUALITY = Set.of("=", "<>", "!=");

    private static final Set<String> ORDERING = Set.of("<", ">", "<=", ">=");

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "||");

    /** Words that an operand with a sign may follow. */
    private static final Set<String> BEFORE_SIGN =
            Set.of("CASE", "NOT", "SELECT", "DISTINCT", "ALL", "WHEN");

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

    /** A word that may be a name as well as itself. */
    static final class Ambiguity extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int offset;

        private Ambiguity(int offset, String message) {
            super(message, null, false, false);
            this.offset = offset;
        }

        /** Where the word stands. */
        int offset() {
            return offset;
        }
    }

    /**
     * The offsets of the words to put quotes around, ascending.
     *
     * @param names declared names, in lower case
     * @param functions the names, in upper case, of functions that are called without words among their arguments; the
     *     parser may have another form for them
     * @param keyword whether a word, in upper case, means something to the parser
     * @param before the word in upper case behind which the text stands; empty for a whole query
     * @throws Ambiguity of a word that may be a name as well as itself; its message says what to write
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

    /**
     * What stands where the name of a relation may, in lower case: behind FROM, JOIN or TABLE, commas behind these, and
     * parentheses that begin there.
     */
    static Set<String> relations(List<Token> tokens) {
        Set<String> relations = new LinkedHashSet<>();
        Deque<Part> parts = new ArrayDeque<>(List.of(Part.OTHER));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean isRelation = i > 0 && isRelation(tokens.get(i - 1), parts.element());
            if (token.is("(")) {
                boolean beginsFrom = isRelation && !tokens.get(i - 1).is("TABLE");
                parts.push(beginsFrom ? Part.FROM : Part.OTHER);
            } else if (token.is(")") && parts.size() > 1) {
                parts.pop();
            } else if (isRelation && !token.is("SELECT")) {
                relations.add(token.name().toLowerCase(Locale.ROOT));
            } else {
                parts.push(parts.pop().behind(token));
            }
        }
        return relations;
    }

    private static boolean isRelation(Token before, Part part) {
        return before.is("FROM")
                || before.is("JOIN")
                || before.is("TABLE")
                || (before.is(",") || before.is("(")) && part == Part.FROM;
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

    /** {@code EXTRACT(HOUR, time, zone)}, which the parser takes for a call like others if neither word is one of its own. */
    private boolean isInPlainExtract(int index) {
        boolean isFunction = tokens.get(index).is("EXTRACT");
        int unit = isFunction ? index + 2 : index;
        return unit >= 2
                && unit + 1 < tokens.size()
                && tokens.get(unit - 2).is("EXTRACT")
                && tokens.get(unit - 1).is("(")
                && tokens.get(unit).kind() == Kind.WORD
                && tokens.get(unit + 1).is(",");
    }

    private boolean isName(int index, String previous, Token next) {
        Token token = tokens.get(index);
        if (previous.equals(".") || next.is("=>") || isInPlainExtract(index)) {
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
                && !isBehindIs(index)
                && (followsOperand(next) || isAliased(token, previous, next))
                && !isExpression(index, previous, next);
    }

    /** {@code IS NOT NULL}, {@code IS NOT DISTINCT FROM}. */
    private boolean isBehindIs(int index) {
        return index >= 2
                && tokens.get(index - 1).is("NOT")
                && tokens.get(index - 2).is("IS");
    }

    /**
     * Whether a word that could be a name is an expression, or begins one.
     *
     * @throws Ambiguity if it could be both
     */
    private boolean isExpression(int index, String previous, Token next) {
        Token token = tokens.get(index);
        String value = VALUES.get(token.key());
        if (value != null) {
            if (!isUsedAsColumn(token, previous, next)) {
                throw ambiguous(token, "for the value write " + value);
            }
            return false;
        }
        if (token.is("CASE") && next.is("WHEN")) {
            return !previous.equals("CASE");
        }
        boolean isStar = token.is("SELECT") && next.is("*") && previous.equals("(");
        if (isStar) {
            Token behind = tokens.get(Math.min(index + 2, tokens.size() - 1));
            return behind.is("FROM") || behind.is(",");
        }
        boolean isSign = next.is("-") || next.is("+");
        if (isSign && BEFORE_SIGN.contains(token.key()) && mayBegin(token, previous)) {
            throw ambiguous(token, "for the word put what stands behind it into parentheses");
        }
        return false;
    }

    /** Whether an operator makes no sense with NULL, TRUE or FALSE, so that the column of that name is meant. */
    private static boolean isUsedAsColumn(Token token, String previous, Token next) {
        boolean isNull = token.is("NULL");
        return EQUALITY.contains(next.key())
                || ORDERING.contains(next.key())
                || ARITHMETIC.contains(next.key())
                || Set.of("IS", "IN", "BETWEEN", "LIKE", "NOT", ".").contains(next.key())
                || ORDERING.contains(previous)
                || ARITHMETIC.contains(previous)
                || Set.of("BY", "LIKE").contains(previous)
                || isNull && EQUALITY.contains(previous);
    }

    /** Whether the word itself can stand behind another. */
    private static boolean mayBegin(Token token, String previous) {
        if (token.is("CASE")) {
            return true;
        }
        if (token.is("WHEN")) {
            return previous.equals("CASE");
        }
        boolean isOperator = ARITHMETIC.contains(previous)
                || ORDERING.contains(previous)
                || EQUALITY.contains(previous);
        return !isOperator
                && (token.is("NOT") || previous.equals("(") || previous.equals("SELECT"));
    }

    private static Ambiguity ambiguous(Token token, String instead) {
        return new Ambiguity(
                token.offset(),
                "'" + token.text()
                        + "' is a word of SQL and the name of a column here: for the column write \""
                        + token.text().toLowerCase(Locale.ROOT) + "\", and " + instead);
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
