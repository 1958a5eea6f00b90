package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.operator.Exchange;
import io.tidewatch.kernel.plan.FinalStage;
import io.tidewatch.kernel.state.KeyGroups;
import org.jspecify.annotations.Nullable;

/**
 * The partials that one stage wrote in an epoch, per channel and worker. Written by one thread, then read by all workers.
 */
final class EpochExchange implements Exchange {
    private final int workers;
    private final @Nullable ByteWriter[][] writers;

    EpochExchange(int channels, int workers) {
        this.workers = workers;
        this.writers = new ByteWriter[channels][workers];
    }

    /** The worker that owns a key group: each owns a range of them. */
    static int owner(int keyGroup, int workers) {
        return keyGroup * workers / KeyGroups.COUNT;
    }

    @Override
    public int destinationCount() {
        return workers;
    }

    @Override
    public int destination(int keyGroup) {
        return owner(keyGroup, workers);
    }

    @Override
    public ByteWriter writer(int channel, int destination) {
        ByteWriter writer = writers[channel][destination];
        if (writer == null) {
            writer = new ByteWriter(1024);
            writers[channel][destination] = writer;
        }
        return writer;
    }

    /** Merges what was written for a channel and worker into its final stage. */
    void deliver(int channel, int worker, FinalStage stage) {
        ByteWriter writer = writers[channel][worker];
        if (writer != null && writer.size() > 0) {
            stage.merge(channel, writer.array(), writer.size());
        }
    }

    void clear(int channel, int worker) {
        ByteWriter writer = writers[channel][worker];
        if (writer != null) {
            writer.truncate(0);
        }
    }
}
