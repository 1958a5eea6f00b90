package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.nio.file.Path;

/** Windows of an hour that begin every second, beside windows of an hour one after another. */
final class HopBenchmark implements Benchmark {
    static final String CONFIGURATION = "hop.yaml";

    private static final int ROWS_PER_MILLI = 10;
    private static final int TWO_HOURS_MILLIS = 7_200_000;

    /** One round: it takes minutes, and what has to be compiled is compiled in its first second. */
    @Override
    public void measure(Effort effort, Report report) throws IOException {
        for (int keys : new int[] {100, 10_000}) {
            long count = (long) effort.events(TWO_HOURS_MILLIS) * ROWS_PER_MILLI;
            report.line(keys + " keys");
            Contest contest = new Contest("events", count)
                    .add("the rows alone", () -> () -> KeyedPipeline.generate(rows(keys, count)))
                    .add("tumbling", () -> body("{size: 1h}", keys, count))
                    .add("hop", () -> body("{size: 1h, hop: 1s}", keys, count))
                    .go(new Effort(0, 1, effort.divisor()), report);
            report.ratio(
                    "time with a hop, of that without",
                    contest.times("hop", "tumbling"),
                    keys == 100 ? "at most 2" : "at most 4");
        }
    }

    private static Contest.Body body(String window, int keys, long count) throws IOException {
        Assembly assembly = assembly(window);
        return () -> KeyedPipeline.run(assembly, rows(keys, count), Results.NOWHERE);
    }

    static Assembly assembly(String window) throws IOException {
        String text = Configurations.text(CONFIGURATION);
        String of = text.replace("window: {size: 1h, hop: 1s}", "window: " + window);
        return Configurations.assembly(CONFIGURATION, of, Path.of("."));
    }

    private static KeyedRows rows(int keys, long count) {
        return new KeyedRows(keys, ROWS_PER_MILLI, count);
    }
}
