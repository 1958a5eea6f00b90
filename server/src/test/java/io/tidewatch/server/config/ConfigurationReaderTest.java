package io.tidewatch.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Place;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
    static final String EXAMPLE = """
            streams:
              access:
                fields: {ts: timestamp, client: string, path: {type: string, path: request.path}, price: 'decimal(10, 2)', bytes: long}
                time: {field: ts, out_of_order: 5s, idle: 10s, allowed_lateness: 1m}
                source: {file: {path: '${LOGS}/access.log', format: combined, follow: true}}
            tables:
              products:
                file: products.csv
                key: [sku]
                fields: {sku: string, name: string}
            monitors:
              - name: error-ratio
                query: |
                  SELECT path, COUNT(*) AS requests
                  FROM access
                  GROUP BY path
                window: {size: 1m, hop: 10s}
                alert:
                  when: requests >= 50
                  clear: requests < 20
                  for: 30s
                  keep_firing_for: 2m
                  absent: {after: 5m, keys: [/a, {path: /b}], forget_after: 1d}
                  labels: {severity: page}
                  annotations:
                    summary: "{{ $labels.path }}"
            """;

    @Test
    void readsTheExampleOfTheDesign() {
        Configuration configuration = read(EXAMPLE);
        StreamConfig access = configuration.stream("access").orElseThrow();
        assertThat(access.fields())
                .extracting(FieldConfig::type)
                .containsExactly(
                        Type.TIMESTAMP,
                        Type.VARCHAR,
                        Type.VARCHAR,
                        Type.decimal(10, 2),
                        Type.BIGINT);
        assertThat(access.fields().get(2).path()).contains("request.path");
        assertThat(access.time().spec().outOfOrderMillis()).isEqualTo(5_000);
        assertThat(access.time().spec().amendEveryMillis()).isEqualTo(60_000);
        assertThat(access.time().spec().aheadMillis()).isEqualTo(600_000);
        SourceConfig.File file = (SourceConfig.File) access.source().orElseThrow();
        assertThat(file.path().value()).isEqualTo("/var/log/access.log");
        assertThat(file.path()).hasToString("${LOGS}/access.log");
        assertThat(file.follow()).isTrue();
        assertThat(file.format().kind()).isEqualTo(FormatConfig.Kind.COMBINED);
        assertThat(configuration.tables().get(0).format().kind()).isEqualTo(FormatConfig.Kind.CSV);
        MonitorConfig monitor = configuration.monitors().get(0);
        assertThat(monitor.query().place()).isEqualTo(new Place("f.yaml", 14, 7));
        assertThat(monitor.window().orElseThrow()).isInstanceOf(WindowConfig.OnGrid.class);
        AlertConfig alert = monitor.alert().orElseThrow();
        assertThat(alert.when().orElseThrow().place()).isEqualTo(new Place("f.yaml", 19, 13));
        assertThat(alert.forMillis()).isEqualTo(30_000);
        AlertConfig.Absent absent = alert.absent().orElseThrow();
        assertThat(absent.learn()).isFalse();
        assertThat(absent.keys().get(0).values()).isEqualTo(Map.of("", "/a"));
        assertThat(absent.keys().get(1).values()).isEqualTo(Map.of("path", "/b"));
        assertThat(absent.forgetAfterMillis()).isEqualTo(OptionalLong.of(86_400_000));
        assertThat(alert.noData()).isEqualTo(NoData.RESOLVE);
        assertThat(alert.onAmend()).isEqualTo(OnAmend.ANNOTATE);
    }

    @Test
    void showsAllProblemsOfAFileInOrder() {
        assertThatThrownBy(() -> read("""
                        streams:
                          s:
                            fields: {ts: timestamp, price: decimel}
                            time: {field: tz, idel: 1s, out_of_order: 5x}
                            source: {file: {path: '${LOGZ}/a', format: cvs}}
                          s: {}
                        monitors:
                          - nam: m
                            query: SELECT 1
                            window: {size: 0s}
                            alert: {when: a > 1, no_data: resolved}
                        limit: 1
                        """))
                .isInstanceOf(TidewatchException.class)
                .message()
                .isEqualTo("""
                        f.yaml, line 3, column 36: price: unknown type 'decimel' (did you mean 'decimal'?)
                        f.yaml, line 4, column 19: field: 'tz' is no field of the stream (did you mean 'ts'?)
                        f.yaml, line 4, column 23: unknown key 'idel' (did you mean 'idle'?)
                        f.yaml, line 4, column 47: out_of_order: duration '5x' (expected: like 500ms, 5s, 1h30m or 1d; the units are w, d, h, m, s, ms, greatest first)
                        f.yaml, line 5, column 27: path: the environment has no variable 'LOGZ'; did you mean 'LOGS'?
                        f.yaml, line 5, column 48: format: 'cvs' (expected: json, csv, common, combined, logfmt, regex); did you mean 'csv'?
                        f.yaml, line 6, column 3: 's' stands twice (first in line 2)
                        f.yaml, line 8, column 5: monitors: 'name' is missing
                        f.yaml, line 8, column 5: unknown key 'nam' (did you mean 'name'?)
                        f.yaml, line 10, column 20: size: 0s (expected: at least 1ms)
                        f.yaml, line 11, column 35: no_data: 'resolved' (expected: resolve, keep, alert); did you mean 'resolve'?
                        f.yaml, line 12, column 1: unknown key 'limit' (did you mean 'limits'?)""".stripIndent());
    }

    @Test
    void saysThatATypeWithACommaStandsInQuotesBetweenBraces() {
        assertThatThrownBy(() -> read("""
                        streams:
                          s:
                            fields: {ts: timestamp, a: decimal(19, 2), b: Numeric( 5 ,1 ), c: long}
                            time: {field: ts}
                            source: {file: {path: a, format: csv}}
                        """))
                .isInstanceOf(TidewatchException.class)
                .message()
                .isEqualTo("""
                        f.yaml, line 3, column 32: a: 'decimal(19' ends at the comma: between { and } a type with a comma stands in quotes, as 'decimal(19, 2)'
                        f.yaml, line 3, column 51: b: 'Numeric( 5' ends at the comma: between { and } a type with a comma stands in quotes, as 'numeric(5, 2)'""".stripIndent());
    }

    @Test
    void showsAProblemOnOneLineAlsoIfItRepeatsATextOfSeveral() {
        assertThatThrownBy(() -> read("""
                        streams:
                          s:
                            fields:
                              ts: timestamp
                              k: |
                                string of
                                two lines
                        """))
                .message()
                .startsWith(
                        "f.yaml, line 5, column 10: k: unknown type 'string of two lines ' (known: ")
                .doesNotContain("\n");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertThatThrownBy(() -> read("streams: ["))
                .hasMessageStartingWith("f.yaml, line 1, column 11: not YAML: ");
        assertThatThrownBy(() -> read(""))
                .hasMessage("f.yaml, line 1, column 1: the file is empty");
        assertThatThrownBy(() -> read("[1]"))
                .hasMessage("f.yaml, line 1, column 1: expected a map (key: value), found a list");
        assertThatThrownBy(() -> read("a: " + "[".repeat(100_000)))
                .hasMessageContaining("nested deeper than 32");
        assertThatThrownBy(() -> new ConfigurationReader(Map.of())
                        .parse("f.yaml", Path.of(""), new byte[] {'a', (byte) 0xC3}))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThatThrownBy(() -> read("""
                        streams: {a: {fields: {ts: timestamp}}}
                        tables: {a: {file: x.csv, key: b, fields: {b: string}}}
                        """))
                .hasMessageStartingWith(
                        "f.yaml, line 2, column 10: the name 'a' is taken (line 1)");
    }

    private static Configuration read(String yaml) {
        return new ConfigurationReader(Map.of("LOGS", "/var/log"))
                .parse("f.yaml", Path.of(""), yaml.getBytes(UTF_8));
    }
}
