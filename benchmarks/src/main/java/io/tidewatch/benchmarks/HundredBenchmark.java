package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.util.List;

/** A hundred monitors on the advertising stream beside one: ten filters, five keys, two windows. */
final class HundredBenchmark implements Benchmark {
    static final String CONFIGURATION = "hundred.yaml";

    /** A little more than a window of ten seconds, so that results come as often as they do in the long run. */
    private static final int EVENTS = 1_200_000;

    private static final long SEED = 7;

    /** Each passes another part of the events, of 2 to 50 %. */
    static final List<String> FILTERS = List.of(
            "e.page_id < '05'",
            "e.user_id LIKE '0%'",
            "e.event_type = 'click' AND e.ad_type = 'modal'",
            "e.ip_address LIKE '172.17.1%'",
            "e.ad_type = 'banner'",
            "e.ip_address LIKE '172.16.%'",
            "e.event_type = 'view'",
            "e.event_type = 'purchase'",
            "e.ad_type IN ('mail', 'mobile')",
            "e.user_id < '8'");

    static final List<String> KEYS =
            List.of("a.campaign_id", "e.ad_id", "e.page_id", "e.ip_address", "e.user_id");

    /** The text of {@link #CONFIGURATION}, whose head is that of the one monitor. */
    static String text(String one) {
        StringBuilder text =
                new StringBuilder("# A hundred monitors: ten filters, five keys, two windows.\n");
        text.append(one, one.indexOf("streams:"), one.indexOf("monitors:")).append("monitors:\n");
        int number = 0;
        for (String filter : FILTERS) {
            for (String key : KEYS) {
                for (String window : List.of("10s", "{size: 1m, hop: 10s}")) {
                    String join = key.startsWith("a.") ? " JOIN ads AS a ON e.ad_id = a.ad_id" : "";
                    text.append("  - name: monitor-").append(++number);
                    text.append("\n    query: |\n      SELECT ")
                            .append(key)
                            .append(", COUNT(*) AS events");
                    text.append("\n      FROM events AS e").append(join);
                    text.append("\n      WHERE ").append(filter);
                    text.append("\n      GROUP BY ").append(key);
                    text.append("\n    window: ").append(window).append('\n');
                }
            }
        }
        return text.toString();
    }

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        for (int people : new int[] {1_000, 1_000_000}) {
            AdEvents events = new AdEvents(SEED, people);
            int count = effort.events(EVENTS);
            byte[] lines = events.lines(count);
            Assembly one = Configurations.ofAds(AdBenchmark.CONFIGURATION, events);
            Assembly hundred = Configurations.ofAds(CONFIGURATION, events);
            report.line(people + " users and pages");
            Contest contest = new Contest("events", count)
                    .add("bare loop", () -> AdBenchmark.bare(events, lines))
                    .add("Jackson", () -> AdBenchmark.jackson(events, lines))
                    .add("one monitor", () -> unfinished(one, lines))
                    .add("a hundred", () -> unfinished(hundred, lines))
                    .go(effort.longBodies(), report);
            report.ratio(
                    "time of a hundred monitors, in ones",
                    contest.times("a hundred", "one monitor"),
                    people == 1_000 ? "at most 6" : "printed");
        }
    }

    /** The input does not end: what an end would close are more windows than come in a minute. */
    private static Contest.Body unfinished(Assembly assembly, byte[] lines) {
        return () -> {
            try (Pipeline pipeline = new Pipeline(assembly, AdBenchmark.STREAM, Results.NOWHERE)) {
                pipeline.take(lines);
            }
        };
    }
}
