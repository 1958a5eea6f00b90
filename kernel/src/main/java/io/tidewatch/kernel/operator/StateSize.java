package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;

/** How much memory the state of a link takes. */
public final class StateSize {
    /** Enough slots for the fixed costs of arrays not to count. */
    private static final int SLOTS = 1024;

    /** What a table of keys keeps beside the key: hash, salt, place, two index entries. */
    private static final int TABLE_BYTES_PER_KEY = 24;

    /** What a key of one short string or number takes. */
    private static final int KEY_BYTES = 16;

    private StateSize() {}

    /** About how many bytes an aggregation keeps per key and unit, before sets and sketches have grown. */
    public static long bytesPerKey(Link link, boolean alerts) {
        Aggregation aggregation = (Aggregation) link.shape();
        long bytes = TABLE_BYTES_PER_KEY + KEY_BYTES;
        GroupLayout layout = new GroupLayout(aggregation, link.inputs().get(0).types(), alerts);
        for (Accumulators accumulators : GroupTable.create(layout.calls())) {
            accumulators.ensureSlots(SLOTS);
            bytes += accumulators.retainedBytes() / SLOTS;
        }
        return bytes;
    }
}
