package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.IndexSort;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.state.KeySlices;
import io.tidewatch.kernel.state.KeySlots;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of the keys of one unit (pane or window), with the limit on keys per key group.
 *
 * <p>The limit is free of order: the {@code keysMax} keys with the smallest hash of a key group stay (ties by bytes), all
 * others are folded into the group's overflow row. Between calls of {@link #applyLimit} a group may hold up to twice as
 * many; because the keys seen only grow in number, who is folded early would be folded in the end as well.
 */
final class GroupTable {
    /** How long the key of an overflow row is. */
    private static final int OVERFLOW_LENGTH = 3;

    private static final int SAMPLED_SLOTS = 16;

    private final List<AggregateCall> calls;
    private final int keysMax;
    private KeySlots keys;
    private Accumulators[] accumulators;
    private int @Nullable [] keyCounts;
    private boolean trimmed;
    private boolean overLimit;
    private boolean farOverLimit;

    GroupTable(List<AggregateCall> calls, int keysMax) {
        this(calls, keysMax, new KeyTable());
    }

    /** Without groups, and with keys that are kept in the way of {@code keys}, of which there are none yet. */
    GroupTable(List<AggregateCall> calls, int keysMax, KeySlots keys) {
        this(calls, keysMax, keys, create(calls));
    }

    /** Wraps what was combined by other means: of keys within the limit, the aggregates by slot. */
    GroupTable(List<AggregateCall> calls, int keysMax, KeySlots keys, Accumulators[] accumulators) {
        this.calls = calls;
        this.keysMax = keysMax;
        this.keys = keys;
        this.accumulators = accumulators;
    }

    KeySlots keys() {
        return keys;
    }

    int size() {
        return keys.size();
    }

    Accumulators accumulators(int aggregate) {
        return accumulators[aggregate];
    }

    /** Per aggregate; not to be written to. */
    Accumulators[] accumulators() {
        return accumulators;
    }

    boolean isOverflow(int slot) {
        return isOverflow(keys.keyBytes(), keys.keyStart(slot), keys.keyLength(slot));
    }

    static boolean isOverflow(byte[] key, int start, int length) {
        return length == OVERFLOW_LENGTH && key[start] == -1 && key[start + 1] < 0;
    }

    /** The key of an overflow row of the first branch: bytes of which no {@code KeyEncoder} makes a key. */
    static byte[] overflowKey(int keyGroup) {
        return new byte[] {-1, -1, (byte) keyGroup};
    }

    /** Makes the key of an overflow row one of a later branch. */
    static void moveOverflow(byte[] key, int branches) {
        key[1] = (byte) (key[1] - branches);
    }

    /** The slot of a key, added if it is new. */
    int slotOf(byte[] key, int start, int length, long hash) {
        int before = keys.size();
        int slot = keys.slotOf(key, start, length, hash);
        if (slot == before) {
            added(before);
        }
        return slot;
    }

    /**
     * Reads entries and combines them: first all keys, as {@link #writeKey} writes them, then per aggregate what {@link
     * Accumulators#write} writes for all of them.
     *
     * @param read takes the keys
     */
    void combineEntries(int count, ByteReader in, KeySlices read) {
        read.read(count, in);
        int before = keys.size();
        keys.findAll(read);
        added(before);
        for (Accumulators each : accumulators) {
            each.combineAllFrom(read.slots(), count, in);
        }
    }

    /** Writes a key in the form of {@link KeySlices#read}. */
    static void writeKey(KeySlots keys, int slot, ByteWriter out) {
        out.writeLong(keys.hash(slot));
        out.writeSlice(keys.keyBytes(), keys.keyStart(slot), keys.keyLength(slot));
    }

    /** The slot of a key of another table, negative if it is not here. */
    int find(GroupTable other, int otherSlot) {
        return keys.find(other.keys, otherSlot);
    }

    /** Adds a key of another table, without what is known of it there. */
    void addKey(GroupTable other, int otherSlot) {
        KeySlots theirs = other.keys;
        slotOf(
                theirs.keyBytes(),
                theirs.keyStart(otherSlot),
                theirs.keyLength(otherSlot),
                theirs.hash(otherSlot));
    }

    void combine(GroupTable other) {
        for (int slot = 0; slot < other.size(); slot++) {
            combineSlot(other, slot);
        }
    }

    /** Ends the use of the table. */
    void release() {
        keys.release();
    }

    /** Takes as little memory as it can; more groups may still come. */
    void trim() {
        if (trimmed) {
            return;
        }
        trimmed = true;
        keys.trim();
        Accumulators[] exact = create(calls);
        for (int i = 0; i < exact.length; i++) {
            exact[i].ensureSlots(size());
            for (int slot = 0; slot < size(); slot++) {
                exact[i].combine(slot, accumulators[i], slot);
            }
        }
        accumulators = exact;
    }

    void combineSlot(GroupTable other, int otherSlot) {
        KeySlots theirs = other.keys;
        int slot = slotOf(
                theirs.keyBytes(),
                theirs.keyStart(otherSlot),
                theirs.keyLength(otherSlot),
                theirs.hash(otherSlot));
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].combine(slot, other.accumulators[i], otherSlot);
        }
    }

    /** Whether enough keys are beyond the limit to make {@link #applyLimit} worth its cost. */
    boolean isFarOverLimit() {
        return farOverLimit;
    }

    /** Folds the keys beyond the limit of each key group into its overflow row. */
    void applyLimit() {
        if (!overLimit) {
            return;
        }
        int[] order = new int[keys.size()];
        Arrays.setAll(order, slot -> slot);
        IndexSort.sort(order, keys::compare);
        KeySlots oldKeys = keys;
        Accumulators[] oldAccumulators = accumulators;
        keys = oldKeys.newEmpty();
        accumulators = create(calls);
        keyCounts = null;
        overLimit = false;
        farOverLimit = false;
        int[] kept = new int[KeyGroups.COUNT];
        for (int old : order) {
            int keyGroup = oldKeys.keyGroup(old);
            boolean folds =
                    !isOverflow(oldKeys.keyBytes(), oldKeys.keyStart(old), oldKeys.keyLength(old))
                            && kept[keyGroup]++ >= keysMax;
            int slot = folds ? overflowSlot(keyGroup) : copyKey(oldKeys, old);
            for (int i = 0; i < accumulators.length; i++) {
                accumulators[i].combine(slot, oldAccumulators[i], old);
            }
        }
        oldKeys.release();
    }

    /** How many slots each key group has. */
    int[] countsByKeyGroup() {
        int[] counts = new int[KeyGroups.COUNT];
        for (int slot = 0; slot < size(); slot++) {
            counts[keys.keyGroup(slot)]++;
        }
        return counts;
    }

    /** About how many bytes a group takes as it is written, judged by a few. */
    long expectedEntryBytes() {
        int step = Math.max(1, size() / SAMPLED_SLOTS);
        ByteWriter sample = new ByteWriter(64 * SAMPLED_SLOTS);
        int count = 0;
        for (int slot = 0; slot < size(); slot += step) {
            writeKey(keys, slot, sample);
            for (Accumulators each : accumulators) {
                each.write(slot, sample);
            }
            count++;
        }
        return count == 0 ? 0 : sample.size() / count + 1;
    }

    long retainedBytes() {
        long bytes = keys.retainedBytes();
        for (Accumulators each : accumulators) {
            bytes += each.retainedBytes();
        }
        return bytes;
    }

    static Accumulators[] create(List<AggregateCall> calls) {
        return calls.stream().map(AggregateCall::create).toArray(Accumulators[]::new);
    }

    private int overflowSlot(int keyGroup) {
        byte[] key = overflowKey(keyGroup);
        return slotOf(key, 0, key.length, KeyGroups.firstHash(keyGroup));
    }

    private int copyKey(KeySlots from, int slot) {
        return slotOf(from.keyBytes(), from.keyStart(slot), from.keyLength(slot), from.hash(slot));
    }

    /** Makes groups of the keys that were added, those from a slot on. */
    private void added(int from) {
        if (from == keys.size()) {
            return;
        }
        trimmed = false;
        for (Accumulators each : accumulators) {
            each.ensureSlots(keys.size());
        }
        for (int slot = Math.max(from, keysMax); slot < keys.size(); slot++) {
            count(slot);
        }
    }

    /** Counts a new key; the first {@link #keysMax} are within the limit and counted only when more come. */
    private void count(int slot) {
        if (isOverflow(slot)) {
            return;
        }
        if (keyCounts == null) {
            keyCounts = new int[KeyGroups.COUNT];
            for (int i = 0; i < slot; i++) {
                keyCounts[keys.keyGroup(i)] += isOverflow(i) ? 0 : 1;
            }
        }
        int count = ++keyCounts[keys.keyGroup(slot)];
        overLimit |= count > keysMax;
        farOverLimit |= count > 2 * keysMax;
    }
}
