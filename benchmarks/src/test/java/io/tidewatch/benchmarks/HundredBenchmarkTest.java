package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HundredBenchmarkTest {
    private static final int EVENTS = 3_000;

    private final AdEvents events = new AdEvents(5, 30);
    private final byte[] lines = events.lines(EVENTS);

    /** The values between the quotes, by their names. */
    private record Event(Map<String, String> fields) {
        static Event of(String line) {
            String[] parts = line.split("\"");
            Map<String, String> fields = new HashMap<>();
            for (int i = 1; i + 2 < parts.length; i += 4) {
                fields.put(parts[i], parts[i + 2]);
            }
            return new Event(fields);
        }

        String field(String name) {
            String value = fields.get(name);
            if (value == null) {
                throw new IllegalArgumentException(name);
            }
            return value;
        }
    }

    /** What {@link HundredBenchmark#FILTERS} say, in their order. */
    private static final List<Predicate<Event>> FILTERS = List.of(
            event -> event.field("page_id").compareTo("05") < 0,
            event -> event.field("user_id").startsWith("0"),
            event -> event.field("event_type").equals("click")
                    && event.field("ad_type").equals("modal"),
            event -> event.field("ip_address").startsWith("172.17.1"),
            event -> event.field("ad_type").equals("banner"),
            event -> event.field("ip_address").startsWith("172.16."),
            event -> event.field("event_type").equals("view"),
            event -> event.field("event_type").equals("purchase"),
            event -> List.of("mail", "mobile").contains(event.field("ad_type")),
            event -> event.field("user_id").compareTo("8") < 0);

    private Map<String, Long> naive() {
        Map<String, String> campaigns = new HashMap<>();
        for (String line : events.table().split("\n")) {
            campaigns.put(line.split(",")[0], line.split(",")[1]);
        }
        List<Event> all = new ArrayList<>();
        for (String line : new String(lines, US_ASCII).split("\n")) {
            all.add(Event.of(line));
        }
        Map<String, Long> counts = new TreeMap<>();
        int number = 0;
        for (Predicate<Event> filter : FILTERS) {
            for (String key : HundredBenchmark.KEYS) {
                for (long size : new long[] {10_000, 60_000}) {
                    String monitor = "monitor-" + ++number;
                    for (Event event : all) {
                        if (filter.test(event)) {
                            String name = key.substring(2);
                            String value = name.equals("campaign_id")
                                    ? String.valueOf(campaigns.get(event.field("ad_id")))
                                    : event.field(name);
                            count(
                                    counts,
                                    monitor,
                                    value,
                                    Long.parseLong(event.field("event_time")),
                                    size);
                        }
                    }
                }
            }
        }
        return counts;
    }

    private static void count(
            Map<String, Long> counts, String monitor, String key, long time, long size) {
        long last = time / 10_000 * 10_000;
        for (long start = last; start > time - size; start -= 10_000) {
            counts.merge(Results.name(monitor, key, start, start + size), 1L, Long::sum);
        }
    }

    @Test
    void theConfigurationIsTenFiltersByFiveKeysByTwoWindows() throws IOException {
        assertThat(Configurations.text(HundredBenchmark.CONFIGURATION))
                .isEqualTo(HundredBenchmark.text(Configurations.text(AdBenchmark.CONFIGURATION)));
    }

    @Test
    void theFiltersPassBetweenTwoAndFiftyPercent() {
        List<Event> many = new ArrayList<>();
        for (String line : new String(new AdEvents(1, 5_000).lines(20_000), US_ASCII).split("\n")) {
            many.add(Event.of(line));
        }
        for (Predicate<Event> filter : FILTERS) {
            assertThat(many.stream().filter(filter).count() / (double) many.size())
                    .isBetween(0.015, 0.52);
        }
    }

    @Test
    void aHundredMonitorsGiveTheNaiveAnswers() throws IOException {
        Assembly assembly = Configurations.ofAds(HundredBenchmark.CONFIGURATION, events);
        Results results = new Results();
        AdBenchmark.pipeline(assembly, results, lines).run();
        assertThat(AdBenchmarkTest.counts(results)).isEqualTo(naive());
    }
}
