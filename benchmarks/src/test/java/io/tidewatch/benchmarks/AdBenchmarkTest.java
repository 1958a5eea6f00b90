package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.source.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdBenchmarkTest {
    /** A little more than two windows of ten seconds, at a hundredth of the usual rate. */
    private static final int EVENTS = 20_000;

    private final AdEvents events = new AdEvents(7, 1_000);
    private final byte[] lines = slow(events.lines(EVENTS));

    /** The lines with a hundred times the time between them, so that a few thousand reach over windows. */
    private static byte[] slow(byte[] lines) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String line : new String(lines, US_ASCII).split("\n")) {
            long time = AdEvents.START_MILLIS + number++;
            text.append(line.replaceFirst(
                            "\"event_time\":\"\\d+\"", "\"event_time\":\"" + time + "\""))
                    .append('\n');
        }
        return text.toString().getBytes(US_ASCII);
    }

    /** Views per window and campaign, by taking lines apart at their quotes. */
    private Map<String, Long> naive() {
        Map<String, String> campaigns = new HashMap<>();
        for (String line : events.table().split("\n")) {
            campaigns.put(line.split(",")[0], line.split(",")[1]);
        }
        Map<String, Long> views = new TreeMap<>();
        for (String line : new String(lines, US_ASCII).split("\n")) {
            String[] parts = line.split("\"");
            if (parts[19].equals("view")) {
                long start = Long.parseLong(parts[23]) / 10_000 * 10_000;
                views.merge(
                        Results.name(
                                "views",
                                campaigns.getOrDefault(parts[11], "?"),
                                start,
                                start + 10_000),
                        1L,
                        Long::sum);
            }
        }
        return views;
    }

    static Map<String, Long> counts(Results results) {
        Map<String, Long> counts = new TreeMap<>();
        results.values()
                .forEach((name, values) -> counts.put(name, Long.valueOf((String) values.get(0))));
        return counts;
    }

    @Test
    void linesAreOfTheStatedLength() {
        assertThat((double) events.lines(10_000).length / 10_000).isBetween(245.0, 249.0);
        assertThat(new AdEvents(7, 1_000).lines(100)).isEqualTo(new AdEvents(7, 1_000).lines(100));
    }

    @Test
    void theYardsticksGiveTheNaiveAnswer() throws IOException {
        BareAdCount bare = AdBenchmark.bareCount(events, 4);
        bare.count(lines);
        JacksonAdCount jackson = new JacksonAdCount(events);
        jackson.count(lines);
        Map<String, Long> byBare = new TreeMap<>();
        Map<String, Long> byJackson = new TreeMap<>();
        for (int window = 0; window < 4; window++) {
            for (int campaign = 0; campaign < AdEvents.CAMPAIGNS; campaign++) {
                long start = AdEvents.START_MILLIS + window * 10_000L;
                String name = Results.name("views", "campaign-" + campaign, start, start + 10_000);
                putUnlessNone(byBare, name, bare.views(window, campaign));
                putUnlessNone(byJackson, name, jackson.views(start, campaign));
            }
        }
        assertThat(byBare).isEqualTo(naive());
        assertThat(byJackson).isEqualTo(naive());
    }

    private static void putUnlessNone(Map<String, Long> counts, String name, long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }

    @Test
    void thePipelineGivesTheNaiveAnswerHoweverItIsRun(@TempDir Path folder) throws IOException {
        Assembly assembly = Configurations.ofAds(AdBenchmark.CONFIGURATION, events);
        Map<String, Long> naive = naive();
        assertThat(naive).hasSizeGreaterThanOrEqualTo(200);
        Results alone = new Results();
        AdBenchmark.pipeline(assembly, alone, lines).run();
        assertThat(counts(alone)).isEqualTo(naive);
        Results ofHalves = new Results();
        AdBenchmark.pipeline(assembly, ofHalves, AdBenchmark.halves(lines)).run();
        assertThat(counts(ofHalves)).isEqualTo(naive);

        Path file = folder.resolve("events.json");
        Files.write(file, lines);
        for (int workers = 1; workers <= 2; workers++) {
            Results ofFile = new Results();
            AdBenchmark.backtest(assembly, FileSource.open(file), workers, ofFile)
                    .run();
            assertThat(counts(ofFile)).isEqualTo(naive);
        }
    }
}
