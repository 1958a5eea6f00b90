package io.tidewatch.alerting;

import io.tidewatch.alerting.AlertScenario.AmendedRow;
import io.tidewatch.alerting.TestRows.Row;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells a scenario to workers that share the key groups; how, is a matter of choice and must not matter. */
final class AlertWorkers {
    private final AlertScenario scenario;
    private final @Nullable Choices choices;
    private final AlertLimits limits;
    private final List<Transition> emitted = new ArrayList<>();
    private List<AlertOperator> workers = new ArrayList<>();
    private int nextAmendment;

    /** Without choices: one worker that is told every row and every time there is, one after the other. */
    AlertWorkers(AlertScenario scenario, AlertLimits limits, @Nullable Choices choices) {
        this.scenario = scenario;
        this.limits = limits;
        this.choices = choices;
        workers = newWorkers();
        workers.forEach(worker -> worker.start(scenario.origin(), emitted::add));
    }

    static List<Transition> run(AlertScenario scenario, @Nullable Choices choices) {
        return new AlertWorkers(scenario, AlertLimits.DEFAULTS, choices).run();
    }

    List<Transition> run() {
        TreeSet<Long> times = new TreeSet<>(scenario.rows().keySet());
        times.addAll(scenario.overflows().keySet());
        for (long time : times) {
            amendThrough(time);
            tell(time);
            // Rows without a window are told when the watermark is beyond them.
            long passed = scenario.spec().timing() instanceof AlertTiming.Rows ? time + 1 : time;
            if (choices == null || choices.oneIn(3)) {
                long next = nextDue(times.higher(time));
                long most = Math.min(next, scenario.until());
                advance(
                        choices == null || most < passed
                                ? Math.min(passed, scenario.until())
                                : passed + choices.upTo((int) (most - passed)));
            }
        }
        amendThrough(scenario.until());
        advance(scenario.until());
        return emitted;
    }

    /** The latest watermark before anything more is to be told. */
    private long nextDue(@Nullable Long nextRows) {
        long next = nextRows == null ? scenario.until() : nextRows - 1;
        return nextAmendment < scenario.amendments().size()
                ? Math.min(next, scenario.amendments().get(nextAmendment).dueTime() - 1)
                : next;
    }

    private void amendThrough(long time) {
        while (nextAmendment < scenario.amendments().size()) {
            AmendedRow amended = scenario.amendments().get(nextAmendment);
            if (amended.dueTime() > time) {
                return;
            }
            nextAmendment++;
            worker(TestRows.keyOf(amended.row().host()).keyGroup())
                    .amended(
                            TestRows.of(amended.row()),
                            amended.revision(),
                            amended.dueTime(),
                            emitted::add);
        }
    }

    private void tell(long time) {
        List<Row> rows = new ArrayList<>(scenario.rows().getOrDefault(time, List.of()));
        for (int keyGroup : scenario.overflows().getOrDefault(time, new TreeSet<>())) {
            for (String host : AlertScenario.HOSTS) {
                if (TestRows.keyOf(host).keyGroup() == keyGroup) {
                    rows.add(Row.of(host, time - 1, time, true).as(Observation.OVERFLOW));
                    break;
                }
            }
        }
        if (choices != null) {
            choices.shuffle(rows);
            rows.sort(Comparator.comparingLong(Row::ordinal));
        }
        Map<Integer, List<Row>> byWorker = new TreeMap<>();
        for (Row row : rows) {
            int worker = TestRows.keyOf(row.host()).keyGroup() % workers.size();
            byWorker.computeIfAbsent(worker, any -> new ArrayList<>()).add(row);
        }
        byWorker.forEach((worker, told) -> {
            int cut = choices == null ? 0 : choices.upTo(told.size());
            AlertOperator operator = workers.get(worker);
            operator.rows(new TestRows(told.subList(0, cut)), emitted::add);
            operator.rows(new TestRows(told.subList(cut, told.size())), emitted::add);
        });
    }

    private void advance(long watermark) {
        workers.forEach(worker -> worker.advanceTo(watermark, emitted::add));
        if (choices != null && choices.oneIn(4)) {
            restart();
        }
    }

    /** Takes a snapshot of all key groups and goes on with another number of workers. */
    private void restart() {
        List<AlertOperator> old = workers;
        workers = newWorkers();
        ByteWriter common = new ByteWriter(16);
        old.get(0).writeCommon(common);
        workers.forEach(worker -> worker.readCommon(new ByteReader(common.copyBytes())));
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter out = new ByteWriter(64);
            old.get(keyGroup % old.size()).write(keyGroup, out);
            ByteReader in = new ByteReader(out.copyBytes());
            worker(keyGroup).read(keyGroup, in);
            if (in.hasRemaining()) {
                throw new AssertionError("the state was not read to its end");
            }
        }
    }

    private AlertOperator worker(int keyGroup) {
        return workers.get(keyGroup % workers.size());
    }

    private List<AlertOperator> newWorkers() {
        int count = choices == null ? 1 : choices.between(1, 4);
        List<AlertOperator> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            fresh.add(new AlertOperator(
                    scenario.spec(), limits, keyGroup -> keyGroup % count == number));
        }
        return fresh;
    }
}
