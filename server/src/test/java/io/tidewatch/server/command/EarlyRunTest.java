package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --early}: rows of open windows are shown, and nothing else is different. */
class EarlyRunTest {
    /** A row a second; {@code n} counts them from 1, {@code h} goes through h0, h1, h2. */
    private static final String COUNTED = """
            streams:
              s:
                fields: {ts: timestamp, n: long, h: string}
                time: {field: ts, out_of_order: 0s}
                source:
                  generator:
                    rate: 1
                    fields: {n: {sequence: {from: 1}}, h: {sequence: {from: 0, every: 3, prefix: h}}}
            monitors:
            """;

    @TempDir
    private Path folder;

    @Test
    void showsWhatHasChangedInOpenWindows() throws IOException {
        assertThat(text("27s", "5s", """
                  - {name: m, window: 10s, query: "SELECT COUNT(*) AS c, COUNT(*) FILTER (WHERE n > 22) AS d FROM s"}
                  - {name: few, window: 30s, query: "SELECT COUNT(*) AS c FROM s WHERE n < 4"}
                """))
                .containsExactly(
                        "few [00, 30)  c=3  not final",
                        "m [20, 30)  c=6, d=0  not final",
                        "few [00, 30)  c=3",
                        "m [20, 30)  c=10, d=0",
                        "m [30, 40)  c=1, d=0  not final",
                        "m [30, 40)  c=6, d=0  not final",
                        "m [30, 40)  c=10, d=0",
                        "m [40, 50)  c=1, d=0  not final",
                        "m [40, 50)  c=6, d=4  not final");
    }

    @Test
    void withdrawsARowThatIsGone() throws IOException {
        assertThat(text("9s", "2s", """
                  - {name: m, window: 10s, query: "SELECT COUNT(*) AS c FROM s HAVING COUNT(*) BETWEEN 2 AND 6"}
                """))
                .containsExactly(
                        "m [20, 30)  c=3  not final",
                        "m [20, 30)  c=5  not final",
                        "m [20, 30)  c=5  withdrawn  not final");
    }

    @Test
    void withdrawsARowOfABranchWhileAnotherHasAResult() throws IOException {
        assertThat(text("13s", "4s", """
                  - name: m
                    window: 10s
                    query: >
                      SELECT COUNT(*) AS c FROM s HAVING COUNT(*) < 10
                      UNION ALL SELECT COUNT(*) AS c FROM s WHERE n < 3
                """))
                .containsExactly(
                        "m [20, 30)  c=5  not final",
                        "m [20, 30)  c=2  not final",
                        "m [20, 30)  c=9  not final",
                        "m [20, 30)  c=2",
                        "m [20, 30)  c=9  withdrawn  not final",
                        "m [30, 40)  c=3  not final");
    }

    @Test
    void aSessionThatGrowsTakesThePlaceOfTheShorterOne() throws IOException {
        assertThat(text("12s", "1s", """
                  - {name: m, window: {gap: 3s}, query: "SELECT COUNT(*) AS c FROM s WHERE n IN (1, 3)"}
                """))
                .containsExactly(
                        "m [20, 23)  c=1  not final",
                        "m [20, 23)  c=1  withdrawn  not final",
                        "m [20, 25)  c=2  not final",
                        "m [20, 25)  c=2");
    }

    @Test
    void laterLinksShowWhatHasReachedThem() throws IOException {
        assertThat(text("13s", "3s", """
                  - {name: m, window: 4s, query: "SELECT COUNT(*) AS c FROM s"}
                  - {name: d, window: 8s, query: "SELECT SUM(c) AS t FROM m"}
                  - name: top
                    window: 1h
                    query: >
                      SELECT h, c
                      FROM (SELECT h, c, ROW_NUMBER() OVER (ORDER BY c DESC, h) AS r
                            FROM (SELECT h, COUNT(*) AS c FROM s GROUP BY h))
                      WHERE r <= 1
                """))
                .containsExactly(
                        "m [20, 24)  c=4  not final",
                        "m [20, 24)  c=4",
                        "d [20, 28)  t=4  not final",
                        "m [24, 28)  c=3  not final",
                        "d [20, 28)  t=8",
                        "m [24, 28)  c=4",
                        "m [28, 32)  c=2  not final",
                        "m [28, 32)  c=4",
                        "d [28, 36)  t=4  not final",
                        "m [32, 36)  c=1  not final");
    }

    @Test
    void rowsWithoutAWindowAreShownWhileTheyWait() throws IOException {
        String late = COUNTED.replace("out_of_order: 0s", "out_of_order: 3s");
        assertThat(lines(late, "5s", "2s", """
                  - {name: m, key: n, query: "SELECT n, h FROM s"}
                """))
                .containsExactly(
                        "m {n=1} 20  h=h0  not final",
                        "m {n=2} 21  h=h1  not final",
                        "m {n=3} 22  h=h2  not final",
                        "m {n=1} 20  h=h0",
                        "m {n=4} 23  h=h0  not final",
                        "m {n=5} 24  h=h1  not final",
                        "m {n=2} 21  h=h1");
    }

    @Test
    void whatNeverBecameAResultIsWithdrawnAtTheEnd() throws IOException {
        String ended = COUNTED.replace("rate: 1", "rate: 1\n        count: 8");
        assertThat(lines(ended, "1m", "3s", """
                  - {name: m, window: 10s, query: "SELECT COUNT(*) AS c FROM s HAVING COUNT(*) < 8"}
                """))
                .containsExactly(
                        "m [20, 30)  c=4  not final",
                        "m [20, 30)  c=7  not final",
                        "m [20, 30)  c=7  withdrawn  not final");
    }

    @Test
    void rowsOfTheLimitSayWhatTheyAre() throws IOException {
        CommandLineRun run = run(
                config("limits: {keys_per_key_group: 1}\n"
                        + COUNTED.replace("rate: 1", "rate: 1000")
                        + """
                          - {name: m, window: 1h, query: "SELECT n, COUNT(*) AS c FROM s GROUP BY n"}
                        """),
                "--results",
                "--early",
                "1s",
                "--for",
                "1500ms",
                "--output",
                "json");
        assertThat(run.outLines())
                .hasSizeGreaterThan(128)
                .allMatch(line -> line.contains("\"revision\":0,\"final\":false"))
                .anyMatch(
                        line -> line.contains("\"key\":{},") && line.contains("\"overflow\":true"))
                .noneMatch(line ->
                        line.contains("\"key\":{},") && !line.contains("\"overflow\":true"));
        assertThat(run.err()).contains("m: 0 results, ");
    }

    @Test
    void ofVeryManyRowsTheFirstAreShown() throws IOException {
        String many = COUNTED.replace("rate: 1", "rate: 1000");
        CommandLineRun run = run(config(many + """
                  - {name: many, window: 1h, query: "SELECT n, COUNT(*) AS c FROM s GROUP BY n"}
                  - {name: few, window: 1h, query: "SELECT h, COUNT(*) AS c FROM s GROUP BY h"}
                """), "--results", "--early", "2s", "--for", "5s");
        assertThat(run.outLines()).filteredOn(line -> line.startsWith("few")).hasSize(6);
        assertThat(run.outLines())
                .filteredOn(line -> line.startsWith("many"))
                .hasSizeBetween(1_000, 2_000)
                .noneMatch(line -> line.contains("withdrawn"));
        assertThat(run.err())
                .containsOnlyOnce(
                        "early: of monitor 'many' the first 1,000 rows of open windows are shown, and 1,001 more are not\n")
                .doesNotContain("monitor 'few'");
    }

    @Test
    void changesNothingElse() throws IOException {
        Path config = config(COUNTED.replace("rate: 1", "rate: 50") + """
                  - {name: m, window: 4s, query: "SELECT h, COUNT(*) AS c FROM s GROUP BY h", alert: {when: c > 60}}
                  - {name: soon, window: 4s, query: "SELECT COUNT(*) AS c FROM s", alert: {when: c > 100, evaluate: early}}
                  - {name: d, window: 8s, query: "SELECT SUM(c) AS t FROM m", alert: {when: t > 300, on_amend: amend}}
                  - {name: g, window: {gap: 1s}, query: "SELECT COUNT(*) AS c FROM s WHERE MOD(n, 500) < 300"}
                  - {name: fails, window: 4s, query: "SELECT h, 1 / CAST(COUNT(*) FILTER (WHERE n > 300) AS DOUBLE) AS q FROM s GROUP BY h"}
                  - {name: row, key: n, query: "SELECT n FROM s WHERE n > 900"}
                """);
        CommandLineRun plain = recorded(config, "plain");
        CommandLineRun early = recorded(config, "early", "--early", "300ms");

        assertThat(early.outLines().size()).isGreaterThan(plain.outLines().size() + 50);
        assertThat(finals(early)).isEqualTo(plain.outLines());
        assertThat(early.err()).isEqualTo(plain.err()).contains("3 failed");
        assertThat(files("early")).isEqualTo(files("plain")).isNotEmpty();
        CommandLineRun again = CommandLineRun.of(
                "backtest",
                "--config",
                config.toString(),
                "--recording",
                folder.resolve("early").toString(),
                "--results",
                "-",
                "--alerts",
                "-");
        // A provisional has the values of the moment at which it was made.
        assertThat(finals(again).stream().filter(EarlyRunTest::isFixed))
                .containsExactlyInAnyOrderElementsOf(
                        plain.outLines().stream().filter(EarlyRunTest::isFixed).toList());
    }

    @Test
    void showsRowsOfPipesAndFollowedFiles() throws IOException {
        Files.writeString(folder.resolve("b.jsonl"), "{\"ts\":\"2023-11-14T22:13:20Z\"}\n");
        CommandLineRun run = CommandLineRun.withInput(
                "{\"ts\":\"2023-11-14T22:13:20Z\"}\n{\"ts\":\"2023-11-14T22:13:21Z\"}\n",
                "run",
                "--config",
                config("""
                        streams:
                          a: {fields: {ts: timestamp}, source: stdin}
                          b: {fields: {ts: timestamp}, source: {file: {path: b.jsonl, follow: true}}}
                        monitors:
                          - {name: as, window: 1h, query: SELECT COUNT(*) AS c FROM a}
                          - {name: bs, window: 1h, query: SELECT COUNT(*) AS c FROM b}
                        """).toString(),
                "--results",
                "--early",
                "1s",
                "--for",
                "3s");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(shortened(run))
                .containsExactly("as [00, 00)  c=2  not final", "bs [00, 00)  c=1  not final");
    }

    @Test
    void refusesWhatItIsNotFor() throws IOException {
        Path config = config(COUNTED + "  - {name: m, query: SELECT n FROM s}\n");
        refuses("--early shows results before they are final: add --results\n", config, "1s");
        refuses("--early: '99ms' (expected: 100ms or more)\n", config, "99ms", "--results");
        refuses("--early: ", config, "soon", "--results");
    }

    private static void refuses(String reason, Path config, String early, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--early", early, "--for", "1s"));
        arguments.addAll(List.of(more));
        CommandLineRun run = run(config, arguments.toArray(new String[0]));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(reason);
        assertThat(run.out()).isEmpty();
    }

    private CommandLineRun recorded(Path config, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--results",
                "--output",
                "json",
                "--for",
                "21s",
                "--record",
                folder.resolve(name).toString()));
        arguments.addAll(List.of(more));
        CommandLineRun run = run(config, arguments.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    /** The files of a recording: their names, and what is in them. */
    private List<String> files(String recording) throws IOException {
        List<String> files = new ArrayList<>();
        Path root = folder.resolve(recording);
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                files.add(root.relativize(path) + " "
                        + HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private static boolean isFixed(String line) {
        return !line.contains("\"kind\":\"provisional\"");
    }

    private static List<String> finals(CommandLineRun run) {
        return run.outLines().stream()
                .filter(line -> !line.contains("\"final\":false"))
                .toList();
    }

    private List<String> text(String length, String early, String monitors) throws IOException {
        return lines(COUNTED, length, early, monitors);
    }

    private List<String> lines(String streams, String length, String early, String monitors)
            throws IOException {
        CommandLineRun run =
                run(config(streams + monitors), "--results", "--early", early, "--for", length);
        assertThat(run.code()).as(run.err()).isZero();
        return shortened(run);
    }

    /** What was shown, times as seconds of their minute. */
    private static List<String> shortened(CommandLineRun run) {
        return run.outLines().stream()
                .map(line -> line.replaceAll("2023-11-14T2[23]:\\d\\d:(\\d\\d).000Z", "$1"))
                .toList();
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("early.yaml"), text);
    }

    private static CommandLineRun run(Path config, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(new String[0]));
    }
}
