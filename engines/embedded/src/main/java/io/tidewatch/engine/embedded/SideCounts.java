package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what was set aside and keeps the first few of each kind to show: rows per link, which all its monitors lack, and
 * keys per monitor. One per task: not for several threads at a time.
 */
public final class SideCounts implements SideOutput {
    /** How many of one kind are kept. */
    public static final int SAMPLES_MAX = 10;

    private final JobPlan plan;
    private final List<Tally<RowSample>> late = new ArrayList<>();
    private final List<Tally<RowSample>> failedRows = new ArrayList<>();
    private final List<Tally<KeySample>> failedKeys = new ArrayList<>();
    private final Tally<RowSample> future = new Tally<>();
    private final long[] refusedKeys;
    private final long[] unkeptEvaluations;

    SideCounts(JobPlan plan) {
        this.plan = plan;
        plan.links().forEach(link -> {
            late.add(new Tally<>());
            failedRows.add(new Tally<>());
        });
        plan.monitors().forEach(monitor -> failedKeys.add(new Tally<>()));
        refusedKeys = new long[plan.monitors().size()];
        unkeptEvaluations = new long[plan.monitors().size()];
    }

    /**
     * A row that was set aside.
     *
     * @param partition where it stands: of a later link the key group that the row came from
     * @param offset likewise
     * @param eventTime in milliseconds since the epoch
     */
    public record RowSample(int partition, long offset, long eventTime, String reason) {}

    /**
     * A key that has no row in the window that ends at {@code windowEnd}.
     *
     * @param isResult whether the key is that of the monitor's results, and not of a query within
     * @param key the kernel's bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record KeySample(boolean isResult, long windowEnd, byte[] key, String reason) {}

    /** How many there were, and the first few. */
    public static final class Tally<S> {
        private final List<S> samples = new ArrayList<>();
        private long count;

        public long count() {
            return count;
        }

        public List<S> samples() {
            return List.copyOf(samples);
        }

        private void add(S sample) {
            count++;
            if (samples.size() < SAMPLES_MAX) {
                samples.add(sample);
            }
        }

        private void addAll(Tally<S> other) {
            long sum = count + other.count;
            other.samples.forEach(this::add);
            count = sum;
        }
    }

    @Override
    public void late(int link, SourceRows rows, int row, long windowEnd) {
        String reason = "it came when the watermark had passed " + Timestamps.format(windowEnd);
        late.get(link).add(sample(rows, row, reason));
    }

    @Override
    public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {
        failedRows.get(link).add(sample(rows, row, code + ": " + reason));
    }

    @Override
    public void failedKey(
            int link, int view, long windowEnd, byte[] key, ErrorCode code, String reason) {
        JobLink.View target = plan.links().get(link).views().get(view);
        failedKeys
                .get(target.monitor())
                .add(new KeySample(target.isResult(), windowEnd, key, code + ": " + reason));
    }

    void future(int partition, long offset, long eventTime, long receiveTime) {
        String reason = "it is too far ahead of its receive time " + Timestamps.format(receiveTime);
        future.add(new RowSample(partition, offset, eventTime, reason));
    }

    /** Rows that came too late for a link, once per window. */
    public Tally<RowSample> late(int link) {
        return late.get(link);
    }

    /** Rows with an expression that failed, which a link lacks. */
    public Tally<RowSample> failedRows(int link) {
        return failedRows.get(link);
    }

    /** Keys without a row, since what is computed of them for a monitor failed. */
    public Tally<KeySample> failedKeys(int monitor) {
        return failedKeys.get(monitor);
    }

    /** Rows whose event time was farther beyond their receive time than {@code ahead}. */
    public Tally<RowSample> future() {
        return future;
    }

    void limited(int monitor, long keys, long evaluations) {
        refusedKeys[monitor] += keys;
        unkeptEvaluations[monitor] += evaluations;
    }

    /** How often a key of a monitor was not admitted to its alerts, since there were too many. */
    public long refusedKeys(int monitor) {
        return refusedKeys[monitor];
    }

    /** How many evaluations of a monitor were not kept for amendments, since there were too many. */
    public long unkeptEvaluations(int monitor) {
        return unkeptEvaluations[monitor];
    }

    void addAll(SideCounts other) {
        for (int link = 0; link < late.size(); link++) {
            late.get(link).addAll(other.late.get(link));
            failedRows.get(link).addAll(other.failedRows.get(link));
        }
        for (int monitor = 0; monitor < failedKeys.size(); monitor++) {
            failedKeys.get(monitor).addAll(other.failedKeys.get(monitor));
        }
        future.addAll(other.future);
    }

    private static RowSample sample(SourceRows rows, int row, String reason) {
        return new RowSample(
                rows.origins().partition(),
                rows.origins().offsets()[row],
                rows.eventTimes()[row],
                reason);
    }
}
