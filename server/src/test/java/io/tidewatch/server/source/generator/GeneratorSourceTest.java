package io.tidewatch.server.source.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.server.clock.FakeClock;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.SourceConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratorSourceTest {
    private static final StreamConfig STREAM = stream("""
            streams:
              s:
                fields: {ts: timestamp, n: long, id: string, sensor: string, value: double, price: 'decimal(8, 2)', code: string, ok: boolean}
                source:
                  generator:
                    rate: 100
                    seed: 7
                    count: 1000
                    start: 2026-01-01T00:00:00Z
                    jitter: 5ms
                    fields:
                      n: {sequence: {from: 10, step: 2}}
                      id: uuid
                      sensor: {choice: [a, b, c], weights: [8, 1, 1]}
                      value: {sine: {mean: 20, amplitude: 2, period: 4s}}
                      price: {uniform: {min: 1, max: 5}}
                      code: {pattern: "x-##?*"}
                      ok: {choice: [true, false]}
                    incidents:
                      - {kind: gap, first: 2s, lasts: 1s, where: {sensor: [a]}}
                      - {kind: spike, field: value, first: 4s, every: 2s, lasts: 100ms, by: 1000}
                      - {kind: drift, field: price, first: 8s, lasts: 2s, by: 100}
            """);

    @Test
    void givesTheSameRowsForTheSameSeedHoweverTheyAreRead() throws IOException {
        String all = read(unpaced(), 1 << 16);
        assertThat(read(unpaced(), 11)).isEqualTo(all);
        List<JsonNode> rows = rows(all);
        assertThat(rows).hasSizeBetween(850, 950);
        JsonNode first = rows.get(0);
        assertThat(first.get("n").asLong()).isEqualTo(10);
        assertThat(first.get("ts").asText()).startsWith("20").endsWith("Z").hasSize(24);
        assertThat(first.get("code").asText()).matches("x-\\d\\d[a-z][0-9a-f]");
        assertThat(first.get("id").asText())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(rows.stream()
                        .filter(row -> row.get("sensor").asText().equals("a"))
                        .count())
                .isBetween(600L, 750L);
    }

    @Test
    void makesIncidentsAtTheirTimes() throws IOException {
        List<JsonNode> rows = rows(read(unpaced(), 4_096));
        assertThat(rows)
                .noneMatch(row -> turn(row) >= 200
                        && turn(row) < 300
                        && row.get("sensor").asText().equals("a"));
        assertThat(rows).anyMatch(row -> turn(row) >= 200 && turn(row) < 300);
        for (JsonNode row : rows) {
            long turn = turn(row);
            boolean spike = turn >= 400 && (turn - 400) % 200 < 10;
            assertThat(row.get("value").asDouble() > 500).as("row %s", row).isEqualTo(spike);
        }
        assertThat(rows.get(rows.size() - 1).get("price").asDouble()).isGreaterThan(90);
    }

    @Test
    void paysOutRowsAsTheClockGoes() throws IOException {
        FakeClock clock = new FakeClock(5_000);
        SourceConfig.Generator source = (SourceConfig.Generator) STREAM.source().orElseThrow();
        GeneratorSource paced =
                GeneratorSource.paced("s", source.generator(), STREAM.fields(), "ts", clock);
        assertThat(read(paced, 1_000).lines()).hasSize(1);
        clock.advance(100);
        assertThat(read(paced, 1_000).lines()).hasSize(10);
        clock.advance(1_000_000);
        String rest = read(paced, 1_000);
        assertThat(paced.status()).isEqualTo(Source.Status.ENDED);
        assertThat(rest).endsWith(read(unpaced(), 1_000).substring(4_000));
    }

    private static long turn(JsonNode row) {
        return (row.get("n").asLong() - 10) / 2;
    }

    private static GeneratorSource unpaced() {
        SourceConfig.Generator source = (SourceConfig.Generator) STREAM.source().orElseThrow();
        return GeneratorSource.unpaced("s", source.generator(), STREAM.fields(), "ts");
    }

    private static String read(Source source, int bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[bytes];
        for (int count = source.read(buffer, 0, bytes);
                count > 0;
                count = source.read(buffer, 0, bytes)) {
            text.append(new String(buffer, 0, count, UTF_8));
        }
        return text.toString();
    }

    private static List<JsonNode> rows(String text) {
        ObjectMapper mapper = new ObjectMapper();
        return text.lines().flatMap(line -> parse(mapper, line)).toList();
    }

    private static Stream<JsonNode> parse(ObjectMapper mapper, String line) {
        try {
            return Stream.of(mapper.readTree(line));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static StreamConfig stream(String yaml) {
        Configuration configuration =
                new ConfigurationReader(Map.of()).parse("f", Path.of(""), yaml.getBytes(UTF_8));
        return configuration.streams().get(0);
    }
}
