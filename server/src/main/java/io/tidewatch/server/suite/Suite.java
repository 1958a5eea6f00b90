package io.tidewatch.server.suite;

import io.tidewatch.server.yaml.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file of unit tests.
 *
 * @param config the configuration file whose monitors are tested
 */
public record Suite(String file, Path config, List<Case> cases) {
    public Suite {
        cases = List.copyOf(cases);
    }

    /**
     * One test.
     *
     * @param untilMillis the event time at which the input ends; by the input itself if empty
     */
    public record Case(
            String name,
            Place place,
            List<Input> inputs,
            OptionalLong untilMillis,
            List<Results> results,
            List<Alert> alerts,
            boolean noAlerts,
            List<State> states) {
        public Case {
            inputs = List.copyOf(inputs);
            results = List.copyOf(results);
            alerts = List.copyOf(alerts);
            states = List.copyOf(states);
        }
    }

    /**
     * The rows of one stream.
     *
     * @param form how the bytes are written
     * @param text the rows
     */
    public record Input(String stream, Place place, Form form, String text) {}

    /** How the rows of an input are written. */
    public enum Form {
        /** JSON lines with the stream's field names, whatever its format. */
        JSON,
        /** CSV with a header of the stream's field names, whatever its format. */
        CSV,
        /** As the stream's source has them. */
        LINES
    }

    /**
     * The expected rows of one monitor.
     *
     * @param exactly whether there are no others; always so for an empty list
     */
    public record Results(String monitor, Place place, List<Columns> rows, boolean exactly) {
        public Results {
            rows = List.copyOf(rows);
        }
    }

    /** Some columns of a row by name, with plain values as YAML has them. */
    public record Columns(Place place, Map<String, @Nullable Object> values) {
        public Columns {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** An expected transition; what is empty is not compared. */
    public record Alert(
            Place place,
            String monitor,
            Map<String, String> labels,
            Optional<String> from,
            String state,
            OptionalLong atMillis,
            Map<String, @Nullable Object> values,
            Map<String, String> annotations) {
        public Alert {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }
    }

    /**
     * The alerts of a monitor that are in a state at a moment: those listed by some of their labels, and no others.
     *
     * @param state pending or firing
     */
    public record State(
            Place place,
            String monitor,
            String state,
            long atMillis,
            List<Map<String, String>> labels) {
        public State {
            labels = List.copyOf(labels);
        }
    }
}
