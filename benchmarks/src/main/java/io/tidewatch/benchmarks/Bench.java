package io.tidewatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./tidewatch bench}: whole pipelines beside their yardsticks. */
public final class Bench {
    private static final String USAGE = """
            Usage: tidewatch bench [--keep] [--quick] [NAME...]

              --keep   write each report to benchmarks/results/NAME.txt
              --quick  a tenth of the events and fewer rounds, to see that it runs

            Names, by default all of them:
            """;

    private Bench() {}

    private static Map<String, Benchmark> benchmarks() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("ads", new AdBenchmark());
        all.put("cores", new CoresBenchmark());
        all.put("allocation", new AllocationBenchmark());
        all.put("hundred", new HundredBenchmark());
        all.put("cardinality", new CardinalityBenchmark());
        all.put("hop", new HopBenchmark());
        all.put("snapshots", new SnapshotBenchmark());
        all.put("pauses", new PauseBenchmark());
        all.put("codecs", new CodecBenchmark());
        all.put("sums", new SumBenchmark());
        return all;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, Benchmark> all = benchmarks();
        List<String> names = new ArrayList<>(List.of(arguments));
        boolean keep = names.remove("--keep");
        Effort effort = names.remove("--quick") ? new Effort(2, 3, 10) : Effort.USUAL;
        if (!all.keySet().containsAll(names)) {
            System.err.println(USAGE + "  " + String.join("  ", all.keySet()));
            System.exit(names.equals(List.of("--help")) ? 0 : 2);
        }
        for (Map.Entry<String, Benchmark> each : all.entrySet()) {
            if (names.isEmpty() || names.contains(each.getKey())) {
                Report report = new Report(System.out);
                report.heading(each.getKey(), System.getProperty("tidewatch.commit", "unknown"));
                each.getValue().measure(effort, report);
                report.line("");
                if (keep) {
                    keep(each.getKey(), report);
                }
            }
        }
    }

    private static void keep(String name, Report report) throws IOException {
        Path folder = Path.of(System.getProperty("tidewatch.root", "."), "benchmarks", "results");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".txt"), report.text());
    }
}
