package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.operator.TableVersion;
import org.jspecify.annotations.Nullable;

/** What stands in a partition of the events log, in order. */
public sealed interface LogRecord {
    /** Rows that one decoder made, in the order of their offsets. */
    final class Events implements LogRecord {
        private final Batch batch;
        private final long[] eventTimes;
        private final long[] offsets;
        private final long @Nullable [] receiveTimes;
        private final @Nullable BytesColumn raw;

        /**
         * Wraps the arrays, which nobody may change afterwards.
         *
         * @param eventTimes per row, milliseconds since the epoch
         * @param offsets per row the ordinal of its record in the partition, ascending
         * @param receiveTimes per row, never falling; absent for input that has none, such as a plain file
         * @param raw per row the bytes of its record, for exemplars
         */
        public Events(
                Batch batch,
                long[] eventTimes,
                long[] offsets,
                long @Nullable [] receiveTimes,
                @Nullable BytesColumn raw) {
            this.batch = batch;
            this.eventTimes = eventTimes;
            this.offsets = offsets;
            this.receiveTimes = receiveTimes;
            this.raw = raw;
        }

        public Batch batch() {
            return batch;
        }

        public int rowCount() {
            return batch.rowCount();
        }

        public long[] eventTimes() {
            return eventTimes;
        }

        public long[] offsets() {
            return offsets;
        }

        public long @Nullable [] receiveTimes() {
            return receiveTimes;
        }

        public @Nullable BytesColumn raw() {
            return raw;
        }
    }

    /**
     * A tick: time passes in a partition that is silent.
     *
     * @param time the watermark rises to it
     * @param receiveTime when the log's owner wrote it
     */
    record Tick(long time, long receiveTime) implements LogRecord {}

    /**
     * Another version of a reference table is in effect from some event time on, which is later than that of any row before
     * it. The same record stands in every partition.
     *
     * @param receiveTime when the log's owner wrote it
     */
    record TableChange(String table, TableVersion version, long receiveTime) implements LogRecord {}
}
