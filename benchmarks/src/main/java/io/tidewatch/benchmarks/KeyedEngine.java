package io.tidewatch.benchmarks;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.SnapshotWriter;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.server.assembly.Assembly;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Rows in columns in an engine of one worker, whose state can be kept and continued from. */
final class KeyedEngine implements AutoCloseable {
    private static final int BATCHES_PER_EPOCH = 8;

    private final EmbeddedEngine engine;
    private final Consumer<Updates> output;

    KeyedEngine(Assembly assembly, Consumer<Updates> output) {
        this.engine = new EmbeddedEngine(assembly.engineJob(), 1);
        this.output = output;
        engine.addPartition(0);
    }

    /** Takes the rows of an epoch, fewer at the end. */
    void epoch(KeyedRows rows) {
        for (int batch = 0; batch < BATCHES_PER_EPOCH && rows.hasNext(); batch++) {
            Decoded decoded = rows.next();
            engine.take(
                    0,
                    new LogRecord.Events(
                            decoded.batch(),
                            decoded.eventTimes(),
                            decoded.ordinals(),
                            null,
                            decoded.raw()));
        }
        output.accept(engine.epoch());
    }

    void finish() {
        engine.finish(OptionalLong.empty(), output);
    }

    Snapshot snapshot() {
        return engine.snapshot(null);
    }

    SnapshotWriter snapshotWriter(SnapshotWriter.Target target) {
        return new SnapshotWriter(engine, target);
    }

    void restore(Snapshot snapshot) {
        engine.restore(snapshot);
    }

    @Override
    public void close() {
        engine.close();
    }
}
