package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that projects and filters the rows of another one has their key, unless it names its own. */
class DerivedKeysTest {
    private static final String CONFIG = """
            streams:
              s:
                fields: {ts: timestamp, k: string, x: bigint}
                source: {file: {path: rows.jsonl}}
            monitors:
              - {name: plain, query: "SELECT k, x FROM s"}
              - {name: keyed, key: k, query: "SELECT k, x FROM s"}
              - {name: selected, query: "SELECT k, x + 1 AS y FROM keyed WHERE x > 1"}
              - {name: hidden, query: "SELECT x FROM keyed", alert: {when: x > 2}}
              - {name: again, query: "SELECT x FROM hidden"}
              - {name: own, key: x, query: "SELECT x FROM keyed"}
              - {name: none, query: "SELECT k, x FROM plain"}
              - {name: counts, window: 1m, query: "SELECT k, COUNT(*) AS n FROM s GROUP BY k"}
              - {name: windowed, query: "SELECT n FROM counts"}
            """;

    @TempDir
    private Path folder;

    @Test
    void theKeyIsThatOfTheRowsThatAreRead() throws IOException {
        Path config = folder.resolve("keys.yaml");
        Files.writeString(config, CONFIG);
        Files.writeString(folder.resolve("rows.jsonl"), """
                {"ts":"2026-01-01T00:00:00Z","k":"a","x":1}
                {"ts":"2026-01-01T00:00:00Z","k":"b","x":2}
                {"ts":"2026-01-01T00:00:00Z","k":"a","x":3}
                """);
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--alerts",
                folder.resolve("alerts").toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(rows(run, "plain"))
                .containsExactlyInAnyOrder("{} {k:a,x:1}", "{} {k:b,x:2}", "{} {k:a,x:3}");
        assertThat(rows(run, "keyed"))
                .containsExactlyInAnyOrder("{k:a} {x:1}", "{k:a} {x:3}", "{k:b} {x:2}");
        assertThat(rows(run, "selected")).containsExactlyInAnyOrder("{k:a} {y:4}", "{k:b} {y:3}");
        assertThat(rows(run, "hidden"))
                .containsExactlyInAnyOrder("{k:a} {x:1}", "{k:a} {x:3}", "{k:b} {x:2}");
        assertThat(rows(run, "again")).containsExactlyInAnyOrderElementsOf(rows(run, "hidden"));
        assertThat(rows(run, "own")).containsExactlyInAnyOrder("{x:1} {}", "{x:2} {}", "{x:3} {}");
        assertThat(rows(run, "none")).containsExactlyInAnyOrderElementsOf(rows(run, "plain"));
        assertThat(rows(run, "windowed")).containsExactlyInAnyOrder("{k:a} {n:2}", "{k:b} {n:1}");
        assertThat(Files.readString(folder.resolve("alerts")))
                .contains(
                        "\"monitor\":\"hidden\",\"labels\":{\"k\":\"a\"},\"from\":\"inactive\",\"to\":\"firing\"");
    }

    @Test
    void branchesHaveTheSameKey() throws IOException {
        Path config = folder.resolve("union.yaml");
        Files.writeString(config, CONFIG + """
              - {name: both, query: "SELECT k, x FROM keyed UNION ALL SELECT k, x FROM plain"}
            """);
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        assertThat(run.err()).contains("the branches of UNION ALL have different keys, (k) and ()");
    }

    /** The key and the values of the results of a monitor, in their order. */
    private static List<String> rows(CommandLineRun run, String monitor) {
        return run.outLines().stream()
                .filter(line -> line.startsWith("{\"monitor\":\"" + monitor + "\""))
                .map(line -> line.replaceAll(
                                ".*\"key\":(.*),\"window_start.*\"values\":(.*),\"revision.*",
                                "$1 $2")
                        .replace("\"", ""))
                .toList();
    }
}
