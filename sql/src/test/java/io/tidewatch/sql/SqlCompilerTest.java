package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.expression.FunctionExample;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCompilerTest {
    private static final Schema ACCESS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("path", Type.VARCHAR),
            new Field("status", Type.BIGINT));
    private static final Catalog CATALOG =
            new Catalog(List.of(new Catalog.Stream("access", ACCESS, 0)), List.of(), List.of());
    private static final SourcePosition POSITION = new SourcePosition("shop.yaml", 12, 9);

    private final SqlCompiler compiler = new SqlCompiler(CATALOG);

    @Test
    void aggregationsGetTheWindowOfTheMonitor() {
        Windowing window = new Windowing.Grid(Windows.tumbling(60_000, 0));
        CompiledQuery query = compiler.compile(
                QueryText.at(POSITION, "SELECT path, COUNT(*) AS n FROM access GROUP BY path"),
                window,
                List.of());

        assertThat(query.links()).hasSize(1);
        assertThat(((Aggregation) query.links().get(0).shape()).windowing()).isEqualTo(window);
        assertThat(query.rowSchema().fields())
                .containsExactly(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT));
        assertThat(query.windowed()).isTrue();
    }

    @Test
    void conditionsReadTheColumnsOfResults() {
        Schema rows = Schema.of(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT));
        Expression when =
                compiler.compileCondition(QueryText.at(POSITION, "n > 100 AND path <> '/'"), rows);

        assertThat(when).hasToString("($1 > 100) AND ($0 <> '/')");
    }

    @Test
    void everyExampleOfTheFunctionsCompilesToItsCall() {
        for (FunctionDefinition definition :
                Functions.with(LinearPatterns.INSTANCE).all()) {
            for (FunctionExample example : definition.examples()) {
                CompiledQuery query = compiler.compile(
                        QueryText.at(POSITION, "SELECT " + example.sql() + " AS x FROM access"),
                        null,
                        List.of());

                assertThat(query.links().get(0).inputs().get(0).columns())
                        .as(example.sql())
                        .hasToString("[" + definition.call(example.arguments()).folded() + "]");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "YEAR",
                "QUARTER",
                "MONTH",
                "WEEK",
                "DAY",
                "DOY",
                "DOW",
                "ISODOW",
                "ISOYEAR",
                "HOUR",
                "MINUTE",
                "SECOND",
                "MILLISECOND",
                "EPOCH",
                "hour"
            })
    void everyFieldIsExtractedInAZone(String field) {
        String sql = "SELECT EXTRACT(" + field + ", ts, 'Europe/Berlin') AS x FROM access";
        CompiledQuery query = compiler.compile(QueryText.at(POSITION, sql), null, List.of());

        assertThat(query.links().get(0).inputs().get(0).columns())
                .hasToString(
                        "[EXTRACT('" + field.toUpperCase(Locale.ROOT) + "', $0, 'Europe/Berlin')]");
    }

    @Test
    void conditionsPointToTheirPlaceToo() {
        Schema rows = Schema.of(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT));

        assertThat(refusal("m > 1", rows))
                .isEqualTo("shop.yaml, line 12, column 9: unknown column 'm' (known: path, n)");
        assertThat(refusal("path = '/' AND\n  n / 2 > 1", rows))
                .isEqualTo(
                        "shop.yaml, line 13, column 11: '/' between integers drops the remainder, so in a condition it is"
                                + " refused: write CAST(n AS DOUBLE) / 2");
        assertThat(refusal("COUNT(*) > 1", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 9: an aggregate cannot stand in a condition: compute it in the query"
                                + " under a name, and compare that");
        assertThat(refusal("n", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 9: not a condition (expected: TRUE or FALSE per row): compare it with"
                                + " something");
        assertThat(refusal("n > (SELECT 1 FROM access)", rows))
                .startsWith(
                        "shop.yaml, line 12, column 13: a subquery in an expression is not supported");
        assertThat(refusal("", rows))
                .startsWith("shop.yaml, line 12, column 9: the condition is empty");
    }

    @Test
    void conditionsReadTheKeyThatIsNotSelected() {
        CompiledQuery query = compiler.compile(
                QueryText.at(POSITION, "SELECT COUNT(*) AS n FROM access GROUP BY path"),
                new Windowing.Grid(Windows.tumbling(60_000, 0)),
                List.of());

        assertThat(query.rowSchema().fields()).containsExactly(new Field("n", Type.BIGINT));
        assertThat(compiler.compileCondition(QueryText.at(POSITION, "path <> '/'"), query))
                .hasToString("$1 <> '/'");
    }

    @Test
    void theReferenceListsEveryFunction() throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/sql.md"));
        List<String> names = new ArrayList<>();
        Functions.with(LinearPatterns.INSTANCE).all().forEach(each -> names.add(each.name()));
        for (AggregateFunction each : AggregateFunction.values()) {
            if (!each.isInternal()) {
                names.add(each.name());
            }
        }
        names.removeIf(name -> reference.contains("`" + name + "`"));

        assertThat(names).isEmpty();
    }

    @Test
    void conditionsThatCanNeverHoldAreRefused() {
        Schema rows = Schema.of(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT));

        assertThat(refusal("n > 5 OR\n  path = NULL", rows))
                .isEqualTo(
                        "shop.yaml, line 13, column 11: a comparison with NULL is never TRUE: write path IS NULL");
        assertThat(refusal("n NOT IN (1, NULL)", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 9: NOT IN with NULL in its list is never TRUE: remove it from the"
                                + " list, and write AND n IS NOT NULL");
        assertThat(refusal("MOD(n, 0) = 1", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 9: this divides by zero, so each row that needs it is set aside:"
                                + " write another divisor");
        assertThat(refusal("n > CAST('a' AS BIGINT)", rows))
                .startsWith("shop.yaml, line 12, column 13: this always fails (");
    }

    @Test
    void conditionsAreNoQueries() {
        Schema rows = Schema.of(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT));

        assertThat(refusal("SELECT n FROM results", rows))
                .startsWith(
                        "shop.yaml, line 12, column 9: unexpected 'SELECT': a condition is a comparison alone");
        assertThat(refusal("n > 5 FOR 5m", rows))
                .startsWith(
                        "shop.yaml, line 12, column 15: unexpected 'FOR': a condition is a comparison alone");
        assertThat(refusal("n > 5 AND", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 18: the condition ends where more is expected: something is"
                                + " missing behind 'AND'");
        assertThat(refusal("results.n > 5", rows))
                .isEqualTo(
                        "shop.yaml, line 12, column 9: unknown name 'results': the columns of the results stand alone in"
                                + " a condition, without a prefix (known: path, n)");
    }

    @Test
    void aConditionThatIsAlwaysTrueIsOne() {
        Schema rows = Schema.of(new Field("n", Type.BIGINT));

        assertThat(compiler.compileCondition(QueryText.at(POSITION, "TRUE"), rows))
                .hasToString("TRUE");
    }

    @Test
    void conditionsReadTheWindow() {
        CompiledQuery query = compiler.compile(
                QueryText.at(POSITION, "SELECT path, COUNT(*) AS n FROM access GROUP BY path"),
                new Windowing.Grid(Windows.tumbling(60_000, 0)),
                List.of());
        Expression when = compiler.compileCondition(
                QueryText.at(POSITION, "EXTRACT(HOUR FROM window_start) < 6"),
                query.conditionSchema());

        assertThat(when).hasToString("EXTRACT('HOUR', $2) < 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FALSE", "NOT TRUE", "FALSE IS TRUE", "NOT (NOT FALSE)"})
    void aConditionThatIsNeverTrueIsRefusedWhereItStands(String having) {
        String inner = "SELECT path, COUNT(*) AS n FROM access GROUP BY path\n HAVING " + having;
        for (String sql : List.of(
                inner,
                "SELECT n FROM (" + inner + ")",
                "SELECT SUM(n) AS t FROM (" + inner + ")\n HAVING SUM(n) > 1",
                "SELECT n, COUNT(*) AS c FROM (" + inner + ") GROUP BY n\n HAVING COUNT(*) > 1",
                "SELECT path, COUNT(*) AS n FROM access GROUP BY path HAVING COUNT(*) > 1"
                        + " UNION ALL " + inner)) {
            assertThatThrownBy(() -> compiler.compile(
                            QueryText.at(POSITION, sql),
                            new Windowing.Grid(Windows.tumbling(60_000, 0)),
                            List.of()))
                    .hasMessageContaining("shop.yaml, line 13, column 17: ")
                    .hasMessageContaining("never TRUE");
        }
    }

    @Test
    void conditionsDoNotReadWhatIsAddedToTheKey() {
        CompiledQuery query = compiler.compile(
                QueryText.at(
                        POSITION,
                        "SELECT COUNT(*) AS n FROM access GROUP BY ROLLUP(path)"
                                + " UNION ALL SELECT COUNT(*) AS n FROM access GROUP BY path"),
                new Windowing.Grid(Windows.tumbling(60_000, 0)),
                List.of());

        assertThat(query.conditionSchema().fields().stream().map(Field::name))
                .contains("branch", "grouping_id");
        assertThatThrownBy(() ->
                        compiler.compileCondition(QueryText.at(POSITION, "branch = 1"), query))
                .hasMessageEndingWith(
                        "unknown column 'branch' (known: n, path, window_start, window_end)");
        assertThatThrownBy(() ->
                        compiler.compileCondition(QueryText.at(POSITION, "grouping_id = 1"), query))
                .hasMessageEndingWith(
                        "unknown column 'grouping_id': compute it in the query under a name, as"
                                + " GROUPING_ID(…) AS name, and compare that");
        int end = query.conditionSchema().indexOf("window_end");
        assertThat(compiler.compileCondition(
                        QueryText.at(POSITION, "path = 'a' AND window_end IS NOT NULL"), query))
                .hasToString("($1 = 'a') AND (NOT ($" + end + " IS NULL))");
    }

    @Test
    void conditionsReadPartsOfTheKeyThatAreCalledLikeThat() {
        CompiledQuery query = compiler.compile(
                QueryText.at(
                        POSITION,
                        "SELECT path AS branch, COUNT(*) AS n FROM access GROUP BY path"
                                + " UNION ALL SELECT path, COUNT(*) FROM access GROUP BY path"),
                new Windowing.Grid(Windows.tumbling(60_000, 0)),
                List.of());

        assertThat(compiler.compileCondition(QueryText.at(POSITION, "branch = 'a'"), query))
                .hasToString("$0 = 'a'");
    }

    private String refusal(String condition, Schema rows) {
        try {
            compiler.compileCondition(QueryText.at(POSITION, condition), rows);
            return "";
        } catch (TidewatchException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
