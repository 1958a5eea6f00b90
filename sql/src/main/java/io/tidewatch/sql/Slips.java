package io.tidewatch.sql;

import io.tidewatch.sql.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What people write who know another language, told by its tokens where the parser stopped, each with what to write instead. */
final class Slips {
    private static final String NO_VARIABLES =
            "there are no variables and templates here: write the value itself, a text in single quotes";
    private static final String QUOTES =
            "names with special characters are written in double quotes, as \"my name\"";
    private static final String TEXT_MATCH = "write REGEXP_LIKE(text, 'pattern')";
    private static final String WINDOW =
            "give the monitor a window (window: 1m), or read FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(time),"
                    + " INTERVAL '1' MINUTE))";
    private static final String INTERVAL =
            "the unit of an interval stands behind the quotes, as INTERVAL '5' MINUTE";
    private static final String UNIT =
            "a unit stands without quotes, as EXTRACT(HOUR FROM time) and TIMESTAMPDIFF(DAY, a, b)";
    private static final String LIST =
            "a result has single values: declare a field for each part that you need";
    private static final String NESTED =
            "a query in FROM stands in parentheses, as FROM (SELECT …)";
    private static final String NULLS = "write FILTER (WHERE x IS NOT NULL) behind the call";
    private static final String READS =
            "every query reads what arrives, and changes nothing: remove it";

    /**
     * Tokens side by side and what to say of them. Of several tokens, {@code #} is a number, {@code '} a text and {@code w}
     * a word; others are themselves. Where a {@code +} stands between two tokens, they touch.
     *
     * @param reach how many tokens before the place where the parser stopped the last one may stand
     */
    private record Slip(List<String> pattern, int reach, String words) {}

    private static final int NEAR = 1;
    private static final int ANYWHERE = Integer.MAX_VALUE;

    private static final List<Slip> SLIPS = List.of(
            slip("AT TIME ZONE", NEAR, ExpressionForms.ZONES),
            slip("AT LOCAL", NEAR, ExpressionForms.ZONES),
            slip("CROSS APPLY", ANYWHERE, "write JOIN … ON a.key = b.key"),
            slip("OUTER APPLY", ANYWHERE, "write LEFT JOIN … ON a.key = b.key"),
            slip("LATERAL VIEW", NEAR, LIST),
            slip("UNNEST (", NEAR, LIST),
            slip("TOP #", NEAR, Forms.TOP_N),
            slip("DISTINCT ON", NEAR, Forms.TOP_N),
            slip("LIMIT #", NEAR, "a stream has no end, so LIMIT never applies: " + Forms.TOP_N),
            slip("MINUS SELECT", NEAR, Forms.EXCEPT),
            slip("BY ALL", NEAR, "write the columns that make a group"),
            slip("WITH ROLLUP", NEAR, "write GROUP BY ROLLUP(a, b)"),
            slip("WITH CUBE", NEAR, "write GROUP BY CUBE(a, b)"),
            slip("DISTINCT *", NEAR, "write COUNT(*), or COUNT(DISTINCT a, b) with the columns"),
            slip("IGNORE NULLS", NEAR, NULLS),
            slip("RESPECT NULLS", NEAR, NULLS),
            slip(
                    "SEPARATOR '",
                    NEAR,
                    "a result has single values; GROUP BY the column to have a row for each"),
            slip("EMIT w", NEAR, "results come when their window closes: remove EMIT"),
            slip("WINDOW w (", NEAR, WINDOW),
            slip("WINDOW (", NEAR, WINDOW),
            slip("FOR UPDATE", NEAR, READS),
            slip("WITH ( NOLOCK", NEAR, READS),
            slip("USE INDEX", NEAR, READS),
            slip("FORCE INDEX", NEAR, READS),
            slip("INTO w", NEAR, READS),
            slip("PREWHERE", NEAR, "write WHERE"),
            slip("STRAIGHT_JOIN", NEAR, "write JOIN"),
            slip(
                    "AS SELECT",
                    NEAR,
                    "the query that WITH names stands in parentheses, as WITH a AS (SELECT …)"),
            slip("FROM SELECT w", NEAR, NESTED),
            slip("FROM SELECT *", NEAR, NESTED),
            slip("WITH w ( SELECT", NEAR, "AS is missing: write WITH a AS (SELECT …)"),
            slip(
                    ") , SELECT",
                    NEAR,
                    "remove the comma, or write another name and AS (SELECT …) behind it"),
            slip(
                    "AS w .",
                    NEAR,
                    "a name behind AS has no dots; with dots it stands in double quotes"),
            slip(
                    "AS FROM",
                    2,
                    "a name is missing behind AS; to use the word itself write AS \"from\""),
            slip("AS '", NEAR, "a name is no text: write it without quotes, or in double quotes"),
            slip("IS #", NEAR, "IS asks for NULL, TRUE or FALSE: write = for other values"),
            slip("IS '", NEAR, "IS asks for NULL, TRUE or FALSE: write = for other values"),
            slip(
                    "IS NOT #",
                    NEAR,
                    "IS NOT asks for NULL, TRUE or FALSE: write <> for other values"),
            slip(
                    "IS NOT '",
                    NEAR,
                    "IS NOT asks for NULL, TRUE or FALSE: write <> for other values"),
            slip("NOT =", NEAR, "write <>"),
            slip("NOTNULL", NEAR, "write IS NOT NULL"),
            slip("ISNULL", NEAR, "write IS NULL"),
            slip("IN #", NEAR, "IN takes a list in parentheses, as IN (1, 2)"),
            slip("IN '", NEAR, "IN takes a list in parentheses, as IN ('a', 'b')"),
            slip("IN ( )", NEAR, "a list has at least one value, as IN (1, 2)"),
            slip(
                    "LIKE ANY",
                    NEAR,
                    "write one LIKE for each pattern, with OR between them, or REGEXP_LIKE(text, 'a|b')"),
            slip("LIKE ALL", NEAR, "write one LIKE for each pattern, with AND between them"),
            slip("REGEXP '", NEAR, TEXT_MATCH),
            slip("GLOB '", NEAR, "write LIKE, with % for * and _ for ?"),
            slip("~ ~", NEAR, "write LIKE"),
            slip("= ~", NEAR, TEXT_MATCH),
            slip("~", NEAR, TEXT_MATCH + "; bits are not turned"),
            slip("XOR", NEAR, "write <> between two conditions in parentheses"),
            slip("DIV", NEAR, "write TRUNCATE(CAST(a AS DOUBLE) / b)"),
            slip("MOD #", NEAR, "write a % b, or MOD(a, b)"),
            slip("MOD w", NEAR, "write a % b, or MOD(a, b)"),
            slip("* *", NEAR, "write POWER(x, y)"),
            slip("- >", NEAR, "declare a field with a path into the JSON (fields:) and read that"),
            slip("> >", NEAR, "write FLOOR(x / POWER(2, y))"),
            slip("= =", NEAR, "write = for equal"),
            slip("= <", NEAR, "write <="),
            slip("! >", NEAR, "write <="),
            slip("! <", NEAR, "write >="),
            slip("!", NEAR, "write NOT"),
            slip("&", NEAR, "write AND"),
            slip("|", NEAR, "write OR"),
            slip("`", NEAR, QUOTES),
            slip("[", NEAR, QUOTES),
            slip("#", 0, "a comment begins with --"),
            slip("@", 0, NO_VARIABLES),
            slip(":", 0, NO_VARIABLES),
            slip("$", 0, NO_VARIABLES),
            slip("{", 0, NO_VARIABLES + "; what a selector {…} says is written with WHERE"),
            slip("INTERVAL '", NEAR, INTERVAL),
            slip("EXTRACT ( '", NEAR, UNIT),
            slip("TIMESTAMPDIFF ( '", NEAR, UNIT),
            slip("TIMESTAMPADD ( '", NEAR, UNIT),
            slip("TIMESTAMPTZ '", NEAR, "write TIMESTAMP '2026-01-31 12:00:00', in UTC"),
            slip("' + w", NEAR, "a quote within a text is written twice, as 'it''s'"),
            slip("w + '", NEAR, "a text has no letters before its quotes: write '…'"),
            slip("REPLACE (", NEAR, "write the columns one by one in place of * REPLACE"),
            slip(
                    ") (",
                    NEAR,
                    "a call has its arguments in one pair of parentheses, as APPROX_PERCENTILE(x, 0.9)"),
            slip(
                    "ORDER BY",
                    0,
                    "ORDER BY stands behind OVER ( and at the end of a query: remove it here"));

    private Slips() {}

    private static Slip slip(String pattern, int reach, String words) {
        return new Slip(List.of(pattern.split(" ")), reach, words);
    }

    /** What was found. */
    record Found(Token token, String message) {}

    /**
     * The first slip that covers a token, or stands shortly before it.
     *
     * @param names that are declared, in lower case: words of which a slip that has no others is none
     */
    static Optional<Found> at(List<Token> tokens, int index, Set<String> names) {
        for (Slip slip : SLIPS) {
            int first = slip.reach == ANYWHERE
                    ? 0
                    : Math.max(0, index - slip.pattern.size() - slip.reach + 1);
            for (int start = index; start >= first; start--) {
                int end = end(slip.pattern, tokens, start);
                boolean covers = end > index || slip.reach >= 1 + index - end;
                if (end > start && covers && !areNames(tokens.subList(start, end), names)) {
                    return Optional.of(found(tokens, start, end, slip));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean areNames(List<Token> found, Set<String> names) {
        List<Token> words =
                found.stream().filter(token -> token.kind() == Kind.WORD).toList();
        return !words.isEmpty()
                && words.stream()
                        .allMatch(word -> names.contains(word.text().toLowerCase(Locale.ROOT)));
    }

    private static Found found(List<Token> tokens, int start, int end, Slip slip) {
        StringBuilder written = new StringBuilder();
        for (int i = start; i < end; i++) {
            boolean touches =
                    i == start || tokens.get(i - 1).end() == tokens.get(i).offset();
            written.append(touches ? "" : " ").append(tokens.get(i).text());
        }
        String shown = written.toString().replaceAll("\\s+", " ");
        boolean isText = shown.startsWith("'");
        return new Found(
                tokens.get(start),
                "unexpected " + (isText ? shown : "'" + shown + "'") + ": " + slip.words);
    }

    /** Where the pattern ends that begins at a token, or -1. */
    private static int end(List<String> pattern, List<Token> tokens, int start) {
        int i = start;
        for (int k = 0; k < pattern.size(); k++) {
            boolean touches = pattern.get(k).equals("+") && k + 1 < pattern.size();
            if (touches) {
                if (i >= tokens.size()
                        || tokens.get(i - 1).end() != tokens.get(i).offset()) {
                    return -1;
                }
            } else if (i < tokens.size() && fits(pattern, k, tokens.get(i))) {
                i++;
            } else {
                return -1;
            }
        }
        return i;
    }

    private static boolean fits(List<String> pattern, int k, Token token) {
        String each = pattern.get(k);
        boolean alone = pattern.size() == 1;
        return switch (alone ? "" : each) {
            case "#" -> token.kind() == Kind.NUMBER;
            case "'" -> token.kind() == Kind.STRING;
            case "w" -> token.kind() == Kind.WORD;
            default -> token.is(each);
        };
    }
}
