package io.tidewatch.server.assembly;

import io.tidewatch.alerting.Transition;
import io.tidewatch.codecs.Decoded;
import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.engine.embedded.SideCounts;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobCounts;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.PartitionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A job on the embedded engine. */
final class EmbeddedJob implements Job {
    private final JobPlan plan;
    private final EmbeddedEngine engine;
    private final RowForms rows;
    private final JobOutput output;
    private final TimeRange range;
    private final List<PartitionSpec> partitions = new ArrayList<>();
    private final List<List<LogRecord>> pending = new ArrayList<>();
    private final Map<String, Told> tables = new TreeMap<>();
    private boolean anyPending;

    /** The latest version of a table as it was given, and with the indexes that all stages share. */
    private record Told(TableVersion given, TableVersion indexed) {}

    EmbeddedJob(
            io.tidewatch.engine.embedded.Job job,
            int workerCount,
            JobOutput output,
            TimeRange range) {
        this.plan = job.plan();
        this.engine = new EmbeddedEngine(job, workerCount);
        this.rows = new RowForms(job);
        this.output = output;
        this.range = range;
    }

    @Override
    public void partition(PartitionSpec spec) {
        int stream = plan.streamIndex(spec.stream());
        int number = engine.addPartition(stream);
        if (stream < 0 || number != spec.number()) {
            throw new IllegalArgumentException("partition " + spec + " as number " + number);
        }
        partitions.add(spec);
        pending.add(new ArrayList<>());
    }

    @Override
    public void rows(
            int partition, Decoded decoded, long firstOrdinal, OptionalLong receiveMillis) {
        LogRecord.Events events = events(decoded, firstOrdinal, receiveMillis);
        if (events.rowCount() > 0) {
            give(partition, RowSelection.within(events, range));
        }
    }

    @Override
    public void tick(int partition, long timeMillis, long receiveMillis) {
        give(partition, new LogRecord.Tick(timeMillis, receiveMillis));
    }

    @Override
    public void table(int partition, String table, TableVersion version, long receiveMillis) {
        // Every partition is given the same version, one after the other.
        Told told = tables.get(table);
        if (told == null || told.given() != version) {
            told = new Told(version, plan.indexed(table, version));
            tables.put(table, told);
        }
        give(partition, new LogRecord.TableChange(table, told.indexed(), receiveMillis));
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
    public void epoch() {
        if (!anyPending) {
            return;
        }
        Updates updates = engine.epoch(pending);
        pending.forEach(List::clear);
        anyPending = false;
        give(updates);
    }

    @Override
    public void finish(OptionalLong untilMillis) {
        epoch();
        give(engine.finish(untilMillis));
        showOpen();
    }

    @Override
    public void showOpen() {
        epoch();
        engine.early().results().forEach(result -> output.result(rows.result(result)));
    }

    @Override
    public JobCounts counts() {
        SideCounts side = engine.sideCounts();
        Map<String, Long> late = new TreeMap<>();
        Map<String, Long> failed = new TreeMap<>();
        SideExamples examples = new SideExamples(rows, partitions, plan);
        examples.future(side.futureSamples());
        for (JobLink link : plan.links()) {
            for (int monitor : link.views().stream()
                    .mapToInt(JobLink.View::monitor)
                    .distinct()
                    .toArray()) {
                String name = plan.monitors().get(monitor).name();
                late.merge(name, side.lateCount(link.number()), Long::sum);
                failed.merge(name, side.failedCount(link.number()), Long::sum);
                examples.late(link, monitor, side.lateSamples(link.number()));
                examples.failed(link, monitor, side.failedSamples(link.number()));
            }
        }
        return new JobCounts(side.futureCount(), late, failed, examples.texts());
    }

    @Override
    public void close() {
        engine.close();
    }

    private void give(int partition, LogRecord record) {
        pending.get(partition).add(record);
        anyPending = true;
    }

    private void give(Updates updates) {
        for (Result result : updates.results()) {
            output.result(rows.result(result));
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
