package io.tidewatch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The pauses of the garbage collector, all kinds of them, from the flight recorder of the Java runtime. */
final class Pauses implements AutoCloseable {
    private static final String PAUSE = "jdk.GCPhasePause";

    private final Recording recording = new Recording();
    private final Instant start = Instant.now();

    private Pauses() {
        recording.enable(PAUSE).withThreshold(Duration.ZERO);
        recording.start();
    }

    /**
     * What was recorded.
     *
     * @param pauses ascending by duration
     */
    record Found(List<Pause> pauses, double seconds) {
        int count() {
            return pauses.size();
        }

        /** In milliseconds; 0 without pauses. */
        double quantile(double share) {
            int index = (int) Math.ceil(share * pauses.size()) - 1;
            return pauses.isEmpty() ? 0 : pauses.get(Math.max(0, index)).millis();
        }

        /** The longest, a line each. */
        List<String> longest(int most) {
            return pauses.subList(Math.max(0, count() - most), count()).stream()
                    .map(each ->
                            String.format(Locale.ROOT, "  %.1f ms %s", each.millis(), each.kind()))
                    .toList();
        }
    }

    /** One pause. */
    record Pause(String kind, double millis) {}

    static Pauses record() {
        return new Pauses();
    }

    Found stop() throws IOException {
        double seconds = Duration.between(start, Instant.now()).toNanos() / 1e9;
        recording.stop();
        Path file = Files.createTempFile("tidewatch-bench", ".jfr");
        try {
            recording.dump(file);
            List<Pause> pauses = RecordingFile.readAllEvents(file).stream()
                    .map(Pauses::pause)
                    .sorted(Comparator.comparingDouble(Pause::millis))
                    .toList();
            return new Found(pauses, seconds);
        } finally {
            Files.delete(file);
        }
    }

    private static Pause pause(RecordedEvent event) {
        return new Pause(event.getString("name"), event.getDuration().toNanos() / 1e6);
    }

    @Override
    public void close() {
        recording.close();
    }
}
