package io.tidewatch.log;

import java.io.Closeable;
import java.util.concurrent.CompletableFuture;

/**
 * An ordered, durable log of records in partitions, numbered from 0. Safe for use by many threads.
 *
 * <p>A record of n rows takes n offsets, any other takes one. Offsets rise within a partition; a log may leave gaps. So a
 * reader goes on from {@link LogRecord#nextOffset}, and one offset names one row.
 *
 * <p>Failures are {@link io.tidewatch.kernel.error.TidewatchException}s: {@code LOG_FULL} when there is no room (append again
 * later; nothing was kept), {@code LIMIT_REACHED} when too much waits to be durable (the same), {@code LOG_READ_ONLY} when the
 * partition accepts nothing until the log is opened again, {@code LOG_CORRUPT} for damage, {@link OffsetGoneException}.
 * After {@code LOG_READ_ONLY} it is unknown whether the record is kept; a producer repeats it under the same sequence.
 */
public interface EventLog extends Closeable {
    /** How many partitions there are. */
    int partitionCount();

    /**
     * Appends to the end of a partition. Never blocks, and does no input or output in the caller's thread.
     *
     * <p>The future completes when the record is as durable as the log promises, and fails with one of the failures above. It
     * completes in a thread of the log: what depends on it and takes long belongs into another one ({@code thenApplyAsync}).
     * Records that one thread appends to one partition stand there in this order; but one may fail and a later one succeed.
     *
     * @throws IndexOutOfBoundsException if there is no such partition
     * @throws IllegalStateException if the log is closed
     */
    CompletableFuture<Appended> append(int partition, Entry entry);

    /**
     * Opens a reader whose first record is the one that holds {@code offset} (which may be in its middle), or the first one
     * after it. The offset is checked when the reader is first asked for a record.
     */
    LogReader read(int partition, long offset);

    /** The least offset that can be read; {@link #endOffset} if there is none. */
    long firstOffset(int partition);

    /** The offset behind the last record that can be read. */
    long endOffset(int partition);

    /**
     * The offset of the first record with a receive time of at least {@code receiveMillis}; the {@linkplain #endOffset end} if
     * there is none.
     */
    long offsetAt(int partition, long receiveMillis);

    /**
     * Deletes old records as far as the log's retention says, but none at {@code floor} or behind it, and only so much at a
     * time. There is no other deletion: whoever calls this knows the positions that are still needed.
     *
     * @param floor the least offset that anybody may still read: of the two newest valid checkpoints, and writers' cursors
     * @param nowMillis the time against which retention by time holds receive times
     * @return the {@linkplain #firstOffset first offset} that is left
     */
    long expire(int partition, long floor, long nowMillis);

    /** Makes durable what was appended, then closes; open readers end with an error. */
    @Override
    void close();
}
