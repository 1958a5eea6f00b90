package io.tidewatch.testkit;

import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in one partition of the log, row by row, so that it can be cut into batches anywhere. */
public final class Script {
    private final int stream;
    private final Schema schema;
    private final int timeField;
    private final List<Step> steps = new ArrayList<>();
    private int rowCount;

    /** @param timeField which field of the schema is the event time; a row in which it is no time has time 0 */
    public Script(int stream, Schema schema, int timeField) {
        this.stream = stream;
        this.schema = schema;
        this.timeField = timeField;
    }

    /** A row, a tick or a change of a reference table. */
    public sealed interface Step {
        /**
         * A row.
         *
         * @param receiveTime or {@code null} for input without receive times
         */
        record Row(long offset, @Nullable Long receiveTime, List<@Nullable Object> values)
                implements Step {}

        /** A tick. */
        record Tick(long time, long receiveTime) implements Step {}

        /** Another version of a reference table. */
        record Table(String table, TableVersion version, long receiveTime) implements Step {}
    }

    /** Adds a row without a receive time. */
    public Script row(@Nullable Object... values) {
        return add(null, values);
    }

    /** Adds a row with the time it was received. Either all rows of a script have one, or none. */
    public Script rowAt(long receiveTime, @Nullable Object... values) {
        return add(receiveTime, values);
    }

    public Script tick(long time, long receiveTime) {
        steps.add(new Step.Tick(time, receiveTime));
        return this;
    }

    /** Announces another version of a reference table; it belongs into every partition. */
    public Script table(String table, TableVersion version, long receiveTime) {
        steps.add(new Step.Table(table, version, receiveTime));
        return this;
    }

    public int stream() {
        return stream;
    }

    public Schema schema() {
        return schema;
    }

    public int timeField() {
        return timeField;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The steps from one place to another as log records; rows that follow one another become one batch. */
    List<LogRecord> records(int from, int to) {
        List<LogRecord> records = new ArrayList<>();
        List<Step.Row> rows = new ArrayList<>();
        for (Step step : steps.subList(from, to)) {
            if (step instanceof Step.Row row) {
                rows.add(row);
            } else if (step instanceof Step.Tick tick) {
                flush(rows, records);
                records.add(new LogRecord.Tick(tick.time(), tick.receiveTime()));
            } else if (step instanceof Step.Table change) {
                flush(rows, records);
                records.add(new LogRecord.TableChange(
                        change.table(), change.version(), change.receiveTime()));
            }
        }
        flush(rows, records);
        return records;
    }

    private Script add(@Nullable Long receiveTime, @Nullable Object... values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(
                    "values: " + values.length + " (expected: " + schema.size() + ")");
        }
        steps.add(new Step.Row(rowCount++, receiveTime, Arrays.asList(values.clone())));
        return this;
    }

    private void flush(List<Step.Row> rows, List<LogRecord> records) {
        if (rows.isEmpty()) {
            return;
        }
        long[] times = new long[rows.size()];
        long[] offsets = new long[rows.size()];
        long[] receiveTimes = new long[rows.size()];
        boolean received = false;
        BytesColumnBuilder raw = new BytesColumnBuilder(rows.size());
        for (int i = 0; i < times.length; i++) {
            Step.Row row = rows.get(i);
            times[i] = row.values().get(timeField) instanceof Long time ? time : 0;
            offsets[i] = row.offset();
            received |= row.receiveTime() != null;
            receiveTimes[i] = row.receiveTime() == null ? 0 : row.receiveTime();
            raw.append(row.values().toString().getBytes(StandardCharsets.UTF_8));
        }
        records.add(new LogRecord.Events(
                new Batch(schema, times.length, columns(rows)),
                times,
                offsets,
                received ? receiveTimes : null,
                raw.build()));
        rows.clear();
    }

    private Column[] columns(List<Step.Row> rows) {
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.field(i).type(), rows.size());
            for (Step.Row row : rows) {
                Values.append(schema.field(i).type(), builder, row.values().get(i));
            }
            columns[i] = builder.build();
        }
        return columns;
    }
}
