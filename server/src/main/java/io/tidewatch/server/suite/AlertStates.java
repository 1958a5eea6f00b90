package io.tidewatch.server.suite;

import io.tidewatch.server.output.TransitionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of alerts at a moment, from their transitions. */
final class AlertStates {
    private AlertStates() {}

    /** The labels of the alerts that are in a state at a time, transitions of that very time included. */
    static List<Map<String, String>> at(
            List<TransitionRow> transitions, String state, long atMillis) {
        Map<Map<String, String>, String> states = new LinkedHashMap<>();
        for (TransitionRow row : transitions) {
            if (row.atMillis() <= atMillis && row.changesState()) {
                states.put(row.labels(), row.to());
            }
        }
        List<Map<String, String>> found = new ArrayList<>();
        states.forEach((labels, current) -> {
            if (current.equals(state)) {
                found.add(labels);
            }
        });
        return found;
    }
}
