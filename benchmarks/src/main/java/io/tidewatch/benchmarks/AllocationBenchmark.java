package io.tidewatch.benchmarks;

import io.tidewatch.server.assembly.Assembly;
import java.io.IOException;
import java.util.Locale;

/** What the advertising pipeline allocates per event once it runs: all of it, epochs and results included. */
final class AllocationBenchmark implements Benchmark {
    private static final int EVENTS = 4_000_000;
    private static final int EVENTS_PER_PART = 200_000;

    /** What happens to some lines. */
    private interface Step {
        void take(Pipeline pipeline, byte[] lines);
    }

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int parts = Math.max(2, effort.events(EVENTS) / EVENTS_PER_PART);
        line(report, "decoding alone", ofDecoding(parts));
        double pipeline = ofPipeline(parts);
        line(report, "pipeline", pipeline);
        report.ratio("bytes allocated per event", pipeline, "less than 1");
    }

    /** Bytes per event, of the second half of so many parts. */
    static double ofDecoding(int parts) throws IOException {
        return bytesPerEvent(parts, Pipeline::decodeOnly);
    }

    /** Bytes per event, of the second half of so many parts. */
    static double ofPipeline(int parts) throws IOException {
        return bytesPerEvent(parts, Pipeline::take);
    }

    private static void line(Report report, String what, double bytesPerEvent) {
        report.line(String.format(
                Locale.ROOT, "%-36s %14.2f bytes allocated per event", what, bytesPerEvent));
    }

    private static double bytesPerEvent(int parts, Step step) throws IOException {
        AdEvents events = AdBenchmark.events();
        Assembly assembly = Configurations.ofAds(AdBenchmark.CONFIGURATION, events);
        double allocated = 0;
        try (Pipeline pipeline = new Pipeline(assembly, AdBenchmark.STREAM, Results.NOWHERE)) {
            for (int part = 0; part < parts; part++) {
                byte[] lines = events.lines(EVENTS_PER_PART);
                Allocation allocation = Allocation.start();
                step.take(pipeline, lines);
                double took = allocation.bytes();
                allocated += part < parts / 2 ? 0 : took;
            }
        }
        return allocated / EVENTS_PER_PART / (parts - parts / 2);
    }
}
