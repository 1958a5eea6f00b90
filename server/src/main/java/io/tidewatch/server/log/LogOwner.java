package io.tidewatch.server.log;

import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one owner of a log: reads the sources and the tables, stamps receive times, and writes ticks. For one thread, which
 * calls {@link #step} again and again, and waits when it gives false.
 *
 * <p>A partition is idle when it had no rows for {@code idle}, or has ended. A tick brings an idle partition to the least
 * watermark of those that are not. When all are idle, time goes on with the wall clock from the greatest watermark, counted
 * from when the last row came. As long as no row has come at all there is no time, and there are no ticks.
 */
public final class LogOwner {
    /** How often an idle partition gets a tick at most, unless its {@code idle} is shorter. */
    static final long TICK_MILLIS = 500;

    private final List<LogPartition> partitions = new ArrayList<>();
    private final List<Long> lastTicks = new ArrayList<>();
    private final Clock clock;
    private final LogAppender appender;
    private final Notices notices;
    private final LogTables tables;
    private boolean allIdle;
    private long baseTime;
    private long baseMillis;

    /** @param tables how much is kept of reference tables */
    public LogOwner(
            Clock clock,
            LogSink sink,
            Optional<RecordingWriter> recording,
            Notices notices,
            TableLimits tables) {
        this.clock = clock;
        this.appender = new LogAppender(sink, recording);
        this.notices = notices;
        this.tables = new LogTables(tables);
    }

    /**
     * Adds a reference table, before the first partition.
     *
     * @throws TidewatchException if it cannot be read or is not well-formed
     */
    public void add(TableFeed table) {
        if (!partitions.isEmpty()) {
            throw new IllegalStateException("a table after the first partition");
        }
        tables.add(table, appender);
    }

    /** Adds a partition; its number must be the count of those before. */
    public void add(PartitionSpec spec, Source source, StreamFormat format, TimeSpec time) {
        if (spec.number() != partitions.size()) {
            throw new IllegalArgumentException(
                    "number: " + spec.number() + " (expected: " + partitions.size() + ")");
        }
        LogPartition partition = new LogPartition(spec, source, format, time);
        partition.start(clock.millis());
        partitions.add(partition);
        lastTicks.add(Long.MIN_VALUE);
        appender.partition(spec);
        tables.begin(partition, clock.millis(), appender);
    }

    /** Reads every source once, announces tables that changed, and writes ticks; false if there was nothing to read. */
    public boolean step() {
        boolean any = false;
        for (LogPartition partition : partitions) {
            any |= partition.poll(clock.millis(), appender, notices);
        }
        tables.step(partitions, clock.millis(), appender, notices);
        tick(clock.millis());
        appender.flush();
        return any;
    }

    /** Whether all sources have ended. */
    public boolean isEnded() {
        return partitions.stream().allMatch(LogPartition::isEnded);
    }

    /** Closes the sources. */
    public void close() {
        for (LogPartition partition : partitions) {
            try {
                partition.source().close();
            } catch (IOException e) {
                notices.sourceFailed(partition.spec(), e);
            }
        }
    }

    private void tick(long nowMillis) {
        long time = idleTime(nowMillis);
        if (time == Times.BEGINNING) {
            return;
        }
        for (int i = 0; i < partitions.size(); i++) {
            LogPartition partition = partitions.get(i);
            boolean due = lastTicks.get(i) == Long.MIN_VALUE
                    || nowMillis - lastTicks.get(i)
                            >= Math.min(TICK_MILLIS, partition.idleMillis());
            if (due && partition.isSilent(nowMillis) && time > partition.watermark()) {
                lastTicks.set(i, nowMillis);
                partition.tick(time);
                appender.tick(i, time, partition.received(nowMillis));
            }
        }
    }

    /** The time to which idle partitions are brought; {@link Times#BEGINNING} if there is none yet. */
    private long idleTime(long nowMillis) {
        long least = Long.MAX_VALUE;
        long greatest = Times.BEGINNING;
        long lastRows = Long.MIN_VALUE;
        for (LogPartition partition : partitions) {
            greatest = Math.max(greatest, partition.watermark());
            lastRows = Math.max(lastRows, partition.lastRowsMillis());
            if (!partition.isSilent(nowMillis)) {
                least = Math.min(least, partition.watermark());
            }
        }
        if (least < Long.MAX_VALUE) {
            allIdle = false;
            return least;
        }
        if (!allIdle) {
            allIdle = true;
            baseTime = greatest;
            baseMillis = lastRows;
        }
        return baseTime == Times.BEGINNING
                ? baseTime
                : Math.min(Times.MAX, Times.addClamped(baseTime, nowMillis - baseMillis));
    }
}
