package io.tidewatch.alerting;

import io.tidewatch.alerting.AlertScenario.AmendedRow;
import io.tidewatch.alerting.AlertTiming.Windowed;
import io.tidewatch.alerting.TestRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a scenario by their definitions: every key is looked at alone, at every window end there is, or at every
 * millisecond. Steps are texts {@code host condition|absence FROM→TO startsAt at}.
 */
final class NaiveAlerts {
    private final AlertScenario scenario;
    private final AlertPolicy policy;
    private final String host;
    private final List<String> steps = new ArrayList<>();
    private final boolean isListed;
    private String state = "INACTIVE";
    private long startsAt;
    /** Milliseconds that count toward the timer that runs, and whether it is the one of keep_firing_for. */
    private long waited;

    private boolean clearing;
    private boolean learned;
    private @Nullable Long absentSince;
    private long seen;
    private long expectedSince = Long.MAX_VALUE;

    private NaiveAlerts(AlertScenario scenario, String host) {
        this.scenario = scenario;
        this.policy = scenario.spec().policy();
        this.host = host;
        AlertKey key = TestRows.keyOf(host);
        this.isListed = policy.absence() != null && policy.absence().listed().contains(key);
        if (isListed) {
            seen = scenario.origin();
            expectedSince = scenario.origin();
        }
    }

    /** All steps by host and subject, with amended values as if they had been there from the start. */
    static Map<String, List<String>> steps(AlertScenario scenario) {
        Map<String, List<String>> steps = new TreeMap<>();
        for (String host : AlertScenario.HOSTS) {
            NaiveAlerts alerts = new NaiveAlerts(scenario, host);
            if (scenario.spec().isWindowed()) {
                alerts.runWindows();
            } else {
                alerts.runMillis();
            }
            for (String subject : List.of(" condition", " absence")) {
                steps.put(
                        host + subject,
                        alerts.steps.stream()
                                .filter(step -> step.startsWith(host + subject))
                                .toList());
            }
        }
        return steps;
    }

    private void runWindows() {
        Windowed timing = (Windowed) scenario.spec().timing();
        int keyGroup = TestRows.keyOf(host).keyGroup();
        long hop = AlertScenario.HOP;
        for (long end = hop; end <= scenario.until(); end += hop) {
            Row first = find(scenario.rows().getOrDefault(end, List.of()));
            Row amended = latest(end);
            boolean overflow =
                    scenario.overflows().getOrDefault(end, new TreeSet<>()).contains(keyGroup);
            Row counts = amended != null ? amended : first;
            boolean known = !state.equals("INACTIVE") || isExpectedBefore(end);
            Signal signal = counts != null
                    ? signal(counts)
                    : overflow ? Signal.KEEP : known ? policy.noData().signal() : Signal.CLEAR;
            evaluate(signal, end, hop);
            watchSilence(first, overflow, end, timing);
        }
    }

    private void watchSilence(@Nullable Row row, boolean overflow, long end, Windowed timing) {
        Absence absence = policy.absence();
        if (absence == null) {
            return;
        }
        if (row != null) {
            boolean expected = isExpectedBefore(end) || isListed;
            if (expected || absence.learn()) {
                seen = expected ? Math.max(seen, row.seenUntil()) : row.seenUntil();
                expectedSince = Math.min(expectedSince, end);
            }
            learned |= absence.learn();
        } else if (overflow) {
            if (isExpectedBefore(end)) {
                seen += end - Math.max(timing.windows().previousEnd(end), expectedSince);
            }
            return;
        }
        // A key that has just been learned or is listed from a later origin is not judged yet.
        if (learned || isListed && (expectedSince < end || row != null)) {
            silence(end, row != null);
        }
    }

    private void silence(long time, boolean hasRow) {
        Absence absence = policy.absence();
        if (absence == null) {
            return;
        }
        boolean silent = time - seen >= absence.afterMillis();
        if (silent && absentSince == null) {
            absentSince = time;
            steps.add(host + " absence INACTIVE→FIRING " + time + " " + time);
        } else if (!silent && absentSince != null) {
            found(time);
        }
        if (!hasRow && learned && !isListed && time - seen >= absence.forgetAfterMillis()) {
            forget(time);
        }
    }

    private void found(long time) {
        steps.add(host + " absence FIRING→RESOLVED " + absentSince + " " + time);
        absentSince = null;
    }

    private void forget(long time) {
        if (!state.equals("INACTIVE")) {
            go("INACTIVE", time);
        }
        if (absentSince != null) {
            found(time);
        }
        learned = false;
        expectedSince = Long.MAX_VALUE;
    }

    private boolean isExpectedBefore(long time) {
        return (learned || isListed) && expectedSince < time;
    }

    private void runMillis() {
        for (long time = 0; time <= scenario.until(); time++) {
            if (state.equals("PENDING") && time - startsAt >= policy.forMillis()) {
                go("FIRING", time);
            }
            if (clearing && time - waited >= policy.keepFiringForMillis()) {
                go("INACTIVE", time);
            }
            if (isExpectedBefore(time)) {
                silence(time, false);
            }
            for (Row row : scenario.rows().getOrDefault(time, List.of())) {
                if (row.host().equals(host)) {
                    rowAt(row, time);
                }
            }
        }
    }

    /** Without windows {@link #waited} is when the condition was last lost. */
    private void rowAt(Row row, long time) {
        Signal signal = signal(row);
        if (signal == Signal.HOLDS) {
            clearing = false;
            if (state.equals("INACTIVE")) {
                startsAt = time;
                go(policy.forMillis() == 0 ? "FIRING" : "PENDING", time);
            }
        } else if (signal == Signal.HOVER) {
            clearing = false;
            if (state.equals("PENDING")) {
                go("INACTIVE", time);
            }
        } else if (signal == Signal.CLEAR) {
            waited = clearing ? waited : time;
            clearing = state.equals("FIRING");
            boolean keeps = clearing && policy.keepFiringForMillis() > 0;
            if (!state.equals("INACTIVE") && !keeps) {
                go("INACTIVE", time);
            }
        }
        Absence absence = policy.absence();
        if (absence != null && (absence.learn() || isListed)) {
            learned |= absence.learn();
            expectedSince = Math.min(expectedSince, time);
            seen = time;
            silence(time, true);
        }
    }

    private void evaluate(Signal signal, long end, long hop) {
        long counted = signal == Signal.KEEP ? 0 : hop;
        if (state.equals("INACTIVE")) {
            if (signal == Signal.HOLDS) {
                startsAt = end;
                waited = 0;
                clearing = false;
                go(policy.forMillis() == 0 ? "FIRING" : "PENDING", end);
            }
            return;
        }
        if (signal == Signal.KEEP) {
            return;
        }
        if (state.equals("PENDING")) {
            waited += counted;
            if (signal != Signal.HOLDS) {
                go("INACTIVE", end);
            } else if (waited >= policy.forMillis()) {
                go("FIRING", end);
            }
            return;
        }
        if (signal == Signal.HOLDS || signal == Signal.HOVER) {
            clearing = false;
            return;
        }
        waited = clearing ? waited + counted : 0;
        clearing = true;
        if (waited >= policy.keepFiringForMillis()) {
            go("INACTIVE", end);
        }
    }

    private void go(String next, long time) {
        String shown = state.equals("FIRING") && next.equals("INACTIVE") ? "RESOLVED" : next;
        steps.add(host + " condition " + state + "→" + shown + " " + startsAt + " " + time);
        state = next;
        clearing = false;
    }

    private Signal signal(Row row) {
        return switch (row.observation()) {
            case HIDDEN -> Signal.CLEAR;
            case FAILED, FOLDED, OVERFLOW -> Signal.KEEP;
            case SHOWN -> {
                if (row.when()) {
                    yield Signal.HOLDS;
                }
                yield policy.hasClear() && !row.clear() ? Signal.HOVER : Signal.CLEAR;
            }
        };
    }

    private @Nullable Row find(List<Row> rows) {
        for (Row row : rows) {
            if (row.host().equals(host)) {
                return row;
            }
        }
        return null;
    }

    private @Nullable Row latest(long end) {
        Row latest = null;
        for (AmendedRow amended : scenario.amendments()) {
            if (amended.row().end() == end && amended.row().host().equals(host)) {
                latest = amended.row();
            }
        }
        return latest;
    }
}
