package io.tidewatch.testkit;

import io.tidewatch.alerting.Marks;
import io.tidewatch.alerting.Transition;
import io.tidewatch.engine.embedded.Updates;
import io.tidewatch.kernel.batch.KeyDecoder;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.Result;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All that a job gave in one run. */
public final class Outcome {
    private final List<Result> results = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();

    public void add(Updates updates) {
        results.addAll(updates.results());
        transitions.addAll(updates.transitions());
    }

    public List<Transition> transitions() {
        return transitions;
    }

    public List<Result> results() {
        return results;
    }

    /** One line per update, sorted; to the bit. */
    public List<String> lines(JobPlan plan) {
        List<String> lines = new ArrayList<>();
        results.forEach(result -> lines.add(line(plan, result)));
        transitions.forEach(transition -> lines.add(line(transition)));
        lines.sort(null);
        return lines;
    }

    /** The same with the places in the log that each transition rests on, but for provisionals, which rest on a moment. */
    public List<String> linesWithPlaces(JobPlan plan) {
        List<String> lines = new ArrayList<>();
        results.forEach(result -> lines.add(line(plan, result)));
        transitions.forEach(transition -> lines.add(line(transition) + places(transition)));
        lines.sort(null);
        return lines;
    }

    /**
     * The updates whose id another one has, too, and the results that more than key, window and revision tells from another
     * one, where these should do. A result shown early has the id of the result that it announces, and is compared with others
     * of its kind only.
     */
    public List<String> namedTwice(JobPlan plan) {
        List<String> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Boolean> keysNameRows = IntStream.range(0, plan.monitors().size())
                .mapToObj(plan::keysNameRows)
                .toList();
        for (Result result : results) {
            String id = result.id(plan.monitors().get(result.monitor()));
            boolean isNew = ids.add(result.kind().isEarly() ? "early " + id : id);
            if (!isNew || result.ordinal() > 0 && keysNameRows.get(result.monitor())) {
                lines.add(line(plan, result));
            }
        }
        for (Transition transition : transitions) {
            if (!ids.add(transition.id())) {
                lines.add(line(transition));
            }
        }
        return lines;
    }

    private static String places(Transition transition) {
        return transition.kind() == Transition.Kind.PROVISIONAL
                ? ""
                : " of " + transition.provenance().positions() + " "
                        + transition.provenance().exemplars();
    }

    /**
     * One line: monitor, key, window, revision, what it is, marks, values.
     *
     * <p>{@code orders {path=/a} [0, 1000) #0 FINAL [3, 0x1.8p1]}
     */
    public static String line(JobPlan plan, Result result) {
        return plan.monitors().get(result.monitor()).name()
                + " " + key(plan.keySchema(result.monitor()), result.key())
                + " [" + result.windowStart() + ", " + result.windowEnd() + ")"
                + (result.ordinal() == 0 ? "" : " +" + result.ordinal())
                + " #" + result.revision()
                + " " + result.kind()
                + marks(new Marks(result.approximate(), result.incomplete()))
                + " " + result.values().stream().map(Outcome::text).toList();
    }

    /**
     * One line: id, monitor, labels, kind, states, times, marks, values. Of a provisional, whose values may be those of any
     * moment at which the condition held, all but the marks and values.
     */
    public static String line(Transition transition) {
        Map<String, String> values = new TreeMap<>();
        boolean isProvisional = transition.kind() == Transition.Kind.PROVISIONAL;
        transition.values().forEach((name, value) -> values.put(name, text(value)));
        return transition.id()
                + " " + transition.alert().monitor()
                + " " + transition.alert().labels()
                + " " + transition.kind()
                + " " + transition.from() + " -> " + transition.to()
                + " since " + transition.startsAt()
                + " at " + transition.at()
                + " due " + transition.provenance().dueTime()
                + (isProvisional
                        ? ""
                        : marks(transition.marks()) + " " + values + " "
                                + transition.annotations());
    }

    private static String marks(Marks marks) {
        return (marks.approximate() ? " APPROXIMATE" : "")
                + (marks.incomplete() ? " INCOMPLETE" : "");
    }

    private static String key(Schema schema, byte[] key) {
        if (key.length == 3 && key[0] == -1 && key[1] < 0) {
            return (key[1] == -1 ? "" : (-1 - key[1]) + ":") + "overflow of " + key[2];
        }
        long groupingId = KeyDecoder.groupingId(key);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if ((groupingId >>> (schema.size() - 1 - i) & 1) == 0) {
                fields.add(schema.field(i));
            }
        }
        List<Type> types = fields.stream().map(Field::type).toList();
        List<@Nullable Object> values = KeyDecoder.values(key, types);
        StringBuilder text = new StringBuilder(
                KeyDecoder.branch(key) == 0 ? "{" : KeyDecoder.branch(key) + ":{");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(fields.get(i).name())
                    .append('=')
                    .append(text(values.get(i)));
        }
        return text.append('}').toString();
    }

    /** A value as {@link #line} shows it; doubles to the bit. */
    public static String text(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isNaN(number)
                    ? "NaN:" + HexFormat.of().toHexDigits(Double.doubleToRawLongBits(number))
                    : Double.toHexString(number);
        }
        return String.valueOf(value);
    }
}
