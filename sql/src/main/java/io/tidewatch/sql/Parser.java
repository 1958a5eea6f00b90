package io.tidewatch.sql;

import io.tidewatch.kernel.error.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;

/** Text to syntax tree. */
final class Parser {
    /** The longest query or condition, in UTF-16 units. */
    static final int LENGTH_MAX = 65_536;

    /** How deep parentheses and CASEs may be nested. */
    static final int NESTING_MAX = 60;

    /** The longest name, in UTF-16 units. */
    static final int NAME_LENGTH_MAX = 256;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(NAME_LENGTH_MAX)
            .withConformance(Conformance.INSTANCE);

    private static final SqlAbstractParserImpl.Metadata METADATA =
            SqlParser.create("", CONFIG).getMetadata();

    private Parser() {}

    static boolean isKeyword(String upperCase) {
        return METADATA.isKeyword(upperCase);
    }

    /** All words that mean something to the parser. */
    static List<String> words() {
        return METADATA.getTokens().stream()
                .filter(token -> token.matches("[A-Z][A-Z0-9_]*"))
                .sorted()
                .toList();
    }

    /** A word that the parser does not take as a name. */
    static boolean isReserved(String upperCase) {
        return METADATA.isReservedWord(upperCase);
    }

    static Parsed query(QueryText text, Relations relations, Set<String> functions) {
        return parse(text, relations, functions, "the query is empty (expected: SELECT …)", false);
    }

    static Parsed condition(QueryText text, Relations relations, Set<String> functions) {
        return parse(
                text,
                relations,
                functions,
                "the condition is empty (expected: TRUE or FALSE per row)",
                true);
    }

    private static Parsed parse(
            QueryText text,
            Relations relations,
            Set<String> functions,
            String emptyMessage,
            boolean isCondition) {
        if (text.text().length() > LENGTH_MAX) {
            throw text.failure(
                    ErrorCode.LIMIT_REACHED,
                    LENGTH_MAX,
                    "the query has " + text.text().length() + " characters (expected: at most "
                            + LENGTH_MAX + ")");
        }
        List<Token> tokens = Lexer.tokens(text.text());
        if (tokens.size() == 1) {
            throw text.invalid(0, emptyMessage);
        }
        checkNesting(text, tokens);
        checkSymbols(text, tokens);
        QueryText shortened = withoutSemicolon(text, tokens);
        Set<String> names =
                new LinkedHashSet<>(isCondition ? relations.allNames() : relations.namesIn(tokens));
        names.addAll(NameQuoting.aliases(tokens));
        SourceMap map = quoted(shortened, tokens, names, functions, isCondition ? "WHERE" : "");
        try {
            SqlParser parser = SqlParser.create(map.text(), CONFIG);
            SqlNode node = isCondition ? parser.parseExpression() : parser.parseQuery();
            return new Parsed(node, map, tokens, names);
        } catch (SqlParseException e) {
            throw new ParseProblem(map, tokens, names, e, isCondition).toException();
        }
    }

    private static SourceMap quoted(
            QueryText text,
            List<Token> tokens,
            Set<String> names,
            Set<String> functions,
            String before) {
        try {
            return new SourceMap(
                    text,
                    tokens,
                    NameQuoting.offsets(tokens, names, functions, Parser::isKeyword, before));
        } catch (NameQuoting.Ambiguity e) {
            throw text.invalid(e.offset(), String.valueOf(e.getMessage()));
        }
    }

    private static void checkNesting(QueryText text, List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            if (token.is("(") || token.is("CASE")) {
                depth++;
            } else if (token.is(")") || token.is("END")) {
                depth = Math.max(0, depth - 1);
            }
            if (depth > NESTING_MAX) {
                throw nestedTooDeep(text, token.offset());
            }
        }
    }

    /**
     * Refuses what the parser proper takes for something else: behind {@code //} it sees a comment, where some languages
     * have a division; {@code a / b::DOUBLE} would cast the quotient.
     */
    private static void checkSymbols(QueryText text, List<Token> tokens) {
        for (Token token : tokens) {
            if (token.is("::")) {
                throw text.failure(
                        ErrorCode.QUERY_UNSUPPORTED,
                        token.offset(),
                        "'::' is not supported: write CAST(x AS BIGINT), or another type; an interval is INTERVAL '1' MINUTE");
            }
            if (token.is("//")) {
                throw text.invalid(
                        token.offset(),
                        "'//' is not supported: a comment begins with --, and a division without its remainder is"
                                + " TRUNCATE(CAST(a AS DOUBLE) / b)");
            }
            if (token.key().startsWith("/*")) {
                throw text.invalid(
                        token.offset(), "the comment that begins here has no end (expected: */)");
            }
        }
    }

    static QueryException nestedTooDeep(QueryText text, int offset) {
        return text.failure(
                ErrorCode.LIMIT_REACHED,
                offset,
                "nested more than " + NESTING_MAX
                        + " deep, or too long a chain of operators: name parts of the query with WITH");
    }

    /** Drops one semicolon at the end, which people are used to write. */
    private static QueryText withoutSemicolon(QueryText text, List<Token> tokens) {
        Token last = tokens.get(Math.max(0, tokens.size() - 2));
        if (!last.is(";")) {
            return text;
        }
        tokens.remove(tokens.size() - 2);
        return new QueryText(text.text().substring(0, last.offset()), text.places());
    }

    /**
     * A syntax tree with the way back to the text.
     *
     * @param names that are declared or given, in lower case
     */
    record Parsed(SqlNode node, SourceMap map, List<Token> tokens, Set<String> names) {
        /** The unquoted and quoted words of the text, in lower case and without quotes. */
        Set<String> words() {
            Set<String> words = new TreeSet<>();
            tokens.forEach(token -> words.add(token.name().toLowerCase(Locale.ROOT)));
            return words;
        }
    }
}
