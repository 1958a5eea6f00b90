package io.tidewatch.alerting;

import io.tidewatch.kernel.aggregate.Exemplar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a monitor with its conditions evaluated. They are read during the call that they are handed to, and only as far
 * as they matter.
 */
public interface AlertRows {
    int rowCount();

    /** The key; its key group too, which for an {@link Observation#OVERFLOW} row is all that matters. */
    AlertKey key(int row);

    Observation observation(int row);

    /** Whether {@code when} is TRUE; asked only of rows that are {@link Observation#SHOWN}. */
    boolean isWhen(int row);

    /** Whether {@code clear} is TRUE; asked only of rows that are shown, of monitors that have one. */
    boolean isClear(int row);

    /** The start of the row's window, or its event time if it has none; milliseconds since the epoch. */
    long windowStart(int row);

    /** The end of the row's window, or its event time if it has none; milliseconds since the epoch. */
    long windowEnd(int row);

    /**
     * When the key was last seen: the end of the last pane that held one of its rows on time; without panes, the end of the
     * window, or the event time.
     */
    long seenUntil(int row);

    /** The place among the rows of the same key and time, from 0, for rows without a window; 0 for others. */
    long ordinal(int row);

    /** The value of a column of {@link AlertSpec#values}, in the form of {@code Values.get}. */
    @Nullable
    Object value(int row, int column);

    /** What is to be known about the values of the row. */
    Marks marks(int row);

    /** The positions of the rows that went into the row's window; may be empty. */
    List<PositionRange> positions(int row);

    List<Exemplar> exemplars(int row);
}
