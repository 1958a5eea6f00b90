package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A window that lacks rows: keys were folded into an overflow row, or rows could not be computed, in the link itself or in
 * one that it reads. What has no row in it is neither absent nor without data.
 *
 * @param start of the window, or its event time if it has none; milliseconds since the epoch
 * @param end likewise
 * @param stretch whether it is no window but a stretch of event time of sessions: keys were folded between its start and its
 *     end, and what lacks rows are all windows that overlap it. It is told before the rows of sessions that end in it.
 * @param inherited whether rows are missing in a link that is read, so that any key may lack them; otherwise only keys of
 *     the key groups named here do
 * @param lowKeyGroups the key groups 0 to 63 of which keys were folded, a bit each
 * @param highKeyGroups the key groups 64 to 127 likewise; without any, rows could not be computed
 */
public record IncompleteWindow(
        long start,
        long end,
        boolean stretch,
        boolean inherited,
        long lowKeyGroups,
        long highKeyGroups) {
    /** A window in which a row could not be computed. */
    static IncompleteWindow failed(long start, long end) {
        return new IncompleteWindow(start, end, false, false, 0, 0);
    }

    /** A window that lacks rows because a link that is read does. */
    static IncompleteWindow inherited(long start, long end) {
        return new IncompleteWindow(start, end, false, true, 0, 0);
    }

    /** A window in which keys of a key group were folded. */
    static IncompleteWindow folded(long start, long end, int keyGroup) {
        return keyGroup < Long.SIZE
                ? new IncompleteWindow(start, end, false, false, 1L << keyGroup, 0)
                : new IncompleteWindow(start, end, false, false, 0, 1L << (keyGroup - Long.SIZE));
    }

    /** Whether a key of a key group that has no row may lack one. */
    public boolean concerns(int keyGroup) {
        return inherited || isFolded(keyGroup);
    }

    /** Whether keys of a key group were folded. */
    public boolean isFolded(int keyGroup) {
        long groups = keyGroup < Long.SIZE ? lowKeyGroups : highKeyGroups;
        return (groups >>> keyGroup & 1) != 0;
    }

    /** The key groups of which keys were folded, ascending. */
    public IntStream foldedKeyGroups() {
        return IntStream.range(0, KeyGroups.COUNT).filter(this::isFolded);
    }

    /** The event time of the rows that are missing. */
    long eventTime() {
        return start == end ? end : end - 1;
    }

    /** The same for another window, in which the rows of this one would be. */
    IncompleteWindow in(long otherStart, long otherEnd) {
        return new IncompleteWindow(
                otherStart, otherEnd, false, inherited, lowKeyGroups, highKeyGroups);
    }

    /** The same as a stretch. */
    IncompleteWindow asStretch(long otherStart, long otherEnd) {
        return new IncompleteWindow(
                otherStart, otherEnd, true, inherited, lowKeyGroups, highKeyGroups);
    }

    /** What one window lacks, said twice. */
    static @Nullable IncompleteWindow or(
            @Nullable IncompleteWindow left, @Nullable IncompleteWindow right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.with(right);
    }

    /** This window, which also lacks what another lacks. */
    IncompleteWindow with(IncompleteWindow other) {
        return new IncompleteWindow(
                start,
                end,
                stretch,
                inherited || other.inherited,
                lowKeyGroups | other.lowKeyGroups,
                highKeyGroups | other.highKeyGroups);
    }

    /** Writes what a window lacks because links that are read do, if anything; without the window itself. */
    static void write(@Nullable IncompleteWindow incomplete, ByteWriter out) {
        out.writeBoolean(incomplete != null);
        if (incomplete != null) {
            out.writeLong(incomplete.lowKeyGroups);
            out.writeLong(incomplete.highKeyGroups);
        }
    }

    /** Reads what {@link #write} wrote of a window. */
    static @Nullable IncompleteWindow read(long start, long end, ByteReader in) {
        return in.readBoolean()
                ? new IncompleteWindow(start, end, false, true, in.readLong(), in.readLong())
                : null;
    }
}
