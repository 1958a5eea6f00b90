package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Comparator;

/**
 * A window whose rows wait for one another, or a millisecond of rows without windows; ordered by when it is due.
 *
 * @param start of the window, or the time of its rows
 * @param end likewise
 */
record WaitingWindow(long start, long end) implements Comparable<WaitingWindow> {
    private static final Comparator<WaitingWindow> ORDER = Comparator.comparingLong(
                    WaitingWindow::dueTime)
            .thenComparingLong(WaitingWindow::end)
            .thenComparingLong(WaitingWindow::start);

    /** The watermark at which all rows of the window are there. */
    long dueTime() {
        return start == end ? end + 1 : end;
    }

    /** Writes what the window lacks, behind a mark of the caller's. */
    void write(IncompleteWindow incomplete, ByteWriter out) {
        out.writeZigZag(start);
        out.writeZigZag(end - start);
        IncompleteWindow.write(incomplete, out);
    }

    /** Reads what {@link #write} wrote, behind the mark. */
    static IncompleteWindow readIncomplete(ByteReader in) {
        long start = in.readZigZag();
        long end = start + in.readZigZag();
        return requireNonNull(IncompleteWindow.read(start, end, in), "incomplete");
    }

    @Override
    public int compareTo(WaitingWindow other) {
        return ORDER.compare(this, other);
    }
}
