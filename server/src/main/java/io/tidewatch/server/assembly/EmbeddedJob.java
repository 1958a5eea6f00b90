package io.tidewatch.server.assembly;

import io.tidewatch.alerting.Transition;
import io.tidewatch.codecs.Decoded;
import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.engine.embedded.OpenRows;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobCounts;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.output.ResultRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A job on the embedded engine. */
final class EmbeddedJob implements Job {
    private final JobPlan plan;
    private final EmbeddedEngine engine;
    private final RowForms rows;
    private final JobOutput output;
    private final TimeRange range;
    private final List<PartitionSpec> partitions = new ArrayList<>();
    private final Map<String, Told> tables = new TreeMap<>();
    private final int workerCount;
    private boolean anyGiven;
    private boolean isTogether;

    /** How many partitions of VALUES there are; they come before all others. */
    private final int constantCount;

    /** The latest version of a table as it was given, and with the indexes that all stages share. */
    private record Told(TableVersion given, TableVersion indexed) {}

    EmbeddedJob(
            io.tidewatch.engine.embedded.Job job,
            int workerCount,
            JobOutput output,
            TimeRange range) {
        this.plan = job.plan();
        this.engine = new EmbeddedEngine(job, workerCount);
        this.workerCount = workerCount;
        this.rows = new RowForms(job);
        this.output = output;
        this.range = range;
        for (int stream = 0; stream < plan.streams().size(); stream++) {
            Batch constant = plan.streams().get(stream).constant();
            if (constant != null) {
                constant(stream, constant);
            }
        }
        this.constantCount = partitions.size();
    }

    /** The rows of a VALUES clause, as the first rows of a partition of their own. */
    private void constant(int stream, Batch rows) {
        StreamPlan definition = plan.streams().get(stream);
        long[] offsets = new long[rows.rowCount()];
        Arrays.setAll(offsets, row -> row);
        LogRecord.Events events =
                new LogRecord.Events(rows, times(definition, rows), offsets, null, null);
        int number = engine.addPartition(stream);
        partitions.add(new PartitionSpec(number, definition.name(), definition.name()));
        give(number, RowSelection.within(events, range));
    }

    /** The times of rows without a time are all the same. */
    private static long[] times(StreamPlan definition, Batch rows) {
        long[] times = new long[rows.rowCount()];
        Type type = definition.schema().field(definition.timeField()).type();
        for (int row = 0; row < times.length && type.kind() == TypeKind.TIMESTAMP; row++) {
            Object time = Values.get(type, rows.column(definition.timeField()), row);
            times[row] = time instanceof Long millis ? millis : 0;
        }
        return times;
    }

    @Override
    public void partition(PartitionSpec spec) {
        int stream = plan.streamIndex(spec.stream());
        int number = engine.addPartition(stream);
        if (stream < 0 || number != spec.number() + constantCount) {
            throw new IllegalArgumentException("partition " + spec + " as number " + number);
        }
        partitions.add(spec);
    }

    @Override
    public void rows(
            int partition, Decoded decoded, long firstOrdinal, OptionalLong receiveMillis) {
        LogRecord.Events events = events(decoded, firstOrdinal, receiveMillis);
        if (events.rowCount() > 0) {
            give(partition + constantCount, RowSelection.within(events, range));
        }
    }

    @Override
    public void tick(int partition, long timeMillis, long receiveMillis) {
        give(partition + constantCount, new LogRecord.Tick(timeMillis, receiveMillis));
    }

    @Override
    public void table(int partition, String table, TableVersion version, long receiveMillis) {
        // Every partition is given the same version, one after the other.
        Told told = tables.get(table);
        if (told == null || told.given() != version) {
            told = new Told(version, plan.indexed(table, version));
            tables.put(table, told);
        }
        give(
                partition + constantCount,
                new LogRecord.TableChange(table, told.indexed(), receiveMillis));
    }

    @Override
    public void end(int partition) {
        // The engine learns of the end from finish.
    }

    @Override
    public void endAt(long untilMillis) {
        engine.endAt(untilMillis);
    }

    @Override
    public int threadCount() {
        return workerCount;
    }

    @Override
    public void together(Runnable task) {
        anyGiven = true;
        isTogether = true;
        try {
            engine.together(task);
        } finally {
            isTogether = false;
        }
    }

    @Override
    public void epoch() {
        if (!anyGiven) {
            return;
        }
        passConstants();
        anyGiven = false;
        give(engine.epoch());
    }

    /** Rows of VALUES hold nothing back: their time goes on as far as that of all inputs has come. */
    private void passConstants() {
        long least = Long.MAX_VALUE;
        for (int i = constantCount; i < partitions.size(); i++) {
            least = Math.min(least, engine.watermark(i));
        }
        for (int i = 0; i < constantCount && partitions.size() > constantCount; i++) {
            if (least > engine.watermark(i)) {
                engine.take(i, new LogRecord.Tick(least, least));
            }
        }
    }

    @Override
    public void finish(OptionalLong untilMillis) {
        epoch();
        engine.finish(untilMillis, this::give);
        showOpen();
    }

    @Override
    public void showOpen() {
        epoch();
        engine.open().results().forEach(result -> output.result(rows.result(result)));
    }

    @Override
    public Map<String, Long> early(int rowsPerMonitor, Consumer<ResultRow> sink) {
        OpenRows open = engine.early(rowsPerMonitor);
        open.results().forEach(result -> sink.accept(rows.result(result)));
        Map<String, Long> omitted = new TreeMap<>();
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            if (open.omitted(monitor) > 0) {
                omitted.put(plan.monitors().get(monitor).name(), open.omitted(monitor));
            }
        }
        return omitted;
    }

    @Override
    public JobCounts counts() {
        return new SideReport(rows, partitions, plan).of(engine.sideCounts());
    }

    @Override
    public void close() {
        engine.close();
    }

    private void give(int partition, LogRecord record) {
        if (isTogether) {
            engine.fold(partition, record);
        } else {
            engine.take(partition, record);
            anyGiven = true;
        }
    }

    private void give(Updates updates) {
        List<Result> results = updates.results();
        for (int i = 0; i < results.size(); i++) {
            output.result(rows.result(results.get(i)));
        }
        for (Transition transition : updates.transitions()) {
            output.transition(rows.transition(transition));
        }
    }

    private static LogRecord.Events events(
            Decoded decoded, long firstOrdinal, OptionalLong receiveMillis) {
        int rowCount = decoded.rowCount();
        long[] offsets = decoded.ordinals();
        if (firstOrdinal != 0) {
            long[] moved = new long[rowCount];
            Arrays.setAll(moved, row -> decoded.ordinals()[row] + firstOrdinal);
            offsets = moved;
        }
        long[] received = null;
        if (receiveMillis.isPresent()) {
            received = new long[rowCount];
            Arrays.fill(received, receiveMillis.getAsLong());
        }
        return new LogRecord.Events(
                decoded.batch(), decoded.eventTimes(), offsets, received, decoded.raw());
    }
}
