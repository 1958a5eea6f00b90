package io.tidewatch.server.output;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A row that a monitor gave. It may read what it is asked for from where it stands, each time anew; a {@link CopiedRow}
 * stands for itself, and is equal to those that say the same.
 */
public interface ResultRow {
    /** The name of its monitor. */
    String monitor();

    /** Not to be changed; its elements may be made when they are asked for. */
    List<NamedValue> key();

    /**
     * The canonical bytes of the key, by which rows are told apart whose key shows the same: those of different branches or
     * grouping sets, and those that stand for keys beyond a limit. Not to be read from where they stand.
     */
    ByteBuffer keyBytes();

    /** Milliseconds since the epoch; the event time for a row without a window. */
    long windowStart();

    /** As {@link #windowStart}. */
    long windowEnd();

    /** As {@link #key}. */
    List<NamedValue> values();

    /** 0 for the first result of a window, k ≥ 1 for its amendments. */
    int revision();

    /** False for what may still change: a window that was shown before its end. */
    boolean isFinal();

    /** Whether an amendment removed the row. */
    boolean withdrawn();

    /** Whether the row stands for all keys beyond a limit. */
    boolean overflow();

    /** Whether a limit made an aggregate of the row an estimate or a part. */
    boolean approximate();

    /** Whether rows that it may be made of are missing. */
    boolean incomplete();
}
