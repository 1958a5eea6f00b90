package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.time.WatermarkTracker;
import io.tidewatch.server.source.Source;
import java.io.IOException;

/** One partition as its owner sees it: the source, what was read of it, and its time. */
final class LogPartition {
    private static final long RETRY_MILLIS = 1_000;

    private final PartitionSpec spec;
    private final Source source;
    private final TimeSpec time;
    private final PartitionDecoder decoder;
    private final WatermarkTracker tracker;
    private long[] watermarksBefore = new long[0];
    private long lastRowsMillis;
    private long retryMillis = Long.MIN_VALUE;
    private boolean ended;

    LogPartition(PartitionSpec spec, Source source, StreamFormat format, TimeSpec time) {
        this.spec = spec;
        this.source = source;
        this.time = time;
        this.decoder = new PartitionDecoder(format);
        this.tracker = new WatermarkTracker(time);
    }

    PartitionSpec spec() {
        return spec;
    }

    Source source() {
        return source;
    }

    boolean isEnded() {
        return ended;
    }

    void start(long nowMillis) {
        lastRowsMillis = nowMillis;
    }

    /** When rows came last, or reading began. */
    long lastRowsMillis() {
        return lastRowsMillis;
    }

    boolean isSilent(long nowMillis) {
        return ended || nowMillis - lastRowsMillis >= time.idleMillis();
    }

    long idleMillis() {
        return time.idleMillis();
    }

    long watermark() {
        return tracker.watermark();
    }

    /** The receive time of what is read now: never before that of what was read before. */
    long received(long nowMillis) {
        return tracker.received(nowMillis);
    }

    /** The greatest time that an event accepted until now may have, and no less than the watermark. */
    long acceptedTo(long nowMillis) {
        return Math.max(
                Times.addClamped(received(nowMillis), time.aheadMillis()), tracker.watermark());
    }

    void tick(long timeMillis) {
        tracker.tick(timeMillis);
    }

    /** Reads what the source has, once, and appends it; gives whether there was anything. */
    boolean poll(long nowMillis, LogAppender appender, Notices notices) {
        if (ended || nowMillis < retryMillis) {
            return false;
        }
        int count = 0;
        boolean failed = false;
        try {
            int free = decoder.free();
            count = source.read(decoder.buffer(), decoder.end(), free);
        } catch (IOException e) {
            failed = true;
            retryMillis = nowMillis + RETRY_MILLIS;
            notices.sourceFailed(spec, e);
        }
        decoder.filled(count);
        if (count > 0) {
            decode(false, nowMillis, appender);
            return true;
        }
        return switch (source.status()) {
            case WAITING -> false;
            case FILE_ENDED -> {
                decode(true, nowMillis, appender);
                decoder.startFile();
                yield true;
            }
            case ENDED -> {
                // What stands behind the last whole record of a broken input is no record.
                if (!failed) {
                    decode(true, nowMillis, appender);
                }
                ended = true;
                appender.end(spec.number());
                yield true;
            }
        };
    }

    private void decode(boolean last, long nowMillis, LogAppender appender) {
        boolean more = true;
        while (more) {
            int from = decoder.start();
            byte[] bytes = decoder.buffer();
            boolean first = decoder.isFresh();
            Decoded decoded = decoder.decode(last);
            more = decoded.consumed() > 0 && !decoder.isEmpty();
            if (decoded.consumed() > 0) {
                long received = received(nowMillis);
                follow(decoded, received, nowMillis);
                Chunk chunk = new Chunk(
                        spec.number(),
                        received,
                        first,
                        last && !more,
                        bytes,
                        from,
                        decoded.consumed());
                appender.append(chunk, decoded, decoder.firstOrdinal());
            }
        }
    }

    private void follow(Decoded decoded, long received, long nowMillis) {
        int rowCount = decoded.rowCount();
        if (rowCount == 0) {
            return;
        }
        lastRowsMillis = nowMillis;
        int[] rows = new int[rowCount];
        int size = 0;
        long[] eventTimes = decoded.eventTimes();
        for (int row = 0; row < rowCount; row++) {
            if (!time.isFuture(eventTimes[row], received)) {
                rows[size++] = row;
            }
        }
        if (watermarksBefore.length < rowCount) {
            watermarksBefore = new long[rowCount];
        }
        tracker.rows(eventTimes, Selection.of(rows, size), watermarksBefore);
    }
}
