package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private String refusal(String condition, Schema rows) {
        try {
            compiler.compileCondition(QueryText.at(POSITION, condition), rows);
            return "";
        } catch (TidewatchException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
