package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.RowCodec;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A row of a window with its place, ordered by (event time, partition, offset, bytes).
 *
 * <p>Its bytes are the arguments of ROWS, each as {@link RowCodec} writes it. They are not copied and not to be changed.
 */
public final class KeptRow implements Comparable<KeptRow> {
    private static final Comparator<KeptRow> ORDER = Comparator.comparingLong(KeptRow::eventTime)
            .thenComparingInt(KeptRow::partition)
            .thenComparingLong(KeptRow::offset)
            .thenComparing(KeptRow::bytes, Arrays::compareUnsigned);

    private final long eventTime;
    private final int partition;
    private final long offset;
    private final byte[] bytes;

    KeptRow(long eventTime, int partition, long offset, byte[] bytes) {
        this.eventTime = eventTime;
        this.partition = partition;
        this.offset = offset;
        this.bytes = bytes;
    }

    static KeptRow read(ByteReader in) {
        return new KeptRow(in.readLong(), (int) in.readZigZag(), in.readZigZag(), in.readSlice());
    }

    void write(ByteWriter out) {
        out.writeLong(eventTime);
        out.writeZigZag(partition);
        out.writeZigZag(offset);
        out.writeSlice(bytes);
    }

    public long eventTime() {
        return eventTime;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(KeptRow other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptRow row && compareTo(row) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * eventTime + offset) + partition;
    }

    @Override
    public String toString() {
        return "row at " + eventTime + " of partition " + partition + ", offset " + offset;
    }
}
