package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.time.WatermarkTracker;
import io.tidewatch.kernel.window.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * How far one partition has been read: all that a partial stage keeps across a barrier (law 4). Written form: the version
 * of the configuration, the next offset, the least and the greatest time, the number of families of windows with gaps and per
 * family the greatest end, then watermark and receive time.
 */
public final class Position {
    private final WatermarkTracker time;
    private final int configurationVersion;
    private final List<Windows> gapped;
    private final long[] gappedEnds;
    private long nextOffset;
    private long leastTime = Times.BEGINNING;
    private long greatestTime = Times.BEGINNING;

    /**
     * The beginning of a partition.
     *
     * @param gapped families of windows with gaps, whose {@linkplain #greatestEnd greatest ends} are kept
     */
    public Position(TimeSpec spec, List<Windows> gapped) {
        this(new WatermarkTracker(spec), 0, gapped);
    }

    private Position(WatermarkTracker time, int configurationVersion, List<Windows> gapped) {
        this.time = time;
        this.configurationVersion = configurationVersion;
        this.gapped = List.copyOf(gapped);
        this.gappedEnds = new long[gapped.size()];
        Arrays.fill(gappedEnds, Times.BEGINNING);
    }

    /** Watermark and receive time. */
    public WatermarkTracker time() {
        return time;
    }

    /** Which configuration holds for the next record: 0 for the one that the job began with. */
    public int configurationVersion() {
        return configurationVersion;
    }

    /** The offset behind the last record. */
    public long nextOffset() {
        return nextOffset;
    }

    /**
     * The least time of the rows that were not behind the watermark, and of a tick before all of them; {@link
     * Times#BEGINNING} before the first. Once the watermark has reached it, it stays.
     */
    public long leastTime() {
        return leastTime;
    }

    /** The greatest time of a row, or {@link Times#BEGINNING} before the first. */
    public long greatestTime() {
        return greatestTime;
    }

    /**
     * The greatest end of a window that holds a row; {@link Times#BEGINNING} if none does.
     *
     * @param windows one of the families with gaps; of others it follows from {@link #greatestTime}
     */
    public long greatestEnd(Windows windows) {
        return gappedEnds[gapped.indexOf(windows)];
    }

    /** Notes that the records before an offset have been read. */
    public void readUpTo(long offset) {
        nextOffset = offset;
    }

    /**
     * Takes rows in log order and notes the watermark before each.
     *
     * @param eventTimes per row, milliseconds since the epoch
     * @param onlyNotFuture the rows that count
     * @param watermarksBefore receives, for each of those rows, the watermark before it; other entries stay as they are
     */
    public void rows(long[] eventTimes, Selection onlyNotFuture, long[] watermarksBefore) {
        time.rows(eventTimes, onlyNotFuture, watermarksBefore);
        for (int i = 0; i < onlyNotFuture.size(); i++) {
            int row = onlyNotFuture.row(i);
            long at = eventTimes[row];
            if (Times.isSupported(at)) {
                greatestTime = Math.max(greatestTime, at);
                if (!Lateness.isBehind(watermarksBefore[row], at)) {
                    leastTime = leastTime == Times.BEGINNING ? at : Math.min(leastTime, at);
                }
            }
        }
        for (int family = 0; family < gappedEnds.length; family++) {
            gappedEnds[family] =
                    greatestEnd(gapped.get(family), gappedEnds[family], eventTimes, onlyNotFuture);
        }
    }

    private static long greatestEnd(
            Windows windows, long known, long[] eventTimes, Selection selection) {
        long greatest = known;
        for (int i = 0; i < selection.size(); i++) {
            long at = eventTimes[selection.row(i)];
            // These windows lie apart, so one that holds an earlier time ends no later.
            if (at >= greatest && windows.contains(at)) {
                greatest = windows.lastEnd(at);
            }
        }
        return greatest;
    }

    /** Takes a tick. */
    public void tick(long at) {
        time.tick(at);
        if (leastTime == Times.BEGINNING) {
            leastTime = at;
        }
    }

    public void write(ByteWriter out) {
        out.writeVarLong(configurationVersion);
        out.writeZigZag(nextOffset);
        out.writeZigZag(leastTime);
        out.writeZigZag(greatestTime);
        out.writeVarLong(gappedEnds.length);
        for (long end : gappedEnds) {
            out.writeZigZag(end);
        }
        time.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the number of families is another
     */
    public static Position read(TimeSpec spec, List<Windows> gapped, ByteReader in) {
        int version = in.readCount();
        long nextOffset = in.readZigZag();
        long leastTime = in.readZigZag();
        long greatestTime = in.readZigZag();
        int families = in.readCount();
        if (families != gapped.size()) {
            throw new IllegalArgumentException(
                    "families: " + families + " (expected: " + gapped.size() + ")");
        }
        long[] ends = new long[families];
        for (int family = 0; family < families; family++) {
            ends[family] = in.readZigZag();
        }
        Position position = new Position(WatermarkTracker.read(spec, in), version, gapped);
        System.arraycopy(ends, 0, position.gappedEnds, 0, families);
        position.nextOffset = nextOffset;
        position.leastTime = leastTime;
        position.greatestTime = greatestTime;
        return position;
    }
}
