package io.tidewatch.server.suite;

import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.output.NamedValue;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TextRows;
import io.tidewatch.server.output.TransitionRow;
import io.tidewatch.server.suite.Suite.Alert;
import io.tidewatch.server.suite.Suite.Case;
import io.tidewatch.server.suite.Suite.Columns;
import io.tidewatch.server.suite.Suite.Results;
import io.tidewatch.server.suite.Suite.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what differs between what a test expects and what came out. Each expectation takes one row that has not been taken; if
 * there is none, the row that comes nearest is shown.
 */
public final class Judge {
    private static final int SHOWN_MAX = 20;

    private final Observed observed;
    private final List<String> problems = new ArrayList<>();

    private Judge(Observed observed) {
        this.observed = observed;
    }

    /** What differs; nothing if the test passed. */
    public static List<String> problems(Case expected, Observed observed) {
        Judge judge = new Judge(observed);
        expected.results().forEach(judge::results);
        judge.alerts(expected.alerts());
        if (expected.noAlerts()) {
            judge.unexpected(
                    expected.place() + ": no alerts were expected",
                    transitionTexts(observed.transitions()));
        }
        expected.states().forEach(judge::state);
        return judge.problems;
    }

    private void results(Results expected) {
        List<ResultRow> left = new ArrayList<>(observed.results(expected.monitor()));
        for (Columns columns : expected.rows()) {
            int best = nearest(
                    columns.values(), left.stream().map(Likeness::columns).toList());
            List<String> different = best < 0
                    ? List.of()
                    : Likeness.differences(columns.values(), Likeness.columns(left.get(best)));
            if (best >= 0 && different.isEmpty()) {
                left.remove(best);
            } else {
                problems.add(columns.place() + ": " + expected.monitor() + ": expected "
                        + plain(columns.values())
                        + nearestText(best < 0 ? "" : TextRows.of(left.get(best)), different));
            }
        }
        if (expected.exactly()) {
            unexpected(
                    expected.place() + ": " + expected.monitor()
                            + ": these results were not expected",
                    left.stream().map(TextRows::of).toList());
        }
    }

    private void alerts(List<Alert> expected) {
        List<TransitionRow> left = new ArrayList<>(observed.transitions());
        for (Alert alert : expected) {
            List<TransitionRow> candidates = left.stream()
                    .filter(row -> row.monitor().equals(alert.monitor()))
                    .toList();
            Map<String, @Nullable Object> wanted = columns(alert);
            int best = nearest(wanted, candidates.stream().map(Judge::columns).toList());
            List<String> different = best < 0
                    ? List.of()
                    : Likeness.differences(wanted, columns(candidates.get(best)));
            if (best >= 0 && different.isEmpty()) {
                left.remove(candidates.get(best));
            } else {
                problems.add(alert.place() + ": " + alert.monitor() + ": expected the transition "
                        + plain(wanted)
                        + nearestText(
                                best < 0 ? "" : TextRows.of(candidates.get(best)), different));
            }
        }
    }

    private void state(State expected) {
        List<Map<String, String>> left = new ArrayList<>(AlertStates.at(
                observed.transitions(expected.monitor()), expected.state(), expected.atMillis()));
        String moment = " at " + Timestamps.format(expected.atMillis());
        for (Map<String, String> labels : expected.labels()) {
            boolean found =
                    left.removeIf(actual -> actual.entrySet().containsAll(labels.entrySet()));
            if (!found) {
                problems.add(expected.place() + ": " + expected.monitor() + ": expected "
                        + TextRows.texts(labels) + " to be " + expected.state() + moment);
            }
        }
        unexpected(
                expected.place() + ": " + expected.monitor() + ": not expected to be "
                        + expected.state() + moment,
                left.stream().map(TextRows::texts).toList());
    }

    private void unexpected(String what, List<String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(what).append(':');
        rows.stream().limit(SHOWN_MAX).forEach(row -> text.append("\n    ").append(row));
        if (rows.size() > SHOWN_MAX) {
            text.append("\n    … and ").append(rows.size() - SHOWN_MAX).append(" more");
        }
        problems.add(text.toString());
    }

    private static String nearestText(String row, List<String> different) {
        return row.isEmpty()
                ? "\n    but there was none at all"
                : "\n    nearest: " + row + "\n    different: " + String.join(", ", different);
    }

    /** The place of the row with the fewest differences, the first of them; -1 if there is no row. */
    private static int nearest(
            Map<String, @Nullable Object> wanted, List<Map<String, NamedValue>> rows) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < rows.size() && least > 0; i++) {
            int count = Likeness.differences(wanted, rows.get(i)).size();
            if (count < least) {
                least = count;
                best = i;
            }
        }
        return best;
    }

    private static Map<String, @Nullable Object> columns(Alert alert) {
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        wanted.put("state", alert.state());
        alert.from().ifPresent(from -> wanted.put("from", from));
        alert.atMillis().ifPresent(at -> wanted.put("at", Timestamps.format(at)));
        alert.labels().forEach((name, value) -> wanted.put("label " + name, value));
        alert.annotations().forEach((name, value) -> wanted.put("annotation " + name, value));
        alert.values().forEach((name, value) -> wanted.put("value " + name, value));
        return wanted;
    }

    private static Map<String, NamedValue> columns(TransitionRow row) {
        List<NamedValue> values = new ArrayList<>();
        values.add(text("state", row.word()));
        values.add(text("from", row.from()));
        values.add(time("at", row.atMillis()));
        row.labels().forEach((name, value) -> values.add(text("label " + name, value)));
        row.annotations().forEach((name, value) -> values.add(text("annotation " + name, value)));
        row.values()
                .forEach(value -> values.add(
                        new NamedValue("value " + value.name(), value.type(), value.value())));
        return Likeness.columns(values);
    }

    private static NamedValue text(String name, String value) {
        return new NamedValue(name, Type.VARCHAR, value);
    }

    private static NamedValue time(String name, long millis) {
        return new NamedValue(name, Type.TIMESTAMP, millis);
    }

    private static List<String> transitionTexts(List<TransitionRow> rows) {
        return rows.stream().map(TextRows::of).toList();
    }

    private static String plain(Map<String, @Nullable Object> values) {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append(": ")
                .append(value == null ? "null" : value));
        return text.append('}').toString();
    }
}
