package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of configurations that are wrong, or probably not meant. */
class CheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void warnsOfIntegerRatiosAndRefusesThemInConditions() throws IOException {
        Path config = folder.resolve("ratio.yaml");
        String text = """
                streams:
                  s:
                    fields: {ts: timestamp, k: string, bad: bigint, every: bigint}
                    source: {file: {path: ratio.jsonl}}
                monitors:
                  - name: ratios
                    query: SELECT k, SUM(bad) / SUM(every) AS r FROM s GROUP BY k
                    window: 1m
                  - name: high
                    query: SELECT k, 100 * r AS percent FROM ratios
                    alert: {when: percent > CONDITION}
                """;
        Files.writeString(config, text.replace("percent > CONDITION", "k = 'x'"));
        Files.writeString(folder.resolve("ratio.jsonl"), "");
        Files.writeString(folder.resolve("ratio.test.yaml"), """
                config: ratio.yaml
                tests: [{name: nothing, input: {}, expect: {alerts: []}}]
                """);
        String warning =
                "ratio.yaml, line 7, column 22: '/' between integers drops the remainder: write"
                        + " CAST(SUM(bad) AS DOUBLE) / SUM(every) if that is not meant";
        for (CommandLineRun run : List.of(
                CommandLineRun.of("check", config.toString()),
                CommandLineRun.of("backtest", "--config", config.toString()),
                CommandLineRun.of("run", "--config", config.toString(), "--for", "1ms"),
                CommandLineRun.of("test", folder.resolve("ratio.test.yaml").toString()))) {
            assertThat(run.err()).contains("warning: ").containsOnlyOnce(warning);
        }
        Files.writeString(config, text.replace("CONDITION", "5"));
        CommandLineRun refused = CommandLineRun.of("check", config.toString());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("ratio.yaml, line 11, column 19: this rests on a division of integers")
                .contains("write CAST(SUM(bad) AS DOUBLE) / SUM(every) at ")
                .contains("ratio.yaml, line 7, column 22");
    }
}
