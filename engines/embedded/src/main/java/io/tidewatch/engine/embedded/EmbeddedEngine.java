package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.plan.Channels;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.StreamTimes;
import io.tidewatch.kernel.plan.WaitingResults;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job on threads of this process, one epoch at a time.
 *
 * <p>An epoch takes records of any partitions; how the log is cut into epochs changes neither results nor transitions. The
 * caller uses one thread, but for {@link #fold}.
 */
public final class EmbeddedEngine implements AutoCloseable {
    private static final long END_STEPS_MAX = 64;
    private static final long BYTES_PER_END_STEP = 1 << 18;

    private final JobPlan plan;
    private final Crew crew;
    private final List<PartitionWorker> partitions = new ArrayList<>();
    /** Per partition the last thing that its worker was given to do. */
    private final List<CompletableFuture<Void>> lanes = new ArrayList<>();

    private final List<EpochExchange> exchanges = new ArrayList<>();
    private final List<FinalWorker> workers = new ArrayList<>();
    private final List<SortedSet<Integer>> streamsOfMonitor = new ArrayList<>();
    private long end = Long.MAX_VALUE;
    /** Whether anything was taken since the last epoch. */
    private boolean anyTaken;

    /** @param workerCount how many threads run the final stages, 1 to the number of key groups */
    public EmbeddedEngine(Job job, int workerCount) {
        if (workerCount < 1 || workerCount > KeyGroups.COUNT) {
            throw new IllegalArgumentException(
                    "workerCount: " + workerCount + " (expected: 1 to " + KeyGroups.COUNT + ")");
        }
        this.plan = job.plan();
        this.crew = new Crew(workerCount);
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            streamsOfMonitor.add(plan.streamsOf(monitor));
        }
        for (int worker = 0; worker < workerCount; worker++) {
            workers.add(new FinalWorker(job, worker, workerCount));
        }
    }

    /** Adds a partition of a stream and returns its number, which counts up from 0 over all streams. */
    public int addPartition(int stream) {
        partitions.add(new PartitionWorker(plan, stream, partitions.size()));
        lanes.add(Crew.NOTHING);
        exchanges.add(new EpochExchange(new Channels(plan).count(), workers.size()));
        return partitions.size() - 1;
    }

    /**
     * Gives a partition its next record, which its partial stage folds at once, while what was decoded is still near; what
     * becomes due comes with the next {@link #epoch()}. Partitions are folded side by side, each in the order of its log.
     */
    public void take(int partition, LogRecord record) {
        anyTaken = true;
        lanes.set(partition, crew.after(lanes.get(partition), partitions.get(partition), record));
    }

    /**
     * Does a task on all threads at once and waits for all of them. In it, records are given with {@link #fold}.
     */
    public void together(Runnable task) {
        settle();
        anyTaken = true;
        crew.each(workers.size(), worker -> task.run());
    }

    /**
     * As {@link #take}, in a thread of {@link #together}, which folds the record itself. Of one partition in one thread at a
     * time, each after the other; the record's arrays are free when this returns.
     */
    public void fold(int partition, LogRecord record) {
        partitions.get(partition).accept(record);
    }

    /** The barrier behind what was taken: gives what became due. */
    public Updates epoch() {
        settle();
        anyTaken = false;
        crew.each(
                partitions.size(),
                partition -> partitions.get(partition).flush(exchanges.get(partition)));
        changeTables();
        long[] watermarks = streamWatermarks();
        long[] origins = origins(false);
        crew.each(workers.size(), worker -> workers.get(worker).start(origins));
        levels(level -> worker -> worker.advance(level, watermarks));
        crew.each(workers.size(), worker -> workers.get(worker).evaluateEarly());
        workers.forEach(FinalWorker::forgetTables);
        return collect();
    }

    /**
     * The end of bounded input: all windows that hold a row are closed, or all that end at {@code until} or before.
     *
     * @param until event time in milliseconds since the epoch
     * @param updates takes what becomes due, part by part
     * @throws IllegalStateException if anything was taken since the last epoch
     */
    public void finish(OptionalLong until, Consumer<Updates> updates) {
        requireEpoch();
        long[] watermarks = new long[plan.links().size()];
        long[] origins = origins(true);
        StreamTimes times = times();
        long[] ends = times.ends(plan);
        crew.each(workers.size(), worker -> workers.get(worker).start(origins));
        approachEnd(until, times, ends, updates);
        levels(level -> {
            for (JobLink link : plan.links()) {
                if (link.level() == level) {
                    watermarks[link.number()] =
                            until.orElseGet(() -> end(link, ends[link.number()]));
                }
            }
            return worker -> worker.finish(level, watermarks);
        });
        updates.accept(collect());
    }

    /** Time goes to the end of input in steps: what becomes due at once may be too much to hold. */
    private void approachEnd(
            OptionalLong until, StreamTimes times, long[] ends, Consumer<Updates> updates) {
        long[] lasts = new long[plan.links().size()];
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (JobLink link : plan.links()) {
            long last = until.orElseGet(() -> end(link, ends[link.number()]));
            lasts[link.number()] = link.level() == 0 ? last : Long.MAX_VALUE;
            long begin = link.level() == 0 ? begin(link, times) : Times.BEGINNING;
            if (begin != Times.BEGINNING) {
                from = Math.min(from, begin);
                to = Math.max(to, Math.min(last, end(link, Times.BEGINNING)));
            }
        }
        long steps = Math.min(END_STEPS_MAX, 2 + retainedBytes() / BYTES_PER_END_STEP);
        for (long step = 1; step < steps && from < to; step++) {
            long[] limits = lasts.clone();
            for (int link = 0; link < limits.length; link++) {
                limits[link] = Math.min(limits[link], from + (to - from) / steps * step);
            }
            levels(level -> worker -> worker.approach(level, limits));
            updates.accept(collect());
        }
    }

    /** How far a link of streams has come; while a partition is empty, the least time of the others. */
    private long begin(JobLink link, StreamTimes times) {
        long watermark = workers.get(0).watermark(link.number());
        if (watermark != Times.BEGINNING) {
            return watermark;
        }
        return times.origin(plan.streamsOf(link), true);
    }

    /**
     * Says before the first epoch where bounded input will be {@linkplain #finish finished}: rows beyond that time take part,
     * but close nothing that ends after it.
     *
     * @param until event time in milliseconds since the epoch
     */
    public void endAt(long until) {
        end = until;
    }

    /** The results of windows that are not closed when nothing more comes; what of them fails is counted. */
    public Updates open() {
        crew.each(workers.size(), worker -> workers.get(worker).open());
        return collect();
    }

    /**
     * The results of windows that are not closed yet, as they were at the last epoch. Changes nothing that can be
     * seen, and counts nothing.
     *
     * @param rowsPerMonitor of how many rows of a monitor at most, 1 or more; those whose windows end first are taken
     */
    public OpenRows early(int rowsPerMonitor) {
        OpenRows[] parts = new OpenRows[workers.size()];
        crew.each(
                workers.size(),
                worker -> parts[worker] = workers.get(worker).early(rowsPerMonitor));
        OpenRows all = new OpenRows(plan.monitors().size(), rowsPerMonitor);
        Arrays.asList(parts).forEach(all::addAll);
        return all;
    }

    /** The offset behind the last record that a partition has taken. */
    public long nextOffset(int partition) {
        settle();
        return partitions.get(partition).nextOffset();
    }

    /** The most versions of a reference table that any stage keeps. */
    public int tableVersions(String table) {
        settle();
        int most = 0;
        for (PartitionWorker partition : partitions) {
            most = Math.max(most, partition.tableVersions(table));
        }
        for (FinalWorker worker : workers) {
            most = Math.max(most, worker.tables().count(table));
        }
        return most;
    }

    /** The watermark of a partition. */
    public long watermark(int partition) {
        settle();
        return partitions.get(partition).watermark();
    }

    /** What was set aside so far, also after a failure; until the engine is closed. */
    public SideCounts sideCounts() {
        Crew.settle(lanes);
        SideCounts sum = new SideCounts(plan);
        partitions.forEach(partition -> sum.addAll(partition.side()));
        workers.forEach(worker -> {
            sum.addAll(worker.side());
            worker.countLimited(sum);
        });
        return sum;
    }

    public long retainedBytes() {
        return workers.stream().mapToLong(FinalWorker::retainedBytes).sum();
    }

    /**
     * The state after the last epoch. Who keeps it again and again gives back what is not needed any more, for to get memory
     * that was never used takes longer than to write into it; {@link SnapshotWriter} does.
     *
     * @param retired a snapshot whose memory this one takes, if there is one; it cannot be read any more
     * @throws IllegalStateException if anything was taken since the last epoch
     */
    public Snapshot snapshot(@Nullable Snapshot retired) {
        requireEpoch();
        Snapshot snapshot = Snapshot.begin(retired);
        ByteWriter positions = snapshot.positions();
        positions.writeVarLong(partitions.size());
        partitions.forEach(partition -> partition.write(positions));
        workers.get(0).tables().write(positions);
        crew.each(workers.size(), worker -> workers.get(worker).write(snapshot));
        workers.get(0).writeCommon(snapshot.common());
        return snapshot;
    }

    /** As {@link #restore(Snapshot, TableVersions.Contents)}, for a job whose reference tables have not changed. */
    public void restore(Snapshot snapshot) {
        restore(snapshot, (table, effectiveFrom, contentHash) -> {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    "the snapshot has version " + contentHash + " of reference table '" + table
                            + "', whose content is not at hand");
        });
    }

    /**
     * Continues from a snapshot of an engine with an equal job and equal partitions, and any number of workers. Only before
     * the first epoch.
     *
     * @param contents finds the versions of reference tables that the job did not begin with; asked once for each
     */
    public void restore(Snapshot snapshot, TableVersions.Contents contents) {
        ByteReader positions = Snapshot.reader(snapshot.positions());
        int count = positions.readCount();
        if (count != partitions.size()) {
            throw new IllegalArgumentException("partitions: " + partitions.size() + " (expected: "
                    + count + ", as in the snapshot)");
        }
        TableVersions.Contents shared = once(contents);
        partitions.forEach(partition -> partition.read(positions, shared));
        int finals = positions.position();
        for (FinalWorker worker : workers) {
            ByteReader tables = Snapshot.reader(snapshot.positions());
            tables.skip(finals);
            worker.tables().read(tables, shared);
        }
        workers.forEach(worker -> worker.readCommon(Snapshot.reader(snapshot.common())));
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            workers.get(EpochExchange.owner(keyGroup, workers.size()))
                    .read(keyGroup, Snapshot.reader(snapshot.keyGroup(keyGroup)));
        }
    }

    @Override
    public void close() {
        crew.close();
    }

    /** Waits until the partitions have folded what they took. */
    private void settle() {
        Crew.awaitAll(lanes);
    }

    /** What was taken is in nobody's state before the barrier. */
    private void requireEpoch() {
        if (anyTaken) {
            throw new IllegalStateException(
                    "records were taken since the last epoch (call epoch() first)");
        }
    }

    /** Finds every version once, with the indexes that the stages need, so that they share it. */
    private TableVersions.Contents once(TableVersions.Contents contents) {
        Map<List<Object>, TableVersion> found = new LinkedHashMap<>();
        return (table, effectiveFrom, hash) -> found.computeIfAbsent(
                List.of(table, effectiveFrom, hash),
                any -> plan.indexed(table, contents.version(table, effectiveFrom, hash)));
    }

    /** Brings what the partitions learned of reference tables to the final stages. */
    private void changeTables() {
        for (PartitionWorker partition : partitions) {
            for (LogRecord.TableChange change : partition.takeTableChanges()) {
                workers.forEach(worker -> worker.tables().add(change.table(), change.version()));
            }
        }
    }

    /** What every worker does at a level. */
    private interface Levels {
        Consumer<FinalWorker> at(int level);
    }

    private void levels(Levels levels) {
        List<EpochExchange> all = new ArrayList<>(exchanges);
        workers.forEach(worker -> all.add(worker.exchange()));
        for (int level = 0; level < plan.levelCount(); level++) {
            int current = level;
            crew.each(workers.size(), worker -> workers.get(worker).receive(current, all));
            Consumer<FinalWorker> step = levels.at(level);
            crew.each(workers.size(), worker -> step.accept(workers.get(worker)));
        }
    }

    private Updates collect() {
        List<WaitingResults> results = new ArrayList<>();
        List<Transition> transitions = new ArrayList<>();
        for (FinalWorker worker : workers) {
            results.addAll(worker.takeResults());
            transitions.addAll(worker.takeTransitions());
        }
        return Updates.inOrder(results, transitions);
    }

    private long[] streamWatermarks() {
        long[] least = new long[plan.streams().size()];
        Arrays.fill(least, Long.MAX_VALUE);
        for (PartitionWorker partition : partitions) {
            least[partition.stream()] =
                    Math.min(least[partition.stream()], Math.min(end, partition.watermark()));
        }
        return least;
    }

    /**
     * Per monitor the least event time of the streams it reads, once it is known.
     *
     * @param ended whether no more rows come
     */
    private long[] origins(boolean ended) {
        StreamTimes times = times();
        long[] origins = new long[plan.monitors().size()];
        Arrays.setAll(origins, monitor -> times.origin(streamsOfMonitor.get(monitor), ended));
        return origins;
    }

    private StreamTimes times() {
        StreamTimes times = new StreamTimes(plan);
        partitions.forEach(partition -> times.add(partition.stream(), partition.position()));
        return times;
    }

    /** Where input ends for a link: there, or where a window ends that a row holds by a time other than its event time. */
    private long end(JobLink link, long end) {
        long greatest = end;
        for (FinalWorker worker : workers) {
            greatest = Math.max(
                    greatest,
                    Math.max(worker.greatestEnd(link.number()), worker.watermark(link.number())));
        }
        return greatest;
    }
}
