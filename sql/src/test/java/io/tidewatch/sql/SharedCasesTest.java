package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of others compile, and give the columns that their results have. */
class SharedCasesTest {
    private static final Schema ORDERS = Schema.of(
            new Field("ROWTIME", Type.TIMESTAMP),
            new Field("ID", Type.BIGINT),
            new Field("PRODUCT", Type.VARCHAR),
            new Field("UNITS", Type.BIGINT));

    private static final Schema BID = Schema.of(
            new Field("auction", Type.BIGINT),
            new Field("bidder", Type.BIGINT),
            new Field("price", Type.BIGINT),
            new Field("channel", Type.VARCHAR),
            new Field("url", Type.VARCHAR),
            new Field("date_time", Type.TIMESTAMP),
            new Field("extra", Type.VARCHAR));

    private static final Schema AUCTION = Schema.of(
            new Field("id", Type.BIGINT),
            new Field("seller", Type.BIGINT),
            new Field("category", Type.BIGINT),
            new Field("date_time", Type.TIMESTAMP),
            new Field("expires", Type.TIMESTAMP));

    private static final Schema PERSON = Schema.of(
            new Field("id", Type.BIGINT),
            new Field("name", Type.VARCHAR),
            new Field("city", Type.VARCHAR),
            new Field("state", Type.VARCHAR),
            new Field("date_time", Type.TIMESTAMP));

    private static final Catalog CATALOG = new Catalog(
            List.of(
                    new Catalog.Stream("ORDERS", ORDERS, 0),
                    new Catalog.Stream("bid", BID, 5),
                    new Catalog.Stream("auction", AUCTION, 3),
                    new Catalog.Stream("person", PERSON, 4)),
            List.of(),
            List.of());

    @Test
    void theTableFunctionCasesOfCalciteCompile() throws IOException {
        List<JsonNode> cases = cases("calcite_stream.json");
        for (JsonNode each : cases) {
            assertThat(columnsOf(each.get("sql").asText()))
                    .as(each.get("id").asText())
                    .isEqualTo(columns(each));
        }
        assertThat(cases).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q0", "q1", "q2", "q5", "q8"})
    void queriesOfNexmarkCompile(String query) throws IOException {
        JsonNode each = nexmark(query);

        assertThat(columnsOf(each.get("sql_calcite").asText())).isEqualTo(columns(each));
    }

    /** The table in the reference says of each query of the data whether it compiles. */
    @Test
    void theReferenceSaysWhichQueriesOfNexmarkRun() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/reference/sql.md"))) {
            String[] cells = line.split(" *\\| *");
            if (cells.length == 4 && cells[1].matches("q\\d+")) {
                told.put(cells[1], cells[3].equals("as written") ? "runs" : "is refused");
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (JsonNode each : cases("nexmark/cases.json")) {
            String id = each.get("id").asText();
            found.put(
                    id.substring(id.indexOf('/') + 1),
                    compiles(each.get("sql_calcite").asText()) ? "runs" : "is refused");
        }
        assertThat(told).isEqualTo(found);
    }

    private static boolean compiles(String sql) {
        try {
            columnsOf(sql);
            return true;
        } catch (TidewatchException e) {
            return false;
        }
    }

    @Test
    void theHighestBidCompilesAsMaxPerWindow() {
        assertThat(columnsOf("SELECT window_end, MAX(price) AS maxprice"
                        + " FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(date_time), INTERVAL '10' SECOND))"
                        + " GROUP BY window_start, window_end"))
                .containsExactly("window_end", "maxprice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q3", "q4", "q7", "q9"})
    void queriesOfNexmarkThatJoinStreamsWithoutAWindowAreRefused(String query) throws IOException {
        String sql = nexmark(query).get("sql_calcite").asText();

        assertThatThrownBy(() -> columnsOf(sql))
                .isInstanceOf(TidewatchException.class)
                .hasMessageStartingWith("shop.yaml, line ")
                .hasMessageContaining("FROM TABLE(TUMBLE(…))");
    }

    private static List<String> columnsOf(String sql) {
        CompiledQuery query = new SqlCompiler(CATALOG).compile(Shop.text(sql), null, List.of());
        return query.rowSchema().fields().stream().map(Field::name).toList();
    }

    private static List<String> columns(JsonNode each) {
        List<String> columns = new ArrayList<>();
        each.get("columns").forEach(column -> columns.add(column.asText()));
        return columns;
    }

    private static JsonNode nexmark(String query) throws IOException {
        return cases("nexmark/cases.json").stream()
                .filter(each -> each.get("id").asText().endsWith("/" + query))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> cases(String file) throws IOException {
        Path path = shared().resolve("data/sql").resolve(file);
        assumeTrue(Files.exists(path), "needs the shared data: ../shared/data/sql/" + file);
        List<JsonNode> cases = new ArrayList<>();
        new ObjectMapper().readTree(path.toFile()).get("cases").forEach(cases::add);
        return cases;
    }

    private static Path shared() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("shared") : folder.resolveSibling("shared");
    }
}
