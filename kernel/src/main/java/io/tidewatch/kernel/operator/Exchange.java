package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteWriter;

/**
 * Carries partials from partial stages to the final stages that own their key groups. What is written for a destination is
 * a sequence of blocks, which {@link FinalLink#merge} reads; blocks of any number of partial stages may stand behind one
 * another in any order.
 */
public interface Exchange {
    /** How many destinations there are: one per final stage. */
    int destinationCount();

    /** Which destination owns a key group. */
    int destination(int keyGroup);

    /**
     * Where blocks for a destination are written.
     *
     * @param channel the number of a link, or that of a group of links that are folded together
     */
    ByteWriter writer(int channel, int destination);
}
