package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the rows that were set aside, per link, and keeps the first few of each kind to show. One per task: not for
 * several threads at a time.
 */
public final class SideCounts implements SideOutput {
    /** How many rows of a link and kind are kept. */
    public static final int SAMPLES_MAX = 10;

    private final long[] late;
    private final long[] failed;
    private final List<List<Sample>> lateSamples = new ArrayList<>();
    private final List<List<Sample>> failedSamples = new ArrayList<>();
    private long future;

    SideCounts(int links) {
        late = new long[links];
        failed = new long[links];
        for (int i = 0; i < links; i++) {
            lateSamples.add(new ArrayList<>());
            failedSamples.add(new ArrayList<>());
        }
    }

    /**
     * A row that was set aside.
     *
     * @param partition where it stands; −1 for a key whose result failed
     * @param offset likewise
     * @param time its event time, or the end of the window that has no row
     * @param reason why
     */
    public record Sample(int partition, long offset, long time, String reason) {}

    @Override
    public void late(int link, SourceRows rows, int row, long windowEnd) {
        late[link]++;
        add(
                lateSamples.get(link),
                sample(rows, row, "late for the window that ends at " + windowEnd));
    }

    @Override
    public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {
        failed[link]++;
        add(failedSamples.get(link), sample(rows, row, code + ": " + reason));
    }

    @Override
    public void failedKey(int link, long windowEnd, byte[] key, ErrorCode code, String reason) {
        failed[link]++;
        add(failedSamples.get(link), new Sample(-1, -1, windowEnd, code + ": " + reason));
    }

    void future(long rows) {
        future += rows;
    }

    public long lateCount(int link) {
        return late[link];
    }

    public long failedCount(int link) {
        return failed[link];
    }

    /** Rows whose event time was farther beyond their receive time than {@code ahead}. */
    public long futureCount() {
        return future;
    }

    public List<Sample> lateSamples(int link) {
        return List.copyOf(lateSamples.get(link));
    }

    public List<Sample> failedSamples(int link) {
        return List.copyOf(failedSamples.get(link));
    }

    void addAll(SideCounts other) {
        Arrays.setAll(late, link -> late[link] + other.late[link]);
        Arrays.setAll(failed, link -> failed[link] + other.failed[link]);
        future += other.future;
        for (int link = 0; link < late.length; link++) {
            other.lateSamples.get(link).forEach(adder(lateSamples.get(link)));
            other.failedSamples.get(link).forEach(adder(failedSamples.get(link)));
        }
    }

    private static java.util.function.Consumer<Sample> adder(List<Sample> samples) {
        return sample -> add(samples, sample);
    }

    private static void add(List<Sample> samples, Sample sample) {
        if (samples.size() < SAMPLES_MAX) {
            samples.add(sample);
        }
    }

    private static Sample sample(SourceRows rows, int row, String reason) {
        return new Sample(
                rows.origins().partition(),
                rows.origins().offsets()[row],
                rows.eventTimes()[row],
                reason);
    }
}
