package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.expression.FunctionExample;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every function and operator works inside and around aggregates, in FILTER, HAVING, GROUP BY and CASE, wherever it works over
 * rows: each query there has the plan of the same query with a subquery that computes the function apart.
 */
class FunctionsInAggregationsTest {
    private static final Schema ROWS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("k", Type.VARCHAR),
            new Field("s", Type.VARCHAR),
            new Field("i", Type.BIGINT),
            new Field("d", Type.DOUBLE),
            new Field("m", Type.decimal(5, 3)),
            new Field("b", Type.BOOLEAN),
            new Field("t", Type.TIMESTAMP));

    private static final SqlCompiler COMPILER = new SqlCompiler(
            new Catalog(List.of(new Catalog.Stream("r", ROWS, 0)), List.of(), List.of()));

    private static final Pattern LITERAL = Pattern.compile(
            "(?<t>TIMESTAMP '[^']*')|(?<v>INTERVAL '[^']*' [A-Z ]*)|(?<s>'(?:[^']|'')*')"
                    + "|(?<d>-?[0-9.]+E[0-9]+)|(?<m>-?[0-9]*\\.[0-9]+)|(?<i>-?[0-9]+)|(?<b>TRUE|FALSE)");

    /** Operators and forms of SQL, with literals as the examples of functions have them. */
    private static final List<String> FORMS = List.of(
            "1 + 2",
            "1 - 2",
            "1 * 2",
            "1.5 / 2.5",
            "7 % 2",
            "-1",
            "+ 1",
            "'a' || 'b'",
            "1 = 2",
            "'a' <> 'b'",
            "1 < 2",
            "1E0 <= 2",
            "1.5 > 2",
            "TRUE >= FALSE",
            "1 IS NULL",
            "'a' IS NOT NULL",
            "TRUE IS TRUE",
            "TRUE IS NOT FALSE",
            "TRUE IS UNKNOWN",
            "TRUE IS NOT UNKNOWN",
            "TRUE IS FALSE",
            "TRUE IS NOT TRUE",
            "1 IS DISTINCT FROM 2",
            "'a' IS NOT DISTINCT FROM 'b'",
            "1 BETWEEN 0 AND 5",
            "1 NOT BETWEEN SYMMETRIC 5 AND 0",
            "1 IN (1, 2, 3)",
            "'a' NOT IN ('b', 'c')",
            "'abc' LIKE 'a%'",
            "'a_c' NOT LIKE 'a!_%' ESCAPE '!'",
            "TRUE AND FALSE",
            "TRUE OR FALSE",
            "NOT TRUE",
            "CAST(1 AS VARCHAR)",
            "CAST('1' AS DOUBLE)",
            "TRY_CAST('1' AS BIGINT)",
            "'1'::BIGINT",
            "CASE WHEN 1 > 0 THEN 'a' ELSE 'b' END",
            "CASE 1 WHEN 0 THEN 'a' WHEN 1 THEN 'b' END",
            "TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '1' HOUR",
            "TIMESTAMP '2026-01-01 00:00:00' - INTERVAL '1' MONTH",
            "TIMESTAMPADD(HOUR, 1, TIMESTAMP '2026-01-01 00:00:00')",
            "TIMESTAMPDIFF(HOUR, TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01 00:00:00')");

    /** An expression over a column, and where the column stands in it. */
    private record Use(String before, String column, String after) {
        String with(String other) {
            return before + other + after;
        }

        String plain() {
            return with(column);
        }

        String aggregate() {
            return (column.equals("b") ? "BOOL_OR(" : "MAX(") + column + ")";
        }
    }

    @Test
    void everyFunctionWorksInsideAndAroundAggregates() {
        List<String> differences = new ArrayList<>();
        int tried = 0;
        for (String expression : expressions().toList()) {
            List<Use> uses = uses(expression);
            for (Use use : uses) {
                check(use, differences);
                tried++;
            }
        }

        assertThat(differences).isEmpty();
        assertThat(tried).isGreaterThan(150);
    }

    @Test
    void everyFunctionIsTriedOverAColumn() {
        for (FunctionDefinition definition : definitions()) {
            boolean nullary = definition.syntax().endsWith("()");
            assertThat(definition.examples())
                    .as(definition.name())
                    .anySatisfy(example -> assertThat(
                                    nullary || !uses(example.sql()).isEmpty())
                            .isTrue());
        }
    }

    private static List<FunctionDefinition> definitions() {
        return Functions.with(LinearPatterns.INSTANCE).all();
    }

    private static Stream<String> expressions() {
        return Stream.concat(
                definitions().stream()
                        .flatMap(definition -> definition.examples().stream())
                        .map(FunctionExample::sql),
                FORMS.stream());
    }

    /** The expression over each column that may stand in the place of a literal. */
    private static List<Use> uses(String expression) {
        List<Use> uses = new ArrayList<>();
        Matcher matcher = LITERAL.matcher(expression);
        while (matcher.find()) {
            for (String column : List.of("t", "s", "d", "m", "i", "b")) {
                if (matcher.group(column) != null) {
                    Use use = new Use(
                            expression.substring(0, matcher.start()),
                            column,
                            expression.substring(matcher.end()));
                    if (!plan("SELECT " + use.plain() + " AS x FROM r", "").startsWith("refused")) {
                        uses.add(use);
                    }
                }
            }
        }
        return uses;
    }

    private static void check(Use use, List<String> differences) {
        String f = use.plain();
        String around = use.with(use.aggregate());
        String apart =
                "(SELECT k, " + use.aggregate() + " AS " + use.column() + " FROM r GROUP BY k)";
        String computed = "(SELECT k, " + f + " AS x FROM r)";
        same(
                "SELECT k, " + around + " AS x FROM r GROUP BY k",
                "SELECT k, " + f + " AS x FROM " + apart,
                differences);
        same(
                "SELECT k, COUNT(" + f + ") AS n FROM r GROUP BY k",
                "SELECT k, COUNT(x) AS n FROM " + computed + " GROUP BY k",
                differences);
        same(
                "SELECT k, LAST_VALUE(" + f + ") AS n FROM r GROUP BY k",
                "SELECT k, LAST_VALUE(x) AS n FROM " + computed + " GROUP BY k",
                differences);
        same(
                "SELECT k, COUNT(*) FILTER (WHERE (" + f + ") IS NOT NULL) AS n FROM r GROUP BY k",
                "SELECT k, COUNT(*) FILTER (WHERE x IS NOT NULL) AS n FROM " + computed
                        + " GROUP BY k",
                differences);
        same(
                "SELECT k FROM r GROUP BY k HAVING (" + around + ") IS NOT NULL",
                "SELECT k FROM " + apart + " WHERE (" + f + ") IS NOT NULL",
                differences);
        same(
                "SELECT k, CASE WHEN (" + around
                        + ") IS NULL THEN 'none' ELSE k END AS x FROM r GROUP BY k",
                "SELECT k, CASE WHEN (" + f + ") IS NULL THEN 'none' ELSE k END AS x FROM " + apart,
                differences);
        same(
                "SELECT " + f + " AS x, COUNT(*) AS n FROM r GROUP BY " + f,
                "SELECT x, COUNT(*) AS n FROM " + computed + " GROUP BY x",
                differences);
        same(
                "SELECT COUNT(*) AS n, " + f + " AS x FROM r GROUP BY " + f + " HAVING (" + f
                        + ") IS NOT NULL",
                "SELECT COUNT(*) AS n, x FROM " + computed + " GROUP BY x HAVING x IS NOT NULL",
                differences);
        same(
                "SELECT " + f + " AS x, COUNT(*) AS n, " + use.column() + " AS c FROM r GROUP BY "
                        + use.column(),
                "SELECT " + f + " AS x, n, " + use.column() + " AS c FROM (SELECT " + use.column()
                        + ", COUNT(*) AS n FROM r GROUP BY " + use.column() + ")",
                differences);
    }

    private static void same(String written, String apart, List<String> differences) {
        String plan = plan(written, "1m");
        String expected = plan(apart, "1m");
        if (!plan.equals(expected)) {
            differences.add(written + "\n" + plan + "\nbut apart\n" + apart + "\n" + expected);
        }
    }

    /** The plan without names, of which a subquery may have others, or why there is none. */
    private static String plan(String sql, String window) {
        try {
            CompiledQuery query = COMPILER.compile(Shop.text(sql), Shop.window(window), List.of());
            return PlanText.of(query)
                    .replaceAll("(?m)^warning .*\n", "")
                    .replaceAll("(?m)^  key .* = ", "  key ");
        } catch (TidewatchException e) {
            return "refused " + e.getMessage();
        }
    }
}
