package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries in docs/reference/sql-examples.md give the results that stand under them. */
class SqlExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULT = "-- ";
    private static final String WITH_WINDOW = "With `window: 1m`:";

    @TempDir
    private Path folder;

    /** A query with the lines that its results are shown as. */
    record Example(String query, boolean hasWindow, List<String> results) {}

    @Test
    void thereAreExamplesOfEveryForm() throws IOException {
        assertThat(examples().map(Example::query).reduce("", String::concat))
                .contains(
                        "FILTER",
                        "HAVING",
                        "GROUPING SETS",
                        "WITH",
                        "UNION ALL",
                        "TUMBLE",
                        "HOP",
                        "CUMULATE")
                .contains("SESSION", "LEFT JOIN", "ROW_NUMBER", "VALUES", "FROM revenue");
    }

    @Test
    void thereAreExamplesOfEveryAggregate() throws IOException {
        String queries = examples().map(Example::query).reduce("", String::concat);
        assertThat(AggregateFunction.values())
                .filteredOn(function -> !function.isInternal())
                .allSatisfy(function -> assertThat(queries).contains(function.name() + "("));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheResultsThatStandUnderIt(Example example) throws IOException {
        List<List<String>> blocks = blocks(true);
        Files.write(folder.resolve("orders.csv"), blockThatStarts(blocks, "ts,"));
        Files.write(folder.resolve("products.csv"), blockThatStarts(blocks, "sku,"));
        List<String> config = new ArrayList<>(blockThatStarts(blocks, "streams:"));
        config.add("  - name: example");
        config.add("    query: |");
        example.query().lines().forEach(line -> config.add("      " + line));
        if (example.hasWindow()) {
            config.add("    window: 1m");
        }
        Path file = Files.write(folder.resolve("example.yaml"), config);
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                file.toString(),
                "--input",
                "orders=" + folder.resolve("orders.csv"),
                "--results",
                "-");
        assertThat(run.code()).as(run.err()).isZero();
        List<String> shown = new ArrayList<>();
        for (String line : run.outLines()) {
            JsonNode row = JSON.readTree(line);
            if (row.get("monitor").asText().equals("example")) {
                shown.add(text(row));
            }
        }
        assertThat(shown).isEqualTo(example.results());
    }

    private static String text(JsonNode row) {
        List<String> columns = new ArrayList<>();
        for (String part : List.of("key", "values")) {
            row.get(part)
                    .properties()
                    .forEach(column -> columns.add(
                            column.getKey() + "=" + column.getValue().asText()));
        }
        String start = minutes(row.get("window_start").asText());
        String end = minutes(row.get("window_end").asText());
        return String.join(", ", columns) + " @ " + (start.equals(end) ? end : start + "-" + end);
    }

    private static String minutes(String time) {
        return time.substring("2026-01-01T00:".length(), "2026-01-01T00:00:00".length());
    }

    private static Stream<Example> examples() throws IOException {
        return blocks(false).stream().map(SqlExamplesTest::example);
    }

    private static Example example(List<String> block) {
        boolean hasWindow = block.get(0).equals(WITH_WINDOW);
        List<String> query = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (String line : hasWindow ? block.subList(1, block.size()) : block) {
            if (line.startsWith(RESULT)) {
                results.add(line.substring(RESULT.length()));
            } else {
                query.add(line);
            }
        }
        return new Example(String.join("\n", query), hasWindow, results);
    }

    /** The indented blocks: those that are no queries, or those that are, each behind {@link #WITH_WINDOW} where it holds. */
    private static List<List<String>> blocks(boolean others) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        boolean hasWindow = false;
        Path document = CommandLineRun.root().resolve("docs/reference/sql-examples.md");
        List<String> lines = new ArrayList<>(Files.readAllLines(document));
        lines.add("");
        for (String line : lines) {
            if (line.startsWith("    ")) {
                block.add(line.substring(4));
                continue;
            }
            if (!block.isEmpty()) {
                boolean isQuery =
                        block.get(0).startsWith("SELECT") || block.get(0).startsWith("WITH");
                if (isQuery && hasWindow) {
                    block.add(0, WITH_WINDOW);
                }
                if (isQuery != others) {
                    blocks.add(block);
                }
                block = new ArrayList<>();
            }
            hasWindow = !line.startsWith("## ") && (hasWindow || line.equals(WITH_WINDOW));
        }
        return blocks;
    }

    private static List<String> blockThatStarts(List<List<String>> blocks, String start) {
        return blocks.stream()
                .filter(block -> block.get(0).startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block starts with " + start));
    }
}
