package io.tidewatch.server.output;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A row that a monitor gave.
 *
 * @param key not to be changed, as {@code values}; both may be lists whose elements are made when they are asked for
 * @param keyBytes the canonical bytes of the key, by which rows are told apart whose key shows the same: those of different
 *     branches or grouping sets, and those that stand for keys beyond a limit. Not to be read from where they stand
 * @param windowStart with {@code windowEnd}, milliseconds since the epoch; both the event time for a row without a window
 * @param revision 0 for the first result of a window, k ≥ 1 for its amendments
 * @param isFinal false for what may still change: a window that was shown before its end
 * @param withdrawn whether an amendment removed the row
 * @param overflow whether the row stands for all keys beyond a limit
 * @param approximate whether a limit made an aggregate of the row an estimate or a part
 * @param incomplete whether rows that it may be made of are missing
 */
public record ResultRow(
        String monitor,
        List<NamedValue> key,
        ByteBuffer keyBytes,
        long windowStart,
        long windowEnd,
        List<NamedValue> values,
        int revision,
        boolean isFinal,
        boolean withdrawn,
        boolean overflow,
        boolean approximate,
        boolean incomplete) {}
