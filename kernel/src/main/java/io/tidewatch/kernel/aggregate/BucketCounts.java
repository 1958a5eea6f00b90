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
    /**
     * The count of bucket {@code first + i}; never covers a bucket below the lowest that is kept. Empty once a count is too
     * great for it.
     */
    private char[] small = {};

    /** Likewise, from then on. */
    private long[] large = {};

    private int first;
    /** The greatest bucket used; undefined while there are no counts. */
    private int last;

    private boolean merged;

    BucketCounts(int bucketsMax) {
        this.bucketsMax = bucketsMax;
    }

    void add(int bucket) {
        int index = bucket - first;
        char[] counts = small;
        if (index >= 0
                && index < counts.length
                && bucket <= last
                && counts[index] < Character.MAX_VALUE) {
            counts[index]++;
        } else if (index >= 0 && index < large.length && bucket <= last) {
            large[index]++;
        } else {
            add(bucket, 1);
        }
    }

    void add(int bucket, long count) {
        if (length() == 0) {
            small = new char[Math.min(LENGTH_MIN, bucketsMax)];
            first = bucket - small.length / 2;
            last = bucket;
            dropBelow(lowest());
        } else if (bucket > last) {
            last = bucket;
            dropBelow(lowest());
        }
        int kept = Math.max(bucket, lowest());
        merged |= kept != bucket;
        cover(kept);
        increase(kept - first, count);
    }

    private int length() {
        return Math.max(small.length, large.length);
    }

    private long count(int index) {
        return large.length > 0 ? large[index] : small[index];
    }

    private void increase(int index, long count) {
        if (large.length == 0 && count <= Character.MAX_VALUE - small[index]) {
            small[index] += (char) count;
            return;
        }
        if (large.length == 0) {
            long[] widened = new long[small.length];
            Arrays.setAll(widened, i -> small[i]);
            large = widened;
            small = new char[0];
        }
        large[index] += count;
    }

    /** Moves the counts from an index on to another, in arrays of another length. */
    private void move(int from, int to, int length) {
        int kept = Math.min(length() - from, length - to);
        if (large.length > 0) {
            long[] moved = new long[length];
            System.arraycopy(large, from, moved, to, kept);
            large = moved;
        } else {
            char[] moved = new char[length];
            System.arraycopy(small, from, moved, to, kept);
            small = moved;
        }
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
        int end = Math.min(bucket - first, length());
        for (int i = 0; i < end; i++) {
            moved += count(i);
        }
        move(end, 0, end < length() ? length() - end : Math.min(LENGTH_MIN, bucketsMax));
        first = bucket;
        increase(0, moved);
        merged |= moved > 0;
    }

    /** Makes the counts reach a bucket, which is at or above the lowest kept one, and some further. */
    private void cover(int bucket) {
        int length = length();
        if (bucket < first) {
            int newFirst = Math.max(lowest(), bucket - length / 2);
            move(0, first - newFirst, length + first - newFirst);
            first = newFirst;
        } else if (bucket >= first + length) {
            move(0, 0, bucket - first + 1 + Math.min(length / 2, bucketsMax));
        }
    }

    /** Whether any value was counted in another bucket than its own; as free of order as the counts. */
    boolean isMerged() {
        return merged;
    }

    void add(BucketCounts other) {
        merged |= other.merged;
        for (int i = other.length() - 1; i >= 0; i--) {
            if (other.count(i) != 0) {
                add(other.first + i, other.count(i));
            }
        }
    }

    /** How many values there are. */
    long total() {
        long total = 0;
        for (int i = 0; i < length(); i++) {
            total += count(i);
        }
        return total;
    }

    /** The bucket of the value of a rank from 1 to {@link #total}, counted from the least bucket. */
    int bucketOfRank(long rank) {
        long rest = rank;
        for (int i = 0; i < length(); i++) {
            rest -= count(i);
            if (rest <= 0) {
                return first + i;
            }
        }
        throw new IllegalArgumentException("rank: " + rank + " (expected: 1 to " + total() + ")");
    }

    /** Equal counts give equal bytes. */
    void write(ByteWriter out) {
        int start = 0;
        while (start < length() && count(start) == 0) {
            start++;
        }
        int end = length() == 0 ? 0 : last - first + 1;
        out.writeVarLong(end - start);
        if (start < end) {
            out.writeBoolean(merged);
            out.writeZigZag(last);
            for (int i = end - 1; i >= start; i--) {
                out.writeVarLong(count(i));
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
        return 72 + (long) Character.BYTES * small.length + (long) Long.BYTES * large.length;
    }
}
