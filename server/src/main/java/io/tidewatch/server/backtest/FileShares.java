package io.tidewatch.server.backtest;

import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.LogSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many parts of which file an epoch takes, and which thread reads them. The first is settled beforehand, from what the
 * files held so far, and so does not depend on threads; the second changes nothing but the speed.
 */
final class FileShares {
    /** Of files with few rows. */
    private static final int PARTS_MAX = 256;

    private static final long UNKNOWN = -1;

    private final List<Share> shares = new ArrayList<>();
    private long acceptedBefore;
    private int planned;

    FileShares(List<FileReader> readers) {
        readers.forEach(reader -> shares.add(new Share(reader)));
    }

    /** A file's part of the epoch at hand. */
    private static final class Share {
        private final FileReader reader;
        private long latestBefore = Times.BEGINNING;
        /** By how much one part moves the file's time on; {@link #UNKNOWN} before the second. */
        private long advance = UNKNOWN;

        private int planned;
        private int left;
        private int threads;

        Share(FileReader reader) {
            this.reader = reader;
        }

        /** Learns from the last epoch. */
        void learn() {
            long latest = reader.latest();
            if (planned > 0 && latestBefore != Times.BEGINNING) {
                advance = (latest - latestBefore) / planned;
            }
            if (planned > 0) {
                latestBefore = latest;
            }
            planned = 0;
        }

        /** Whether it is known where another part begins. */
        boolean takesMore() {
            return planned == 0 || advance != UNKNOWN;
        }

        /** The file's time behind what was planned. */
        long reaches() {
            return Times.addClamped(reader.latest(), planned == 0 ? 0 : advance * planned);
        }
    }

    /**
     * Plans an epoch of about {@link Backtest#ROWS_PER_EPOCH} rows; false if all files have ended.
     *
     * @param accepted how many rows all files gave so far
     */
    boolean plan(long accepted) {
        int parts = partCount(accepted - acceptedBefore);
        acceptedBefore = accepted;
        shares.removeIf(share -> share.reader.isEnded());
        shares.forEach(Share::learn);
        planned = 0;
        for (Share next = least(); next != null && planned < parts; next = least()) {
            next.planned++;
            planned++;
        }
        shares.forEach(share -> share.left = share.planned);
        return planned > 0;
    }

    /** One part of each file at first; then as many as rows are wanted, but not suddenly many more. */
    private int partCount(long rows) {
        if (planned == 0) {
            return shares.size();
        }
        long wanted = Backtest.ROWS_PER_EPOCH * planned / Math.max(1, rows);
        return (int) Math.max(1, Math.min(Math.min(2L * planned, PARTS_MAX), wanted));
    }

    /** The file that is least in time; of several, the one with least parts so far. */
    private @Nullable Share least() {
        return shares.stream()
                .filter(Share::takesMore)
                .min(Comparator.comparingLong(Share::reaches)
                        .thenComparingInt(share -> share.planned))
                .orElse(null);
    }

    /** Reads parts until all of the epoch are given, or other threads have the last ones. */
    void work(LogSink sink) {
        Share share = next(null);
        while (share != null) {
            share.reader.next(sink);
            share = next(share);
        }
    }

    /** A part of the same file as before if there is one: what it folds is near. Else of one with few threads. */
    private synchronized @Nullable Share next(@Nullable Share before) {
        if (before != null) {
            before.threads--;
        }
        Share next = before != null && before.left > 0 ? before : fewestThreads();
        if (next != null) {
            next.left--;
            next.threads++;
        }
        return next;
    }

    private @Nullable Share fewestThreads() {
        return shares.stream()
                .filter(share -> share.left > 0)
                .min(Comparator.comparingInt(share -> share.threads))
                .orElse(null);
    }
}
