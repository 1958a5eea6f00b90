package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.time.WatermarkTracker;

/**
 * How far one partition has been read: all that a partial stage keeps across a barrier (law 4). Written form: the version
 * of the configuration, the next offset, the first time, then watermark and receive time.
 */
public final class Position {
    private final WatermarkTracker time;
    private final int configurationVersion;
    private long nextOffset;
    private long firstTime = Times.BEGINNING;

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
     * The least time of a row that is not late, or of a tick that comes before all rows; {@link Times#BEGINNING} before both.
     * It changes no more once the watermark has come to it.
     */
    public long firstTime() {
        return firstTime;
    }

    /** Notes that the records before an offset have been read. */
    public void readUpTo(long offset) {
        nextOffset = offset;
    }

    /** Notes the time of a tick. */
    public void begin(long tick) {
        if (firstTime == Times.BEGINNING) {
            firstTime = tick;
        }
    }

    /**
     * Notes the times of rows.
     *
     * @param watermarks per row that before it
     */
    public void begin(long[] times, long[] watermarks, Selection rows) {
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.row(i);
            if (firstTime == Times.BEGINNING) {
                firstTime = times[row];
            } else if (watermarks[row] >= firstTime) {
                return;
            } else if (times[row] >= watermarks[row]) {
                firstTime = Math.min(firstTime, times[row]);
            }
        }
    }

    public void write(ByteWriter out) {
        out.writeVarLong(configurationVersion);
        out.writeZigZag(nextOffset);
        out.writeZigZag(firstTime);
        time.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static Position read(TimeSpec spec, ByteReader in) {
        int version = in.readCount();
        long nextOffset = in.readZigZag();
        long firstTime = in.readZigZag();
        Position position = new Position(WatermarkTracker.read(spec, in), version);
        position.nextOffset = nextOffset;
        position.firstTime = firstTime;
        return position;
    }
}
