package io.tidewatch.server.backtest;

import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.JobCounts;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what comes out of a job and sums up what happened, for people. */
public final class Summary implements JobOutput {
    private final JobOutput next;
    private final Map<String, Map<String, Long>> transitions = new TreeMap<>();
    private final Map<String, Long> results = new TreeMap<>();

    public Summary(JobOutput next, List<String> monitors) {
        this.next = next;
        monitors.forEach(monitor -> results.put(monitor, 0L));
    }

    @Override
    public void result(ResultRow row) {
        if (row.isFinal()) {
            results.merge(row.monitor(), 1L, Long::sum);
        }
        next.result(row);
    }

    @Override
    public void transition(TransitionRow row) {
        transitions
                .computeIfAbsent(row.monitor(), any -> new TreeMap<>())
                .merge(row.word(), 1L, Long::sum);
        next.transition(row);
    }

    /**
     * The summary as text.
     *
     * @param seconds how long it took
     * @param hasReceiveTimes whether the input had receive times, without which no event is too far ahead
     */
    public String text(Intake intake, JobCounts counts, double seconds, boolean hasReceiveTimes) {
        StringBuilder text = new StringBuilder();
        long events = intake.accepted() + intake.refused();
        text.append(String.format(
                Locale.ROOT,
                "%,d events in %.1f s (%,.0f per second): %,d accepted, %,d refused%n",
                events,
                seconds,
                events / Math.max(1e-9, seconds),
                intake.accepted(),
                intake.refused()));
        intake.refusals()
                .forEach(refusal -> text.append("  refused: ").append(refusal).append('\n'));
        if (intake.refused() > intake.refusals().size()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  … and %,d more%n",
                    intake.refused() - intake.refusals().size()));
        }
        text.append(
                hasReceiveTimes
                        ? String.format(Locale.ROOT, "%,d future%n", counts.future())
                        : "future: not judged, for the input has no receive times ('ahead' was not applied)\n");
        results.forEach((monitor, count) -> text.append(monitor(monitor, count, counts)));
        counts.examples().forEach(example -> text.append("  ").append(example).append('\n'));
        return text.toString().replace("\r\n", "\n");
    }

    private String monitor(String monitor, long count, JobCounts counts) {
        Map<String, Long> states = transitions.getOrDefault(monitor, Map.of());
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s: %,d %s", monitor, count, count == 1 ? "result" : "results"));
        for (String state :
                List.of("pending", "firing", "resolved", "withdrawn", "note", "provisional")) {
            if (states.containsKey(state)) {
                line.append(String.format(Locale.ROOT, ", %,d %s", states.get(state), state));
            }
        }
        line.append(
                String.format(Locale.ROOT, ", %,d late", counts.late().getOrDefault(monitor, 0L)));
        line.append(some(counts.failed(), monitor, "failed"));
        line.append(some(counts.refusedKeys(), monitor, "refused by alert_keys"));
        line.append(some(counts.unkeptEvaluations(), monitor, "not kept by alert_evaluations"));
        return line.append('\n').toString();
    }

    private static String some(Map<String, Long> counts, String monitor, String what) {
        long count = counts.getOrDefault(monitor, 0L);
        return count == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", count, what);
    }
}
