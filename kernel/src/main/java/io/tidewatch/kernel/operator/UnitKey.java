package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;

/**
 * What partial aggregates belong to: a pane, whose rows are on time for every window it is in, or one window, for rows that
 * are late for others or amend it.
 *
 * @param pane whether it is a pane; where windows are inherited, a stretch of sessions that lacks rows
 * @param start of the pane or window, milliseconds since the epoch
 * @param end likewise
 * @param revision the bucket: 0 for rows on time, k ≥ 1 for rows that amend the window; 0 for panes
 */
record UnitKey(boolean pane, long start, long end, int revision) {
    void write(ByteWriter out) {
        out.writeBoolean(pane);
        out.writeZigZag(start);
        out.writeZigZag(end - start);
        out.writeVarLong(revision);
    }

    static UnitKey read(ByteReader in) {
        boolean pane = in.readBoolean();
        long start = in.readZigZag();
        long end = start + in.readZigZag();
        return new UnitKey(pane, start, end, in.readCount());
    }
}
