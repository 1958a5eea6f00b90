package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many values each bucket of each slot holds, for at most a limit's number of buckets per slot: those from the greatest
 * that was ever used downwards. What belongs to a lower bucket is counted in the lowest of these.
 *
 * <p>That rule is free of order: the greatest bucket only rises, and what was moved up to the lowest kept bucket is moved
 * on just as it would have been from where it came from.
 */
final class BucketCounts {
    /*
     * The counters of all slots stand in one array, those of a slot behind one another with room to grow. A slot that needs
     * more room than it has moves to the end of the array. When the array is full, all slots move to another one, half as long
     * again as what they need, and leave behind what none has any more: so each counter is moved a bounded number of times.
     *
     * A counter has two bytes. What it has passed on, in units of 2^16, stands in an array of the slot that exists only where
     * there is such.
     */
    private static final int LENGTH_MIN = 16;
    private static final int COUNTERS_MAX = 1 << 30;
    private static final int COUNTER_BITS = 16;
    /** How many rows are looked at before their counters are. */
    private static final int BLOCK = 256;

    /** What stands in the places of a slot. The least of its buckets whose numbers are told by the bits of a value. */
    private static final int LEAST_NORMAL = 0;
    /** The bucket behind the greatest one used. */
    private static final int END = 1;
    /** What the number of a bucket is less than the index of its counter. */
    private static final int OFFSET = 2;
    /** The lowest bucket that has a counter. */
    private static final int FIRST = 3;

    private static final int PLACE_BITS = 2;

    private final int bucketsMax;
    private int[] found = {};
    private int[] places = {};
    /** How many counters a slot has, those from {@link #END} on for later. */
    private int[] rooms = {};

    private boolean[] merged = {};
    private char[] counters = {};
    private long @Nullable [] @Nullable [] carries;
    /** Where the counters begin that no slot has had. */
    private int unused;

    /** How many counters slots have now. */
    private int owned;

    /** What takes the values that are not simply counted. */
    @FunctionalInterface
    interface Remainder {
        void add(int slot, double value);
    }

    BucketCounts(int bucketsMax) {
        this.bucketsMax = bucketsMax;
    }

    void ensureSlots(int slots) {
        if (slots > rooms.length) {
            int capacity = Slots.capacity(rooms.length, slots);
            places = Arrays.copyOf(places, capacity << PLACE_BITS);
            rooms = Arrays.copyOf(rooms, capacity);
            merged = Arrays.copyOf(merged, capacity);
            if (carries != null) {
                carries = Arrays.copyOf(carries, capacity);
            }
        }
    }

    /**
     * Counts values that are positive, normal numbers of buckets that their slots have, and hands on all others, which may be
     * added to this as well.
     *
     * @param rows which rows; {@code null} for the first ones
     */
    void addAll(
            double[] values, int @Nullable [] rows, int size, int[] slots, Remainder remainder) {
        if (found.length == 0) {
            found = new int[BLOCK];
        }
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            int usual = find(values, rows, from, to, slots);
            for (int full = countFound(0, usual);
                    full < usual;
                    full = countFound(full + 1, usual)) {
                carry(found[full], rows, from, to, slots);
            }
            for (int i = BLOCK - (to - from - usual); i < BLOCK; i++) {
                int row = found[i];
                remainder.add(slots[row], values[row]);
            }
        }
    }

    /**
     * Finds the counters of some rows, so that none has to wait for another on its way from memory.
     *
     * @return how many there are at the beginning of {@link #found}; at its end are the rows that have none
     */
    private int find(double[] values, int @Nullable [] rows, int from, int to, int[] slots) {
        int[] p = places;
        int[] f = found;
        int usual = 0;
        int other = BLOCK;
        for (int i = from; i < to; i++) {
            int row = rows == null ? i : rows[i];
            // Beyond all buckets where the value is negative, infinite or NaN; below LEAST_NORMAL
            // where it is zero or subnormal.
            int bucket = (int) (Double.doubleToRawLongBits(values[row]) >>> QuantileBuckets.SHIFT);
            int place = slots[row] << PLACE_BITS;
            if (bucket >= p[place + LEAST_NORMAL] && bucket < p[place + END]) {
                f[usual++] = bucket + p[place + OFFSET];
            } else {
                f[--other] = row;
            }
        }
        return usual;
    }

    /** Raises counters that were found, up to one that becomes zero by it, whose place in {@link #found} is the result. */
    private int countFound(int from, int to) {
        char[] c = counters;
        int[] f = found;
        for (int i = from; i < to; i++) {
            int index = f[i];
            char count = (char) (c[index] + 1);
            c[index] = count;
            if (count == 0) {
                return i;
            }
        }
        return to;
    }

    /** Carries for a counter of one of the slots of some rows. */
    private void carry(int index, int @Nullable [] rows, int from, int to, int[] slots) {
        for (int i = from; i < to; i++) {
            int slot = slots[rows == null ? i : rows[i]];
            int bucket = index - places[(slot << PLACE_BITS) + OFFSET];
            if (bucket >= first(slot) && bucket < end(slot)) {
                carry(slot, bucket, 1);
                return;
            }
        }
    }

    void add(int slot, int bucket, long count) {
        if (rooms[slot] == 0) {
            int room = Math.min(LENGTH_MIN, bucketsMax);
            move(slot, bucket - room / 2, bucket + 1, room);
        } else if (bucket >= end(slot)) {
            raise(slot, bucket + 1);
        }
        int kept = Math.max(bucket, end(slot) - bucketsMax);
        merged[slot] |= kept != bucket;
        if (kept < first(slot)) {
            lower(slot, kept);
        }
        increase(slot, kept, count);
    }

    private int first(int slot) {
        return places[(slot << PLACE_BITS) + FIRST];
    }

    private int end(int slot) {
        return places[(slot << PLACE_BITS) + END];
    }

    private int index(int slot, int bucket) {
        return bucket + places[(slot << PLACE_BITS) + OFFSET];
    }

    private long count(int slot, int bucket) {
        long[] carried = carries == null ? null : carries[slot];
        long carry = carried == null ? 0 : carried[bucket - first(slot)];
        return (carry << COUNTER_BITS) + counters[index(slot, bucket)];
    }

    private void increase(int slot, int bucket, long count) {
        int index = index(slot, bucket);
        long sum = counters[index] + count;
        counters[index] = (char) sum;
        if (sum >> COUNTER_BITS != 0) {
            carry(slot, bucket, sum >> COUNTER_BITS);
        }
    }

    private void carry(int slot, int bucket, long count) {
        if (carries == null) {
            carries = new long[rooms.length][];
        }
        long[] carried = carries[slot];
        if (carried == null) {
            carried = new long[rooms[slot]];
            carries[slot] = carried;
        }
        carried[bucket - first(slot)] += count;
    }

    /** Makes the buckets of a slot reach up to a greater end, and drops those that are then too many. */
    private void raise(int slot, int end) {
        int first = Math.max(first(slot), end - bucketsMax);
        int length = end - first;
        if (first == first(slot) && length <= rooms[slot]) {
            places[(slot << PLACE_BITS) + END] = end;
        } else {
            move(slot, first, end, Math.min(bucketsMax, length + length / 2));
        }
    }

    /** Makes the buckets of a slot reach down to a lower one, which the limit allows, and some further. */
    private void lower(int slot, int bucket) {
        int end = end(slot);
        int first = Math.max(end - bucketsMax, bucket - (end - bucket) / 2);
        move(slot, first, end, end - first);
    }

    /** Gives a slot other counters, for {@code room} buckets from {@code first} on; what stands below moves into the first. */
    private void move(int slot, int first, int end, int room) {
        int base = allocate(room);
        int oldFirst = first(slot);
        int oldEnd = end(slot);
        int kept = Math.max(first, oldFirst);
        long below = 0;
        for (int bucket = oldFirst; bucket < Math.min(first, oldEnd); bucket++) {
            below += count(slot, bucket);
        }
        if (kept < oldEnd) {
            System.arraycopy(
                    counters, index(slot, kept), counters, base + kept - first, oldEnd - kept);
        }
        if (carries != null && carries[slot] != null) {
            long[] moved = new long[room];
            if (kept < oldEnd) {
                System.arraycopy(
                        carries[slot], kept - oldFirst, moved, kept - first, oldEnd - kept);
            }
            carries[slot] = moved;
        }
        owned -= rooms[slot];
        place(slot, first, end, base);
        rooms[slot] = room;
        if (below > 0) {
            merged[slot] = true;
            increase(slot, first, below);
        }
    }

    private void place(int slot, int first, int end, int base) {
        int place = slot << PLACE_BITS;
        places[place + LEAST_NORMAL] = Math.max(first, QuantileBuckets.NORMAL_MIN);
        places[place + END] = end;
        places[place + OFFSET] = base - first;
        places[place + FIRST] = first;
    }

    /** The index of the first of so many counters, which are zero and belong to no slot. */
    private int allocate(int room) {
        if (room > counters.length - unused) {
            long needed = (long) owned + room;
            if (needed > COUNTERS_MAX) {
                throw new TidewatchException(
                        ErrorCode.LIMIT_REACHED,
                        "percentiles of one window with " + needed + " buckets (expected: <= "
                                + COUNTERS_MAX
                                + "); lower keys_per_key_group or percentile_buckets");
            }
            long length = Math.max(places.length, needed + needed / 2);
            compact((int) Math.min(COUNTERS_MAX, length));
        }
        int base = unused;
        unused += room;
        owned += room;
        return base;
    }

    private void compact(int length) {
        char[] compacted = new char[length];
        unused = 0;
        for (int slot = 0; slot < rooms.length; slot++) {
            if (rooms[slot] > 0) {
                int first = first(slot);
                int end = end(slot);
                System.arraycopy(counters, index(slot, first), compacted, unused, end - first);
                place(slot, first, end, unused);
                unused += rooms[slot];
            }
        }
        counters = compacted;
    }

    void clear(int slot) {
        owned -= rooms[slot];
        rooms[slot] = 0;
        place(slot, 0, 0, 0);
        merged[slot] = false;
        if (carries != null) {
            carries[slot] = null;
        }
        if (owned == 0) {
            Arrays.fill(counters, 0, unused, (char) 0);
            unused = 0;
        }
    }

    /** Whether any value was counted in another bucket than its own; as free of order as the counts. */
    boolean isMerged(int slot) {
        return merged[slot];
    }

    void add(int slot, BucketCounts other, int otherSlot) {
        merged[slot] |= other.merged[otherSlot];
        int first = other.first(otherSlot);
        for (int bucket = other.end(otherSlot) - 1; bucket >= first; bucket--) {
            long count = other.count(otherSlot, bucket);
            if (count != 0) {
                add(slot, bucket, count);
            }
        }
    }

    boolean isEmpty(int slot) {
        return rooms[slot] == 0;
    }

    /** How many values there are. */
    long total(int slot) {
        long total = 0;
        for (int bucket = first(slot); bucket < end(slot); bucket++) {
            total += count(slot, bucket);
        }
        return total;
    }

    /** The bucket of the value of a rank from 1 to {@link #total}, counted from the least bucket. */
    int bucketOfRank(int slot, long rank) {
        long rest = rank;
        for (int bucket = first(slot); bucket < end(slot); bucket++) {
            rest -= count(slot, bucket);
            if (rest <= 0) {
                return bucket;
            }
        }
        throw new IllegalArgumentException(
                "rank: " + rank + " (expected: 1 to " + total(slot) + ")");
    }

    /** Equal counts give equal bytes: from the greatest bucket down, behind a zero how many more follow it. */
    void write(int slot, ByteWriter out) {
        int start = first(slot);
        int end = end(slot);
        while (start < end && count(slot, start) == 0) {
            start++;
        }
        out.writeVarLong(end - start);
        if (start < end) {
            out.writeBoolean(merged[slot]);
            out.writeZigZag(end - 1);
            writeCounts(slot, start, end - 1, out);
        }
    }

    private void writeCounts(int slot, int least, int greatest, ByteWriter out) {
        int bucket = greatest;
        while (bucket >= least) {
            long count = count(slot, bucket--);
            out.writeVarLong(count);
            if (count == 0) {
                int zeros = 0;
                while (count(slot, bucket) == 0) {
                    zeros++;
                    bucket--;
                }
                out.writeVarLong(zeros);
            }
        }
    }

    void addFrom(int slot, ByteReader in) {
        int length = in.readCount();
        if (length == 0) {
            return;
        }
        if (length > bucketsMax) {
            throw Corrupt.at(in, length + " buckets (expected: <= " + bucketsMax + ")");
        }
        merged[slot] |= in.readBoolean();
        long greatest = in.readZigZag();
        if (greatest < QuantileBuckets.MIN || greatest > QuantileBuckets.MAX) {
            throw Corrupt.at(in, "bucket " + greatest);
        }
        for (long i = 0; i < length; i++) {
            long count = in.readVarLong();
            if (count == 0) {
                i += in.readCount();
            } else if (count < 0 || greatest - i < QuantileBuckets.MIN) {
                throw Corrupt.at(in, count + " values in bucket " + (greatest - i));
            } else {
                add(slot, (int) (greatest - i), count);
            }
        }
    }

    long retainedBytes() {
        long bytes = (long) Integer.BYTES * (places.length + rooms.length + found.length)
                + merged.length
                + (long) Character.BYTES * counters.length;
        if (carries != null) {
            bytes += (long) Integer.BYTES * carries.length;
            for (long[] carried : carries) {
                bytes += carried == null ? 0 : (long) Long.BYTES * carried.length;
            }
        }
        return bytes;
    }
}
