package io.tidewatch.server.job;

import io.tidewatch.server.log.LogSink;
import io.tidewatch.server.output.ResultRow;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

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

    /** Gives the rows of windows that are open when nothing more comes, as they are, not final. */
    void showOpen();

    /**
     * Shows rows of windows that are open, as they were at the last epoch; nothing else about the job is changed by it.
     *
     * @param rowsPerMonitor how many rows of a monitor at most; those whose windows end first are taken
     * @return of each monitor that has more rows, how many more
     */
    Map<String, Long> early(int rowsPerMonitor, Consumer<ResultRow> rows);

    /** What was set aside so far. */
    JobCounts counts();

    @Override
    void close();
}
