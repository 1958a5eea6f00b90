package io.tidewatch.server.assembly;

import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.type.Schema;
import org.jspecify.annotations.Nullable;

/** Leaves out rows whose event time is outside of a range. */
final class RowSelection {
    private RowSelection() {}

    static LogRecord.Events within(LogRecord.Events events, TimeRange range) {
        if (range.isAll()) {
            return events;
        }
        int[] rows = new int[events.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (range.contains(events.eventTimes()[row])) {
                rows[count++] = row;
            }
        }
        return count == rows.length ? events : gather(events, rows, count);
    }

    private static LogRecord.Events gather(LogRecord.Events events, int[] rows, int count) {
        Batch batch = events.batch();
        Schema schema = batch.schema();
        @Nullable Column[] columns = new @Nullable Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.has(i) ? Gather.of(batch.column(i), rows, count) : null;
        }
        long[] received = events.receiveTimes();
        BytesColumn raw = events.raw();
        return new LogRecord.Events(
                new Batch(schema, count, columns),
                Gather.longs(events.eventTimes(), rows, count),
                Gather.longs(events.offsets(), rows, count),
                received == null ? null : Gather.longs(received, rows, count),
                raw == null ? null : (BytesColumn) Gather.of(raw, rows, count));
    }
}
