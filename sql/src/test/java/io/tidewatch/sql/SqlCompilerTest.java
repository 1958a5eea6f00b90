package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.expression.Expression;
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
}
