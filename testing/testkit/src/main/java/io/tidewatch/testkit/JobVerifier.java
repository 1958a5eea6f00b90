package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.engine.embedded.LogRecord;
import io.tidewatch.engine.embedded.OpenRows;
import io.tidewatch.engine.embedded.SideCounts;
import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Runs a job over scripted partitions in ways that must make no difference, and holds their outcomes equal: other batches,
 * other epochs, other numbers of workers, a snapshot and a restore into another number of workers at any place, the bytes of
 * the snapshot written and read, looks at the rows of open windows. The places in the log that transitions rest on are held
 * equal, too. An id names one update.
 */
public final class JobVerifier {
    private final Job job;
    private final List<Script> scripts;
    private final OptionalLong until;

    public JobVerifier(Job job, List<Script> scripts, OptionalLong until) {
        this.job = job;
        this.scripts = List.copyOf(scripts);
        this.until = until;
    }

    public JobPlan plan() {
        return job.plan();
    }

    /** Runs the job in one epoch with one worker, then in {@code variants} other ways, and gives the outcome of all. */
    public Outcome verify(Choices choices, int variants) {
        Outcome expected = runAtOnce();
        assertThat(expected.namedTwice(plan())).as("updates of one name").isEmpty();
        choices.record(String.join("\n", expected.lines(plan())));
        for (int variant = 0; variant < variants; variant++) {
            Outcome actual = runInPieces(choices);
            assertThat(LineDifference.of(
                            expected.linesWithPlaces(plan()), actual.linesWithPlaces(plan())))
                    .as("variant %s", variant)
                    .isEmpty();
        }
        return expected;
    }

    /** Runs the job in one epoch with one worker. */
    public Outcome runAtOnce() {
        Outcome outcome = new Outcome();
        try (EmbeddedEngine engine = engine(1)) {
            runAtOnce(engine, outcome);
        }
        return outcome;
    }

    /** What is set aside when the job runs in one epoch. */
    public SideCounts setAside() {
        try (EmbeddedEngine engine = engine(1)) {
            runAtOnce(engine, new Outcome());
            return engine.sideCounts();
        }
    }

    private void runAtOnce(EmbeddedEngine engine, Outcome outcome) {
        List<List<LogRecord>> records = new ArrayList<>();
        scripts.forEach(script -> records.add(script.records(0, script.steps().size())));
        outcome.add(Epochs.run(engine, records));
        engine.finish(until, outcome::add);
    }

    /** Runs the job in other batches, epochs and numbers of workers, with snapshots and restores in between. */
    public Outcome runInPieces(Choices choices) {
        return runInPieces(choices, this::finish);
    }

    private List<Updates> finish(EmbeddedEngine engine) {
        List<Updates> parts = new ArrayList<>();
        engine.finish(until, parts::add);
        return parts;
    }

    /**
     * Runs the job likewise, and shows the windows that are not closed yet, after the end of input or while more may come: what
     * came out, then these.
     */
    public Outcome runOpen(Choices choices) {
        return runInPieces(choices, engine -> {
            List<Updates> parts = until.isPresent() ? finish(engine) : new ArrayList<>();
            parts.add(engine.open());
            return parts;
        });
    }

    private Outcome runInPieces(Choices choices, Function<EmbeddedEngine, List<Updates>> end) {
        Outcome outcome = new Outcome();
        int[] done = new int[scripts.size()];
        EmbeddedEngine engine = engine(choices.between(1, 4));
        try {
            boolean left = true;
            while (left) {
                left = false;
                List<List<LogRecord>> records = new ArrayList<>();
                for (int i = 0; i < done.length; i++) {
                    int size = scripts.get(i).steps().size();
                    int next = Math.min(size, done[i] + choices.upTo(choices.oneIn(3) ? 40 : 4));
                    records.add(pieces(scripts.get(i), done[i], next, choices));
                    done[i] = next;
                    left |= next < size;
                }
                outcome.add(Epochs.run(engine, records));
                if (choices.oneIn(8)) {
                    showEarly(engine, choices);
                }
                if (choices.oneIn(6)) {
                    engine = moved(engine, choices);
                }
            }
            end.apply(engine).forEach(outcome::add);
        } finally {
            engine.close();
        }
        return outcome;
    }

    /** Rows of open windows are for looking at: they are limited, in the order of results, and leave no trace. */
    private void showEarly(EmbeddedEngine engine, Choices choices) {
        int limit = choices.between(1, 3);
        // Folds keys beyond their limit that would be folded later, so only further looks leave the
        // same bytes.
        List<Result> all = engine.early(Integer.MAX_VALUE).results();
        Snapshot state = engine.snapshot(null);
        byte[] before = state.toBytes();
        OpenRows some = engine.early(limit);
        Map<Integer, Integer> seen = new HashMap<>();
        List<Result> first = new ArrayList<>();
        for (Result row : all) {
            if (seen.merge(row.monitor(), 1, Integer::sum) <= limit) {
                first.add(row);
            }
        }
        assertThat(some.results())
                .extracting(row -> Outcome.line(plan(), row))
                .isEqualTo(first.stream().map(row -> Outcome.line(plan(), row)).toList());
        seen.forEach((monitor, count) ->
                assertThat(some.omitted(monitor)).isEqualTo(Math.max(0, count - limit)));
        assertThat(all).allMatch(row -> row.kind().isEarly());
        assertThat(Arrays.mismatch(before, engine.snapshot(state).toBytes()))
                .as("where the state differs after a look")
                .isEqualTo(-1);
    }

    /** The steps in batches of any size. */
    private static List<LogRecord> pieces(Script script, int from, int to, Choices choices) {
        List<LogRecord> records = new ArrayList<>();
        int start = from;
        while (start < to) {
            int end = Math.min(to, start + 1 + choices.upTo(10));
            records.addAll(script.records(start, end));
            start = end;
        }
        return records;
    }

    /** Another engine that continues from a snapshot of this one. */
    private EmbeddedEngine moved(EmbeddedEngine engine, Choices choices) {
        Snapshot snapshot = Snapshot.parse(engine.snapshot(null).toBytes());
        engine.close();
        EmbeddedEngine restored = engine(choices.between(1, 4));
        restored.restore(snapshot, this::version);
        return restored;
    }

    /** The version that a script announced; its content is all that a restored engine may take from there. */
    private TableVersion version(String table, long effectiveFrom, String contentHash) {
        for (Script script : scripts) {
            for (Script.Step step : script.steps()) {
                if (step instanceof Script.Step.Table change
                        && change.table().equals(table)
                        && change.version().contentHash().equals(contentHash)) {
                    return new TableVersion(
                            effectiveFrom, contentHash, change.version().rows());
                }
            }
        }
        throw new AssertionError("no version " + contentHash + " of table " + table);
    }

    private EmbeddedEngine engine(int workers) {
        EmbeddedEngine engine = new EmbeddedEngine(job, workers);
        scripts.forEach(script -> engine.addPartition(script.stream()));
        return engine;
    }
}
