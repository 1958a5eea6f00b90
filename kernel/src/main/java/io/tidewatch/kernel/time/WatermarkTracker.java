package io.tidewatch.kernel.time;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;

/**
 * The time of one partition: its watermark and the receive time of its latest record. Both never fall.
 *
 * <p>The watermark is the greatest event time so far minus {@code out_of_order}, raised by ticks. It rises row by row, so
 * that what it was before a row does not depend on how rows are cut into batches. Written form: watermark and receive time
 * as zigzag numbers.
 */
public final class WatermarkTracker {
    private final long outOfOrderMillis;
    private long watermark;
    private long receiveTime;

    /** A partition that nothing has reached yet. */
    public WatermarkTracker(TimeSpec spec) {
        this(spec, Times.BEGINNING, Times.BEGINNING);
    }

    private WatermarkTracker(TimeSpec spec, long watermark, long receiveTime) {
        this.outOfOrderMillis = spec.outOfOrderMillis();
        this.watermark = watermark;
        this.receiveTime = receiveTime;
    }

    /** The watermark after all rows and ticks so far; {@link Times#BEGINNING} before the first. */
    public long watermark() {
        return watermark;
    }

    /** The greatest receive time so far; {@link Times#BEGINNING} before the first. */
    public long receiveTime() {
        return receiveTime;
    }

    /**
     * Takes rows in log order and notes the watermark before each.
     *
     * @param eventTimes per row, milliseconds since the epoch
     * @param onlyNotFuture the rows that count: not future, and with an event time
     * @param watermarksBefore receives, for each of those rows, the watermark before it; other entries stay as they are
     */
    public void rows(long[] eventTimes, Selection onlyNotFuture, long[] watermarksBefore) {
        int[] rows = onlyNotFuture.rows();
        int size = onlyNotFuture.size();
        watermark = rows == null
                ? raiseAll(eventTimes, size, outOfOrderMillis, watermark, watermarksBefore)
                : raise(eventTimes, rows, size, watermarksBefore);
    }

    /** Raises the watermark to {@code time}, unless it is there already. */
    public void tick(long time) {
        watermark = Math.max(watermark, time);
    }

    /** Notes the receive time of a record and gives the one that holds: the greatest so far. */
    public long received(long time) {
        receiveTime = Math.max(receiveTime, time);
        return receiveTime;
    }

    public void write(ByteWriter out) {
        out.writeZigZag(watermark);
        out.writeZigZag(receiveTime);
    }

    /** Reads what {@link #write} wrote. */
    public static WatermarkTracker read(TimeSpec spec, ByteReader in) {
        long watermark = in.readZigZag();
        return new WatermarkTracker(spec, watermark, in.readZigZag());
    }

    private static long raiseAll(
            long[] eventTimes, int size, long outOfOrder, long start, long[] watermarksBefore) {
        long current = start;
        for (int row = 0; row < size; row++) {
            watermarksBefore[row] = current;
            current = Math.max(current, Times.subtractClamped(eventTimes[row], outOfOrder));
        }
        return current;
    }

    private long raise(long[] eventTimes, int[] rows, int size, long[] watermarksBefore) {
        long current = watermark;
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            watermarksBefore[row] = current;
            current = Math.max(current, Times.subtractClamped(eventTimes[row], outOfOrderMillis));
        }
        return current;
    }
}
