package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.expression.Timestamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts the rows that were set aside, per link, and keeps the first few of each kind to show. One per task: not for
 * several threads at a time.
 */
public final class SideCounts implements SideOutput {
    /** How many rows of a link and kind are kept. */
    public static final int SAMPLES_MAX = 10;

    private final long[] late;
    private final long[] failed;
    private final List<List<Sample.OfRow>> lateSamples = new ArrayList<>();
    private final List<List<Sample>> failedSamples = new ArrayList<>();
    private final List<Sample.OfRow> futureSamples = new ArrayList<>();
    private long future;

    SideCounts(int links) {
        late = new long[links];
        failed = new long[links];
        for (int i = 0; i < links; i++) {
            lateSamples.add(new ArrayList<>());
            failedSamples.add(new ArrayList<>());
        }
    }

    /** What was set aside, and why. */
    public sealed interface Sample {
        String reason();

        /**
         * A row.
         *
         * @param partition where it stands: of a later link the key group that the row came from
         * @param offset likewise
         * @param eventTime in milliseconds since the epoch
         */
        record OfRow(int partition, long offset, long eventTime, String reason) implements Sample {}

        /** A key that has no row in the window that ends at {@code windowEnd}; the bytes are the kernel's. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record OfKey(long windowEnd, byte[] key, String reason) implements Sample {}
    }

    @Override
    public void late(int link, SourceRows rows, int row, long windowEnd) {
        late[link]++;
        add(
                lateSamples.get(link),
                sample(
                        rows,
                        row,
                        "it came when the watermark had passed " + Timestamps.format(windowEnd)));
    }

    @Override
    public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {
        failed[link]++;
        add(failedSamples.get(link), sample(rows, row, code + ": " + reason));
    }

    @Override
    public void failedKey(int link, long windowEnd, byte[] key, ErrorCode code, String reason) {
        failed[link]++;
        add(failedSamples.get(link), new Sample.OfKey(windowEnd, key, code + ": " + reason));
    }

    void future(int partition, long offset, long eventTime, long receiveTime) {
        future++;
        if (futureSamples.size() < SAMPLES_MAX) {
            String reason =
                    "it is too far ahead of its receive time " + Timestamps.format(receiveTime);
            futureSamples.add(new Sample.OfRow(partition, offset, eventTime, reason));
        }
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

    public List<Sample.OfRow> lateSamples(int link) {
        return List.copyOf(lateSamples.get(link));
    }

    public List<Sample> failedSamples(int link) {
        return List.copyOf(failedSamples.get(link));
    }

    public List<Sample.OfRow> futureSamples() {
        return List.copyOf(futureSamples);
    }

    void addAll(SideCounts other) {
        Arrays.setAll(late, link -> late[link] + other.late[link]);
        Arrays.setAll(failed, link -> failed[link] + other.failed[link]);
        future += other.future;
        other.futureSamples.forEach(adder(futureSamples));
        for (int link = 0; link < late.length; link++) {
            other.lateSamples.get(link).forEach(adder(lateSamples.get(link)));
            other.failedSamples.get(link).forEach(adder(failedSamples.get(link)));
        }
    }

    private static <S> Consumer<S> adder(List<S> samples) {
        return sample -> add(samples, sample);
    }

    private static <S> void add(List<S> samples, S sample) {
        if (samples.size() < SAMPLES_MAX) {
            samples.add(sample);
        }
    }

    private static Sample.OfRow sample(SourceRows rows, int row, String reason) {
        return new Sample.OfRow(
                rows.origins().partition(),
                rows.origins().offsets()[row],
                rows.eventTimes()[row],
                reason);
    }
}
