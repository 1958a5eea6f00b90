package io.tidewatch.server.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.command.CommandLineRun;
import io.tidewatch.server.config.ConfigurationReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SuiteTest {
    private static final String TESTS = """
            config: config.yaml
            start: 2026-01-01T00:00:00Z
            tests:
              - name: it counts
                input:
                  s:
                    - {at: +1s, k: a, v: 1.5}
                    - {at: +2s, k: a, v: 2, repeat: 2, every: 1s}
                    - {at: 2026-01-01T00:01:05Z, k: "<b>", v: null}
                expect:
                  results:
                    m:
                      exactly:
                        - {k: a, n: 3, total: 5.5, window_start: +0s, window_end: +1m, revision: 0, final: true}
                        - {k: "<b>", n: 1, total: null}
                  alerts:
                    - {monitor: m, from: inactive, state: firing, at: +1m, labels: {k: a}, values: {n: 3}}
                  alerts_at:
                    - {at: +1m, monitor: m, firing: [{k: a}], pending: []}
                    - {at: +2m, monitor: m, firing: []}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                streams:
                  s: {fields: {ts: timestamp, k: string, v: double}, source: {file: {path: x, format: logfmt}}}
                monitors:
                  - name: m
                    query: SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k
                    window: 1m
                    alert: {when: n > 2}
                """);
    }

    @Test
    void passesWhenAllIsAsExpected() throws IOException {
        CommandLineRun run = run(TESTS);
        assertThat(run.out()).endsWith("  passed  it counts\n1 test, 0 failed\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void readsRowsInTheFormatOfTheSource() throws IOException {
        CommandLineRun run = run("""
                config: config.yaml
                tests:
                  - name: logfmt
                    input: {s: "ts=2026-01-01T00:00:01Z k=a v=1\\nts=2026-01-01T00:00:02Z k=a v=x\\n"}
                    expect: {results: {m: [{k: a, n: 1}]}}
                """);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("FAILED  logfmt", "a row was refused: ", "line 2: ");
    }

    @Test
    void showsTheNearestRowOfWhatIsMissing() throws IOException {
        CommandLineRun run = run(TESTS.replace("n: 3, total: 5.5", "n: 4, total: 5.5")
                .replace("at: +1m, labels", "at: +2m, labels")
                .replace("firing: [{k: a}], pending: []", "firing: [], pending: [{k: a}]"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "m: expected {k: a, n: 4, total: 5.5, window_start: 2026-01-01T00:00:00.000Z")
                .contains(
                        "nearest: m {k=a} [2026-01-01T00:00:00.000Z, 2026-01-01T00:01:00.000Z)  n=3, total=5.5")
                .contains("different: n\n")
                .contains("these results were not expected:")
                .contains("different: at\n")
                .contains("expected {k=a} to be pending at 2026-01-01T00:01:00.000Z")
                .contains("not expected to be firing at 2026-01-01T00:01:00.000Z:\n        {k=a}");
    }

    @Test
    void writesJunitXml() throws Exception {
        CommandLineRun run = run(
                TESTS.replace("it counts", "it <counts> & \"adds\"").replace("n: 3, t", "n: 9, t"),
                "--output",
                "junit");
        assertThat(run.code()).isEqualTo(1);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(run.out().getBytes(UTF_8)))
                .getDocumentElement();
        NodeList cases = root.getElementsByTagName("testcase");
        assertThat(cases.getLength()).isEqualTo(1);
        Element one = (Element) cases.item(0);
        assertThat(one.getAttribute("name")).isEqualTo("it <counts> & \"adds\"");
        assertThat(one.getElementsByTagName("failure").item(0).getTextContent())
                .contains("n: 9", "nearest: ");
        assertThat(((Element) root.getElementsByTagName("testsuite").item(0))
                        .getAttribute("failures"))
                .isEqualTo("1");
    }

    @Test
    void showsEveryProblemOfAFileOfTests() throws IOException {
        CommandLineRun run = run("""
                config: config.yaml
                tests:
                  - name: one
                    input:
                      t: []
                      s: [{at: +1x, kk: a, repeat: 0}]
                    expect:
                      results: {n: []}
                      alerts: [{monitor: m, state: fireing}]
                      alerts_at: [{monitor: m, at: +1s}]
                """);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("line 5, column 7: t: no stream of the configuration (known: s)")
                .contains("line 6, column 16: at: expected a time such as +5m")
                .contains("line 6, column 21: kk: no field of the stream (did you mean 'k'?)")
                .contains("line 6, column 36: repeat: 0 (expected: 1 to 1000000)")
                .contains("line 8, column 17: n: 'n' is no monitor of the configuration (known: m)")
                .contains("line 9, column 36: state: 'fireing' (expected: ")
                .contains("line 10, column 19: alerts_at: 'firing' or 'pending' is missing");
    }

    @Test
    void neverFailsButWithACollectedException() {
        SuiteReader reader = new SuiteReader(new ConfigurationReader(Map.of()));
        Path file = folder.resolve("fuzz.test.yaml");
        Choices.random("a mutated file of tests", 500, choices -> {
            StringBuilder text = new StringBuilder(TESTS);
            for (int i = choices.upTo(3); i >= 0; i--) {
                int at = choices.between(21, text.length());
                switch (choices.upTo(2)) {
                    case 0 -> text.delete(at, Math.min(text.length(), at + choices.between(1, 8)));
                    case 1 ->
                        text.insert(
                                at,
                                choices.of(
                                        "{", "[", "}", "]", ": ", "- ", "\n", "null", "+1h", "'",
                                        "9e99"));
                    default -> text.insert(at, TESTS, choices.upTo(100), 100 + choices.upTo(100));
                }
            }
            Files.writeString(file, text);
            try {
                reader.read(file);
            } catch (TidewatchException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
            }
        });
    }

    private CommandLineRun run(String tests, String... options) throws IOException {
        Path file = folder.resolve("m.test.yaml");
        Files.writeString(file, tests);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "test";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandLineRun.of(arguments);
    }
}
