package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;

/**
 * How many values each bucket holds, for at most a limit's number of buckets: those from the greatest that was ever used
 * downwards. What belongs to a lower bucket is counted in the lowest of these.
 *
 * <p>That rule is free of order: the greatest bucket only rises, and what was moved up to the lowest kept bucket is moved
 * on just as it would have been from where it came from.
 */
final class BucketCounts {
    private static final int LENGTH_MIN = 16;
    /** More than any double's bucket, of either sign. */
    private static final int BUCKET_MAX = 1 << 20;

    private final int bucketsMax;
    /** The count of bucket {@code first + i}; never covers a bucket below the lowest that is kept. */
    private long[] counts = {};

    private int first;
    /** The greatest bucket used; undefined while {@code counts} is empty. */
    private int last;

    private boolean merged;

    BucketCounts(int bucketsMax) {
        this.bucketsMax = bucketsMax;
    }

    void add(int bucket) {
        int index = bucket - first;
        if (index >= 0 && index < counts.length && bucket <= last) {
            counts[index]++;
        } else {
            add(bucket, 1);
        }
    }

    void add(int bucket, long count) {
        if (counts.length == 0) {
            counts = new long[Math.min(LENGTH_MIN, bucketsMax)];
            first = bucket - counts.length / 2;
            last = bucket;
            dropBelow(lowest());
        } else if (bucket > last) {
            last = bucket;
            dropBelow(lowest());
        }
        int kept = Math.max(bucket, lowest());
        merged |= kept != bucket;
        cover(kept);
        counts[kept - first] += count;
    }

    private int lowest() {
        return last - bucketsMax + 1;
    }

    /** Moves what stands below a bucket into it. */
    private void dropBelow(int bucket) {
        if (first >= bucket) {
            return;
        }
        long moved = 0;
        int end = Math.min(bucket - first, counts.length);
        for (int i = 0; i < end; i++) {
            moved += counts[i];
        }
        counts = end < counts.length
                ? Arrays.copyOfRange(counts, end, counts.length)
                : new long[Math.min(LENGTH_MIN, bucketsMax)];
        first = bucket;
        counts[0] += moved;
        merged |= moved > 0;
    }

    /** Makes the counts reach a bucket, which is at or above the lowest kept one, and some further. */
    private void cover(int bucket) {
        int length = counts.length;
        if (bucket < first) {
            int newFirst = Math.max(lowest(), bucket - length / 2);
            long[] grown = new long[length + first - newFirst];
            System.arraycopy(counts, 0, grown, first - newFirst, length);
            counts = grown;
            first = newFirst;
        } else if (bucket >= first + length) {
            counts = Arrays.copyOf(counts, bucket - first + 1 + Math.min(length / 2, bucketsMax));
        }
    }

    /** Whether any value was counted in another bucket than its own; as free of order as the counts. */
    boolean isMerged() {
        return merged;
    }

    void add(BucketCounts other) {
        merged |= other.merged;
        for (int i = other.counts.length - 1; i >= 0; i--) {
            if (other.counts[i] != 0) {
                add(other.first + i, other.counts[i]);
            }
        }
    }

    /** How many values there are. */
    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The bucket of the value of a rank from 1 to {@link #total}, counted from the least bucket. */
    int bucketOfRank(long rank) {
        long rest = rank;
        for (int i = 0; i < counts.length; i++) {
            rest -= counts[i];
            if (rest <= 0) {
                return first + i;
            }
        }
        throw new IllegalArgumentException("rank: " + rank + " (expected: 1 to " + total() + ")");
    }

    /** Equal counts give equal bytes. */
    void write(ByteWriter out) {
        int start = 0;
        while (start < counts.length && counts[start] == 0) {
            start++;
        }
        int end = counts.length == 0 ? 0 : last - first + 1;
        out.writeVarLong(end - start);
        if (start < end) {
            out.writeBoolean(merged);
            out.writeZigZag(last);
            for (int i = end - 1; i >= start; i--) {
                out.writeVarLong(counts[i]);
            }
        }
    }

    void addFrom(ByteReader in) {
        int length = in.readCount();
        if (length == 0) {
            return;
        }
        if (length > bucketsMax) {
            throw Corrupt.at(in, length + " buckets (expected: <= " + bucketsMax + ")");
        }
        merged |= in.readBoolean();
        long greatest = in.readZigZag();
        if (Math.abs(greatest) > BUCKET_MAX) {
            throw Corrupt.at(in, "bucket " + greatest);
        }
        for (int i = 0; i < length; i++) {
            long count = in.readVarLong();
            if (count != 0) {
                add((int) greatest - i, count);
            }
        }
    }

    long retainedBytes() {
        return 48 + (long) Long.BYTES * counts.length;
    }
}
