package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;

/** The least and the greatest offset per partition of the rows that went into something. */
public final class PositionRanges {
    /** No positions; nothing may be added. */
    public static final PositionRanges NONE = new PositionRanges();

    private int size;
    private int[] partitions = new int[1];
    private long[] least = new long[1];
    private long[] greatest = new long[1];

    /** How many partitions there are. */
    public int size() {
        return size;
    }

    /** The partitions ascend by number. */
    public int partition(int index) {
        return partitions[index];
    }

    public long least(int index) {
        return least[index];
    }

    public long greatest(int index) {
        return greatest[index];
    }

    public void add(int partition, long leastOffset, long greatestOffset) {
        int index = Arrays.binarySearch(partitions, 0, size, partition);
        if (index >= 0) {
            least[index] = Math.min(least[index], leastOffset);
            greatest[index] = Math.max(greatest[index], greatestOffset);
            return;
        }
        insert(~index, partition, leastOffset, greatestOffset);
    }

    public void addAll(PositionRanges other) {
        for (int i = 0; i < other.size; i++) {
            add(other.partitions[i], other.least[i], other.greatest[i]);
        }
    }

    /** About how many bytes of memory this takes. */
    public long retainedBytes() {
        return 64 + 20L * partitions.length;
    }

    /** Writes a count, then each partition. */
    public void write(ByteWriter out) {
        out.writeVarLong(size);
        for (int i = 0; i < size; i++) {
            out.writeVarLong(partitions[i]);
            out.writeZigZag(least[i]);
            out.writeZigZag(greatest[i]);
        }
    }

    /** Adds what {@link #write} wrote. */
    public void addFrom(ByteReader in) {
        int count = in.readCount();
        for (int i = 0; i < count; i++) {
            int partition = in.readCount();
            long leastOffset = in.readZigZag();
            add(partition, leastOffset, in.readZigZag());
        }
    }

    private void insert(int index, int partition, long leastOffset, long greatestOffset) {
        if (size == partitions.length) {
            partitions = Arrays.copyOf(partitions, 2 * size);
            least = Arrays.copyOf(least, 2 * size);
            greatest = Arrays.copyOf(greatest, 2 * size);
        }
        System.arraycopy(partitions, index, partitions, index + 1, size - index);
        System.arraycopy(least, index, least, index + 1, size - index);
        System.arraycopy(greatest, index, greatest, index + 1, size - index);
        partitions[index] = partition;
        least[index] = leastOffset;
        greatest[index] = greatestOffset;
        size++;
    }
}
