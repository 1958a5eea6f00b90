package io.tidewatch.server.job;

import io.tidewatch.server.log.LogSink;
import java.util.OptionalLong;

/**
 * The monitors of a configuration, running. Records are given to it as to a log sink; what becomes due comes out at the next
 * {@link #epoch} or at {@link #finish}, in an order that does not depend on where epochs end. For one thread, but for
 * {@link #together}.
 */
public interface Job extends LogSink, AutoCloseable {
    /** Says, before anything is given, where the input will be finished: nothing that ends later is closed. */
    void endAt(long untilMillis);

    /** On how many threads it works. */
    int threadCount();

    /**
     * Does a task on all threads of the job at once and waits for all of them. What it gives to the job is worked on by the
     * thread that gives it, before the call returns: of one partition by one thread at a time, in order.
     */
    void together(Runnable task);

    /** Works on what was given and gives what is due. */
    void epoch();

    /**
     * Ends the input: everything due up to the end comes out, and windows that end later are shown as they are.
     *
     * @param untilMillis the event time at which the input ends; the end of the last window with a row if empty
     */
    void finish(OptionalLong untilMillis);

    /** Gives the rows of windows that are open, as they are, not final. */
    void showOpen();

    /** What was set aside so far. */
    JobCounts counts();

    @Override
    void close();
}
