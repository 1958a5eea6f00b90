package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whatever the text, there is a plan or a message with a place, in our words. */
class MutationTest {
    private static final List<String> TOPICS = List.of(
            "expressions", "aggregations", "windows", "chains", "joins", "constants", "names");
    private static final List<String> ODDITIES = List.of(
            "",
            "(",
            ")",
            "'",
            "\"",
            "`",
            ";",
            "--",
            "/*",
            "*",
            "\u0000",
            "é",
            "𝄞",
            "\r\n",
            "\t",
            "?",
            "::",
            "=>",
            "1e999",
            "99999999999999999999",
            "NULL",
            "INTERVAL",
            "DATE '2026-01-01'",
            "TABLE",
            "DESCRIPTOR",
            "$IN",
            "\"$IN\"(1, 2)",
            "CAST",
            "AS",
            "OVER ()",
            "FILTER (WHERE ok)",
            "WITHIN GROUP (ORDER BY path)",
            "EXISTS (SELECT 1)",
            "ROW (1, 2)",
            "ARRAY[1]",
            "{fn UPPER(path)}",
            "CURRENT ROW",
            "LATERAL",
            "VALUES (1)",
            "DISTINCT",
            "ALL",
            "ANY",
            "DEFAULT",
            "GROUPING SETS",
            "TRUE",
            "COUNT(*)",
            "ROW_NUMBER() OVER (ORDER BY path)",
            "MAX(bytes)",
            "path",
            "1",
            "0",
            "INTERVAL '1' MINUTE",
            "window_start",
            "ORDER BY",
            "LIMIT 1",
            "PARTITION BY path",
            "NEXT VALUE FOR path",
            "MULTISET[1]",
            "path.path",
            "access.*",
            "U&'\\0041'",
            "X'00'",
            "_UTF16'a'",
            "PERIOD",
            "COLLATE x",
            "@x",
            "#");

    private static final List<String> NAMES = List.of(
            "path",
            "client",
            "bytes",
            "price",
            "ratio",
            "ok",
            "ts",
            "sent",
            "units",
            "country",
            "owner",
            "n",
            "a",
            "p",
            "window_start",
            "window_end",
            "access",
            "orders",
            "pages",
            "slow",
            "nothing",
            "place",
            "x");
    private static final List<String> FUNCTIONS = List.of(
            "COUNT",
            "SUM",
            "MAX",
            "AVG",
            "APPROX_PERCENTILE",
            "RATE",
            "UPPER",
            "ABS",
            "SUBSTRING",
            "EXTRACT",
            "COALESCE",
            "TUMBLE",
            "HOP",
            "SESSION",
            "CUMULATE",
            "ROW_NUMBER",
            "GROUPING",
            "DESCRIPTOR",
            "REGEXP_LIKE",
            "DATE_TRUNC",
            "FLOOR",
            "TRIM",
            "IF",
            "LEFT",
            "NOW",
            "RANK");

    @Test
    void noMutationOfAQueryThrowsAnythingElse() {
        SqlCompiler compiler = new SqlCompiler(Shop.CATALOG);
        List<CaseFile.Case> cases = cases();
        Choices.random("a mutated query has a plan or a message", 1_200, choices -> {
            CaseFile.Case each = choices.of(cases);
            String sql = mutated(choices, each.sql(), cases);
            check(
                    sql,
                    () -> compiler.compile(Shop.text(sql), Shop.window(each.window()), List.of()));
        });
    }

    @Test
    void noMutationOfAConditionThrowsAnythingElse() {
        SqlCompiler compiler = new SqlCompiler(Shop.CATALOG);
        Schema rows = Schema.of(
                new Field("path", Type.VARCHAR),
                new Field("n", Type.BIGINT),
                new Field("ok", Type.BOOLEAN),
                new Field("window_start", Type.TIMESTAMP));
        List<String> conditions = List.of(
                "n > 100 AND path <> '/'",
                "CAST(n AS DOUBLE) / 3 > 0.5 OR NOT ok",
                "path LIKE 'a%' AND n IN (1, 2) AND window_start > TIMESTAMP '2026-01-01 00:00:00'",
                "CASE WHEN ok THEN n BETWEEN 1 AND 2 ELSE COALESCE(ok, FALSE) END");
        Choices.random("a mutated condition has an expression or a message", 500, choices -> {
            String sql = mutated(choices, choices.of(conditions), cases());
            check(sql, () -> compiler.compileCondition(Shop.text(sql), rows));
        });
    }

    @Test
    void deepAndLongTextsAreRefusedByTheirLimits() {
        for (String sql : List.of(
                "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " AS x FROM access",
                "SELECT " + "CASE WHEN ok THEN ".repeat(2_000) + "1" + " END".repeat(2_000)
                        + " AS x FROM access",
                "SELECT " + "- ".repeat(20_000) + "bytes AS x FROM access",
                "SELECT path FROM access WHERE " + "NOT ".repeat(10_000) + "ok",
                "SELECT bytes" + " + 1".repeat(10_000) + " AS x FROM access",
                "SELECT path FROM access WHERE " + "ok AND ".repeat(5_000) + "ok",
                "SELECT path FROM access WHERE " + "bytes = 1 OR ".repeat(4_000) + "ok",
                "SELECT " + "bytes, ".repeat(5_000) + "1 AS x FROM access",
                "SELECT path FROM access" + " UNION ALL SELECT path FROM access".repeat(200),
                "SELECT path" + "||path".repeat(8_000) + " AS x FROM access",
                "SELECT '" + "x".repeat(70_000) + "' AS x FROM access",
                "SELECT path FROM access WHERE path IN (" + "'a', ".repeat(5_000) + "'a')",
                doubling(40),
                chained(55))) {
            check(sql, () -> new SqlCompiler(Shop.CATALOG)
                    .compile(Shop.text(sql), null, List.of()));
        }
    }

    @Test
    void chainsOfEveryLengthAreCompiledOrRefusedAsTooLong() {
        for (int length = 100; length <= 6_400; length = length * 5 / 4) {
            String sql = "SELECT path FROM access WHERE ok" + " AND ok".repeat(length);
            check(sql, () -> new SqlCompiler(Shop.CATALOG)
                    .compile(Shop.text(sql), null, List.of()));
        }
    }

    /** Each subquery doubles the expression of the one below. */
    private static String doubling(int depth) {
        String sql = "SELECT bytes AS x FROM access";
        for (int i = 0; i < depth; i++) {
            sql = "SELECT x + x AS x FROM (" + sql + ")";
        }
        return sql;
    }

    private static String chained(int depth) {
        String sql = "SELECT bytes AS x FROM access";
        for (int i = 0; i < depth; i++) {
            sql = "SELECT x + 1 AS x FROM (" + sql + ") WHERE x > " + i;
        }
        return sql;
    }

    private interface Compile {
        void run();
    }

    private static void check(String sql, Compile compile) {
        String shown = sql.length() > 500 ? sql.substring(0, 500) + "…" : sql;
        assertThatCode(() -> {
                    try {
                        compile.run();
                    } catch (TidewatchException e) {
                        assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
                        assertThat(e.getMessage())
                                .as(shown)
                                .startsWith("shop.yaml, line ")
                                .doesNotContainIgnoringCase("calcite")
                                .doesNotContain(
                                        "Exception",
                                        "org.",
                                        "java.",
                                        "RexCall",
                                        "this form of query is not known");
                    }
                })
                .as(shown)
                .doesNotThrowAnyException();
    }

    private static List<CaseFile.Case> cases() {
        List<CaseFile.Case> cases = new ArrayList<>();
        TOPICS.forEach(
                topic -> cases.addAll(CaseFile.of("plans/" + topic + ".txt").cases()));
        return cases;
    }

    private static String mutated(Choices choices, String sql, List<CaseFile.Case> cases) {
        List<String> parts = new ArrayList<>(parts(sql));
        boolean gentle = choices.upTo(9) > 2;
        for (int i = choices.between(1, gentle ? 3 : 4); i > 0 && !parts.isEmpty(); i--) {
            int at = choices.upTo(parts.size() - 1);
            if (gentle) {
                replaceByItsLike(choices, parts, at);
            } else {
                mangle(choices, parts, at, cases);
            }
        }
        return String.join(choices.oneIn(30) ? "" : " ", parts);
    }

    private static void mangle(
            Choices choices, List<String> parts, int at, List<CaseFile.Case> cases) {
        switch (choices.upTo(6)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(at, parts.get(choices.upTo(parts.size() - 1)));
            case 2 -> parts.set(at, parts.get(choices.upTo(parts.size() - 1)));
            case 3 -> parts.set(at, choices.of(ODDITIES));
            case 4 -> parts.add(at, choices.of(ODDITIES));
            case 5 -> parts.addAll(at, some(choices, parts(choices.of(cases).sql())));
            default -> parts.set(at, cut(choices, parts.get(at)));
        }
    }

    /** A name by a name, an operator by an operator, a literal by a literal: what remains is likely to be SQL. */
    private static void replaceByItsLike(Choices choices, List<String> parts, int at) {
        String part = parts.get(at);
        boolean isCall = at + 1 < parts.size() && parts.get(at + 1).equals("(");
        if (part.matches("[A-Za-z_]+") && !Parser.isReserved(part.toUpperCase(Locale.ROOT))) {
            parts.set(at, choices.of(isCall ? FUNCTIONS : NAMES));
        } else if (part.matches("[-+*/%<>=|]+|AND|OR|LIKE")) {
            parts.set(
                    at,
                    choices.of(
                            "+", "-", "*", "/", "%", "<", ">=", "=", "<>", "||", "AND", "OR",
                            "LIKE"));
        } else if (part.matches("[0-9.]+|'.*'")) {
            parts.set(
                    at,
                    choices.of("1", "0", "-3", "2.5", "1e3", "'a'", "''", "NULL", "TRUE", "path"));
        } else if (part.equals("JOIN") || part.equals("ALL") || part.equals("DESC")) {
            parts.remove(at);
        } else if (part.equals("SELECT")) {
            parts.add(
                    at + 1,
                    choices.of(
                            "path,",
                            "COUNT(*) AS c,",
                            "bytes / 2 AS half,",
                            "DISTINCT",
                            "NULL AS z,"));
        }
    }

    private static List<String> some(Choices choices, List<String> parts) {
        int first = choices.upTo(parts.size() - 1);
        return parts.subList(first, first + choices.upTo(Math.min(6, parts.size() - first)));
    }

    private static String cut(Choices choices, String part) {
        return part.substring(0, choices.upTo(part.length()));
    }

    private static List<String> parts(String sql) {
        return Lexer.tokens(sql).stream().map(Token::text).toList();
    }
}
