package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        CommandLineRun run = CommandLineRun.backtest(config, folder.resolve("alerts"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.rows("plain"))
                .containsExactlyInAnyOrder("{} {k:a,x:1}", "{} {k:b,x:2}", "{} {k:a,x:3}");
        assertThat(run.rows("keyed"))
                .containsExactlyInAnyOrder("{k:a} {x:1}", "{k:a} {x:3}", "{k:b} {x:2}");
        assertThat(run.rows("selected")).containsExactlyInAnyOrder("{k:a} {y:4}", "{k:b} {y:3}");
        assertThat(run.rows("hidden"))
                .containsExactlyInAnyOrder("{k:a} {x:1}", "{k:a} {x:3}", "{k:b} {x:2}");
        assertThat(run.rows("again")).containsExactlyInAnyOrderElementsOf(run.rows("hidden"));
        assertThat(run.rows("own")).containsExactlyInAnyOrder("{x:1} {}", "{x:2} {}", "{x:3} {}");
        assertThat(run.rows("none")).containsExactlyInAnyOrderElementsOf(run.rows("plain"));
        assertThat(run.rows("windowed")).containsExactlyInAnyOrder("{k:a} {n:2}", "{k:b} {n:1}");
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
}
