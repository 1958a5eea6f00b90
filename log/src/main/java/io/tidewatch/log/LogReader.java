package io.tidewatch.log;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Reads one partition of a log in order, and follows its end. For one thread. */
public interface LogReader extends Closeable {
    /**
     * The next record, or null at the end of what can be read now.
     *
     * @throws OffsetGoneException if it was deleted, or is beyond the end of the log
     * @throws io.tidewatch.kernel.error.TidewatchException {@code LOG_CORRUPT} if it is damaged, {@code IO_FAILED} if it cannot
     *     be read, {@code LIMIT_REACHED} if too many segments are open. The reader stands where it stood, and may be asked again;
     *     so, too, when its thread was interrupted while it read, which is {@code IO_FAILED}
     */
    @Nullable
    LogRecord next();

    /** Where the next record begins, or a later one if there is a gap. */
    long offset();

    /**
     * Waits until there is a record, at most for a time; gives whether there is one.
     *
     * @throws InterruptedException if the thread was interrupted; the reader can be used on
     */
    boolean await(long millis) throws InterruptedException;

    @Override
    void close();
}
