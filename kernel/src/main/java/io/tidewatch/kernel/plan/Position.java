package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.time.WatermarkTracker;

/**
 * How far one partition has been read: all that a partial stage keeps across a barrier (law 4). Written form: the version
 * of the configuration, the next offset, the least and the greatest time, then watermark and receive time.
 */
public final class Position {
    private final WatermarkTracker time;
    private final int configurationVersion;
    private long nextOffset;
    private long leastTime = Times.BEGINNING;
    private long greatestTime = Times.BEGINNING;

    /** The beginning of a partition. */
    public Position(TimeSpec spec) {
        this(new WatermarkTracker(spec), 0);
    }

    private Position(WatermarkTracker time, int configurationVersion) {
        this.time = time;
        this.configurationVersion = configurationVersion;
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
        time.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static Position read(TimeSpec spec, ByteReader in) {
        int version = in.readCount();
        long nextOffset = in.readZigZag();
        long leastTime = in.readZigZag();
        long greatestTime = in.readZigZag();
        Position position = new Position(WatermarkTracker.read(spec, in), version);
        position.nextOffset = nextOffset;
        position.leastTime = leastTime;
        position.greatestTime = greatestTime;
        return position;
    }
}
