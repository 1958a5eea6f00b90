package io.tidewatch.server.job;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.server.log.LogSink;
import io.tidewatch.server.log.PartitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts what goes into a job, and keeps the first refusals. What is asked of it is answered while nothing goes in, and does
 * not depend on which of several threads was faster.
 */
public final class Intake implements LogSink {
    /** The most refusals that are kept for people to see. */
    public static final int REFUSALS_SHOWN_MAX = 10;

    private final LogSink next;
    private final List<Tally> tallies = new ArrayList<>();
    private final Set<String> sensitiveStreams;
    private final List<String> refusals = new ArrayList<>();
    private long ticks;

    /** What went into a partition, by one thread at a time. */
    private static final class Tally {
        private final PartitionSpec partition;
        /** The first refusals since somebody asked. */
        private final List<Refusal> refusals = new ArrayList<>();

        private long accepted;
        private long refused;

        Tally(PartitionSpec partition) {
            this.partition = partition;
        }

        void add(Decoded rows) {
            accepted += rows.rowCount();
            refused += rows.refusals().size();
            for (Refusal refusal : rows.refusals()) {
                if (refusals.size() == REFUSALS_SHOWN_MAX) {
                    break;
                }
                refusals.add(refusal);
            }
        }
    }

    /**
     * An intake before a sink.
     *
     * @param sensitiveStreams streams of which no text is shown
     */
    public Intake(LogSink next, Set<String> sensitiveStreams) {
        this.next = next;
        this.sensitiveStreams = sensitiveStreams;
    }

    /** How many rows were accepted. */
    public long accepted() {
        return tallies.stream().mapToLong(tally -> tally.accepted).sum();
    }

    /** How many records were refused. */
    public long refused() {
        return tallies.stream().mapToLong(tally -> tally.refused).sum();
    }

    public long ticks() {
        return ticks;
    }

    /** The first refusals, each with its place and reason; those of one epoch by partition. */
    public List<String> refusals() {
        settle();
        return List.copyOf(refusals);
    }

    /** Notes which refusals were first: those until now, before those that come. */
    public void settle() {
        for (Tally tally : tallies) {
            for (Refusal refusal : tally.refusals) {
                if (refusals.size() < REFUSALS_SHOWN_MAX) {
                    refusals.add(describe(tally.partition, refusal));
                }
            }
            tally.refusals.clear();
        }
    }

    @Override
    public void partition(PartitionSpec spec) {
        tallies.add(new Tally(spec));
        next.partition(spec);
    }

    @Override
    public void rows(int partition, Decoded rows, long firstOrdinal, OptionalLong receiveMillis) {
        tallies.get(partition).add(rows);
        if (rows.rowCount() > 0) {
            next.rows(partition, rows, firstOrdinal, receiveMillis);
        }
    }

    @Override
    public void tick(int partition, long timeMillis, long receiveMillis) {
        ticks++;
        next.tick(partition, timeMillis, receiveMillis);
    }

    @Override
    public void table(int partition, String table, TableVersion version, long receiveMillis) {
        next.table(partition, table, version, receiveMillis);
    }

    @Override
    public void end(int partition) {
        next.end(partition);
    }

    private String describe(PartitionSpec partition, Refusal refusal) {
        String excerpt = sensitiveStreams.contains(partition.stream())
                        || refusal.excerpt().isEmpty()
                ? ""
                : ": " + refusal.excerpt();
        return partition.source() + ", line " + refusal.line() + ": " + refusal.reason() + excerpt;
    }
}
