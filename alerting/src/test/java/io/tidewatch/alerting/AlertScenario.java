package io.tidewatch.alerting;

import io.tidewatch.alerting.TestRows.Row;
import io.tidewatch.alerting.template.Template;
import io.tidewatch.alerting.template.TemplateNames;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A monitor's alert and everything that it is told, made up from choices. Times are small numbers.
 *
 * @param rows of revision 0, by window end or time
 * @param overflows the key groups that have an overflow row, by window end
 * @param amendments in the order in which they become due
 * @param until the watermark in the end
 */
record AlertScenario(
        AlertSpec spec,
        TreeMap<Long, List<Row>> rows,
        TreeMap<Long, TreeSet<Integer>> overflows,
        List<AmendedRow> amendments,
        long origin,
        long until) {
    static final List<String> HOSTS = List.of("a", "b", "c", "d", "e");
    static final long HOP = 10;
    private static final int WINDOWS = 30;
    private static final int WINDOWLESS_MILLIS = 120;

    /** A row of a later revision. */
    record AmendedRow(int revision, long dueTime, Row row) {
        static final Comparator<AmendedRow> DUE = Comparator.comparingLong(AmendedRow::dueTime)
                .thenComparingLong(amended -> amended.row().end());
    }

    /** What matters to one key, for messages. */
    String describe(String host) {
        StringBuilder out = new StringBuilder(host);
        out.append(' ')
                .append(TestRows.keyOf(host).bytes().length == 0 ? "" : TestRows.keyOf(host));
        out.append(" until ").append(until).append(" from ").append(origin);
        out.append("\n").append(spec.timing()).append("\n").append(spec.policy());
        rows.values().forEach(told -> told.forEach(row -> describe(host, "", row, out)));
        amendments.forEach(
                amended -> describe(host, "due " + amended.dueTime() + " ", amended.row(), out));
        overflows.forEach((end, keyGroups) -> {
            if (keyGroups.contains(TestRows.keyOf(host).keyGroup())) {
                out.append("\n").append(end).append(" overflow");
            }
        });
        return out.append("\n").toString();
    }

    private static void describe(String host, String prefix, Row row, StringBuilder out) {
        if (row.host().equals(host)) {
            out.append("\n").append(prefix).append(row.end()).append(' ').append(row.observation());
            out.append(" when ").append(row.when()).append(" clear ").append(row.clear());
            out.append(" seen ").append(row.seenUntil()).append(" load ").append(row.load());
        }
    }

    static AlertScenario windowed(Choices choices, boolean amends) {
        Lateness lateness = amends
                ? new Lateness(choices.between(1, 60), choices.between(1, 35))
                : new Lateness(0, 0);
        long size = HOP * choices.between(1, 3);
        AlertTiming timing = new AlertTiming.Windowed(Windows.hopping(size, HOP, 0), lateness);
        boolean mayForget = !amends;
        AlertPolicy policy = policy(choices, true, mayForget);
        TreeMap<Long, List<Row>> rows = new TreeMap<>();
        TreeMap<Long, TreeSet<Integer>> overflows = new TreeMap<>();
        int density = choices.between(1, 6);
        for (long end = HOP; end <= HOP * WINDOWS; end += HOP) {
            for (String host : HOSTS) {
                if (choices.oneIn(12)) {
                    int keyGroup = TestRows.keyOf(host).keyGroup();
                    overflows.computeIfAbsent(end, any -> new TreeSet<>()).add(keyGroup);
                }
                if (choices.upTo(6) < density) {
                    rows.computeIfAbsent(end, any -> new ArrayList<>())
                            .add(row(choices, host, end - size, end));
                }
            }
        }
        long until = choices.flag() ? HOP * WINDOWS : choices.between(0, 4000);
        rows.tailMap(until, false).clear();
        overflows.tailMap(until, false).clear();
        AlertSpec spec = new AlertSpec("m", "v", policy, timing, TestRows.KEYS, TestRows.VALUES);
        List<AmendedRow> amendments =
                amends ? amendments(choices, lateness, size, until) : List.of();
        return new AlertScenario(spec, rows, overflows, amendments, choices.upTo(9), until);
    }

    static AlertScenario windowless(Choices choices, boolean sessions) {
        AlertTiming timing = sessions ? new AlertTiming.Sessions(10) : new AlertTiming.Rows();
        AlertSpec spec = new AlertSpec(
                "m",
                "v",
                policy(choices, false, !sessions),
                timing,
                TestRows.KEYS,
                TestRows.VALUES);
        TreeMap<Long, List<Row>> rows = new TreeMap<>();
        int density = choices.between(1, 12);
        for (long time = 1; time < WINDOWLESS_MILLIS; time++) {
            for (String host : HOSTS) {
                for (int ordinal = 0; choices.upTo(40) < density && ordinal < 3; ordinal++) {
                    Row row = row(choices, host, sessions ? time - 1 : time, time)
                            .withSeenUntil(time)
                            .withOrdinal(ordinal);
                    rows.computeIfAbsent(time, any -> new ArrayList<>()).add(row);
                    if (sessions) {
                        break;
                    }
                }
            }
        }
        long until = choices.between(WINDOWLESS_MILLIS, 2 * WINDOWLESS_MILLIS);
        return new AlertScenario(spec, rows, new TreeMap<>(), List.of(), 0, until);
    }

    private static Row row(Choices choices, String host, long start, long end) {
        boolean when = choices.flag();
        Observation observation = choices.oneIn(8)
                ? Observation.HIDDEN
                : choices.oneIn(8) ? Observation.FAILED : Observation.SHOWN;
        return Row.of(host, start, end, when)
                .as(observation)
                .withClear(choices.flag())
                .withLoad(choices.oneIn(5) ? null : (long) choices.upTo(99))
                .withSeenUntil(end
                        - HOP
                                * choices.upTo(
                                        (int) ((end - start) / HOP) - 1 < 0
                                                ? 0
                                                : (int) ((end - start) / HOP) - 1));
    }

    private static List<AmendedRow> amendments(
            Choices choices, Lateness lateness, long size, long until) {
        List<AmendedRow> amendments = new ArrayList<>();
        for (long end = HOP; end <= HOP * WINDOWS; end += HOP) {
            for (int revision = 1; revision <= lateness.lastRevision(); revision++) {
                for (String host : HOSTS) {
                    long due = lateness.dueTime(end, revision);
                    if (due <= until && choices.oneIn(6)) {
                        Row row = row(choices, host, end - size, end);
                        Row amended = choices.oneIn(9) ? row.as(Observation.FOLDED) : row;
                        amendments.add(new AmendedRow(revision, due, amended));
                    }
                }
            }
        }
        amendments.sort(AmendedRow.DUE);
        return amendments;
    }

    private static AlertPolicy policy(Choices choices, boolean windowed, boolean mayForget) {
        boolean amends = windowed && !mayForget;
        TemplateNames names = new TemplateNames(List.of("host"), TestRows.VALUES);
        Template annotation = Template.parse("{{ $labels.host }} {{ $value }}", names);
        return new AlertPolicy(
                choices.of(0L, 5L, 10L, 25L, 40L),
                choices.of(0L, 5L, 10L, 25L, 40L),
                choices.flag(),
                !windowed && !mayForget ? null : absence(choices, mayForget),
                windowed ? choices.of(NoData.values()) : NoData.RESOLVE,
                amends ? OnAmend.AMEND : OnAmend.ANNOTATE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of("summary", annotation));
    }

    private static @Nullable Absence absence(Choices choices, boolean mayForget) {
        if (choices.flag()) {
            return null;
        }
        long after = choices.of(7L, 10L, 20L, 45L);
        long forget = mayForget && choices.flag() ? after + choices.upTo(50) : 1_000_000;
        List<AlertKey> listed = new ArrayList<>();
        for (String host : HOSTS) {
            if (choices.oneIn(3)) {
                listed.add(TestRows.keyOf(host));
            }
        }
        return new Absence(after, forget, choices.flag(), listed);
    }
}
