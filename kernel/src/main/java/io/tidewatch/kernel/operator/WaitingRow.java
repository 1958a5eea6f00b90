package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Hash;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A projected row on its way through the exchange, and while it waits for its window to close.
 *
 * @param inLog whether it is a row of the log itself, and not made by a link
 * @param positions the places in the log of what went into it; empty if nobody asks
 * @param visible false if HAVING or a top-N removed it, so that only alerts see it
 * @param approximate whether it is {@link LinkRows#APPROXIMATE}
 * @param input which input of the link it came from
 * @param start of its window, or its event time without one
 * @param end likewise
 * @param partition where it stands in the log
 * @param offset likewise
 * @param route the bytes whose hash decides who owns the row: its key, the partition of a top-N, the key of a join
 * @param key the canonical bytes of its own key
 * @param rowHash for exemplars
 * @param values the projected row, as {@code RowCodec} writes it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by the comparator below only.
record WaitingRow(
        boolean inLog,
        PositionRanges positions,
        boolean visible,
        boolean approximate,
        int input,
        long start,
        long end,
        int partition,
        long offset,
        byte[] route,
        byte[] key,
        long rowHash,
        byte[] values) {
    private static final int MARK_VISIBLE = 1;
    private static final int MARK_APPROXIMATE = 2;

    /** The order in which rows of one window come out: by key, then by place in the log, then as they are. */
    static final Comparator<WaitingRow> ORDER = Comparator.<WaitingRow, byte[]>comparing(
                    WaitingRow::key, Arrays::compareUnsigned)
            .thenComparingInt(WaitingRow::partition)
            .thenComparingLong(WaitingRow::offset)
            .thenComparing(WaitingRow::values, Arrays::compareUnsigned);

    /** Its window, or its time without one. */
    WaitingWindow window() {
        return new WaitingWindow(start, end);
    }

    /** The row as its own only exemplar, in the form of the EXEMPLARS aggregate; none if it is not in the log. */
    byte[] exemplar() {
        ByteWriter out = new ByteWriter(32);
        if (!inLog) {
            out.writeByte(0);
            return out.copyBytes();
        }
        out.writeByte(1);
        out.writeLong(rowHash);
        out.writeZigZag(partition);
        out.writeZigZag(offset);
        return out.copyBytes();
    }

    long routeHash() {
        return Hash.of(route, 0, route.length);
    }

    /** Writes the row, behind a mark of the caller's. */
    void write(ByteWriter out) {
        out.writeBoolean(inLog);
        positions.write(out);
        out.writeByte((visible ? MARK_VISIBLE : 0) | (approximate ? MARK_APPROXIMATE : 0));
        out.writeVarLong(input);
        out.writeZigZag(start);
        out.writeZigZag(end - start);
        out.writeVarLong(partition);
        out.writeZigZag(offset);
        out.writeSlice(route);
        out.writeSlice(key);
        out.writeLong(rowHash);
        out.writeSlice(values);
    }

    /** Reads what {@link #write} wrote, behind the mark. */
    static WaitingRow read(ByteReader in) {
        boolean inLog = in.readBoolean();
        PositionRanges positions = new PositionRanges();
        positions.addFrom(in);
        int marks = in.readByte();
        int input = in.readCount();
        long start = in.readZigZag();
        long end = start + in.readZigZag();
        return new WaitingRow(
                inLog,
                positions,
                (marks & MARK_VISIBLE) != 0,
                (marks & MARK_APPROXIMATE) != 0,
                input,
                start,
                end,
                in.readCount(),
                in.readZigZag(),
                in.readSlice(),
                in.readSlice(),
                in.readLong(),
                in.readSlice());
    }
}
