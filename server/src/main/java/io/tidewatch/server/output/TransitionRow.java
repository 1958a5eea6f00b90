package io.tidewatch.server.output;

import io.tidewatch.alerting.Transition;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A transition of an alert on its way out.
 *
 * @param values of the row that was evaluated, without the columns of the key; empty where there was none
 */
public record TransitionRow(Transition transition, List<NamedValue> values) {
    public TransitionRow {
        values = List.copyOf(values);
    }

    public String monitor() {
        return transition.alert().monitor();
    }

    public Map<String, String> labels() {
        return transition.alert().labels();
    }

    /** The state before: inactive, pending, firing or resolved. */
    public String from() {
        return transition.from().name().toLowerCase(Locale.ROOT);
    }

    /** The state after. */
    public String to() {
        return transition.to().name().toLowerCase(Locale.ROOT);
    }

    /** One word for what happened: the state after, or for what is no change of state provisional, note or withdrawn. */
    public String word() {
        return changesState() ? to() : transition.kind().name().toLowerCase(Locale.ROOT);
    }

    public boolean changesState() {
        return transition.kind() == Transition.Kind.STATE;
    }

    /** The event time of the evaluation that made it. */
    public long atMillis() {
        return transition.at();
    }

    public Map<String, String> annotations() {
        return transition.annotations();
    }
}
