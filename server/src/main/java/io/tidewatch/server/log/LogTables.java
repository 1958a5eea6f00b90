package io.tidewatch.server.log;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference tables as the log's owner sees them. A file that has changed becomes a version, which every partition is told
 * of: it holds from the first event time on that no event can have that was accepted before.
 */
final class LogTables {
    private final List<Kept> tables = new ArrayList<>();
    private final TableLimits limits;

    /** A table whose file is watched, and the versions that rows may need. */
    private static final class Kept {
        private final TableFeed feed;
        private final List<TableVersion> versions = new ArrayList<>();
        private final List<Long> bytes = new ArrayList<>();

        Kept(TableFeed feed) {
            this.feed = feed;
        }

        TableVersion latest() {
            return versions.get(versions.size() - 1);
        }

        void add(TableVersion version, long byteCount) {
            versions.add(version);
            bytes.add(byteCount);
        }

        void forget(long needed) {
            while (versions.size() > 1 && versions.get(1).effectiveFrom() <= needed) {
                versions.remove(0);
                bytes.remove(0);
            }
        }
    }

    LogTables(TableLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a table, and reads what the log begins with.
     *
     * @throws TidewatchException if that cannot be read or is not well-formed
     */
    void add(TableFeed feed, LogAppender appender) {
        Kept table = new Kept(feed);
        try {
            TableContent content = feed.read()
                    .orElseThrow(() -> new TidewatchException(
                            ErrorCode.IO_FAILED,
                            "table '" + feed.table() + "': its file is being written; try again"));
            appender.content(content);
            table.add(
                    new TableVersion(feed.beginsAt(), content.hash(), content.rows()),
                    content.bytes().length);
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED,
                    "table '" + feed.table() + "' cannot be read: " + describe(e),
                    e);
        }
        tables.add(table);
    }

    /** Tells a partition what it begins with. */
    void begin(LogPartition partition, long nowMillis, LogAppender appender) {
        for (Kept table : tables) {
            for (TableVersion version : table.versions) {
                tell(partition, table, version, nowMillis, appender);
            }
        }
    }

    /** Looks at the files, and announces what changed. */
    void step(
            List<LogPartition> partitions, long nowMillis, LogAppender appender, Notices notices) {
        long needed = needed(partitions);
        for (Kept table : tables) {
            table.forget(needed);
            try {
                if (table.feed.hasChanged(nowMillis) && hasRoom(table, notices)) {
                    change(table, partitions, nowMillis, appender, notices);
                }
            } catch (IOException e) {
                notices.tableStays(table.feed.table(), describe(e));
            } catch (TidewatchException e) {
                notices.tableStays(table.feed.table(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void change(
            Kept table,
            List<LogPartition> partitions,
            long nowMillis,
            LogAppender appender,
            Notices notices)
            throws IOException {
        TableContent content = table.feed.read().orElse(null);
        if (content == null || content.hash().equals(table.latest().contentHash())) {
            return;
        }
        long from = table.latest().effectiveFrom();
        for (LogPartition partition : partitions) {
            from = Math.max(from, Times.addClamped(partition.acceptedTo(nowMillis), 1));
        }
        if (from > Times.MAX) {
            throw new TidewatchException(
                    ErrorCode.LIMIT_REACHED,
                    "a change would hold from after the year 9999 on, for `ahead` of a stream is so long");
        }
        TableVersion version = new TableVersion(from, content.hash(), content.rows());
        appender.content(content);
        table.add(version, content.bytes().length);
        for (LogPartition partition : partitions) {
            tell(partition, table, version, nowMillis, appender);
        }
        notices.tableChanges(table.feed.table(), version);
    }

    private static void tell(
            LogPartition partition,
            Kept table,
            TableVersion version,
            long nowMillis,
            LogAppender appender) {
        appender.table(
                partition.spec().number(),
                table.feed.table(),
                version,
                partition.received(nowMillis));
    }

    /** The event time before which no row on time may lie any more. */
    private long needed(List<LogPartition> partitions) {
        long least = Long.MAX_VALUE;
        for (LogPartition partition : partitions) {
            least = Math.min(least, partition.watermark());
        }
        return Times.subtractClamped(least, limits.lookBackMillis());
    }

    /** Whether one more version may be kept. */
    private boolean hasRoom(Kept table, Notices notices) {
        long bytes = table.bytes.stream().mapToLong(Long::longValue).sum();
        boolean full = table.versions.size() >= limits.versionsMax();
        // One version beside that in force always has room.
        boolean large = table.versions.size() > 1 && bytes >= limits.bytesMax();
        if (full || large) {
            notices.tableStays(
                    table.feed.table(),
                    "its file has changed, and is read when fewer versions are needed by events on time ("
                            + (full
                                    ? "table_versions: " + limits.versionsMax()
                                    : "table_bytes: " + limits.bytesMax())
                            + ")");
        }
        return !full && !large;
    }

    private static String describe(IOException failure) {
        return failure instanceof java.nio.file.NoSuchFileException
                ? "there is no file " + failure.getMessage()
                : FileReasons.of(failure);
    }
}
