package io.tidewatch.testkit;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.engine.embedded.Updates;
import java.util.List;

/** Epochs whose records are at hand. */
public final class Epochs {
    private Epochs() {}

    /**
     * Gives an engine the next records of every partition, and then the barrier.
     *
     * @param records per partition, in log order; empty for those that have none
     * @return what became due
     */
    public static Updates run(
            EmbeddedEngine engine, List<? extends List<? extends LogRecord>> records) {
        for (int partition = 0; partition < records.size(); partition++) {
            for (LogRecord record : records.get(partition)) {
                engine.take(partition, record);
            }
        }
        return engine.epoch();
    }
}
