package io.tidewatch.server.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream made up by rule: row <i>i</i> depends on the seed and on <i>i</i> alone.
 *
 * @param rate rows per second of event time
 * @param count how many rows; no end if empty
 * @param startMillis the event time of the first row; when the source starts, if empty
 * @param jitterMillis how far a row's event time may stand before its turn
 */
public record GeneratorConfig(
        double rate,
        long seed,
        OptionalLong count,
        OptionalLong startMillis,
        long jitterMillis,
        List<Column> columns,
        List<Incident> incidents) {
    public GeneratorConfig {
        columns = List.copyOf(columns);
        incidents = List.copyOf(incidents);
    }

    /** A field and the rule that makes its values. */
    public record Column(String field, Rule rule) {}

    /** A rule that makes values. */
    public sealed interface Rule {
        /** {@code prefix} and {@code from + step · (i mod every)}, or without {@code mod} if {@code every} is 0. */
        record Sequence(long from, long step, long every, String prefix) implements Rule {}

        /** Every number from {@code min} to {@code max} alike; whole ones for BIGINT. */
        record Uniform(double min, double max) implements Rule {}

        /** Normally distributed numbers. */
        record Normal(double mean, double deviation) implements Rule {}

        /** One of some values; more often the greater its weight. */
        record Choice(List<Object> values, List<Double> weights) implements Rule {
            public Choice {
                values = List.copyOf(values);
                weights = List.copyOf(weights);
            }
        }

        /** A random UUID (version 4). */
        record Uuid() implements Rule {}

        /** A text with {@code #} for a digit, {@code ?} for a letter, {@code *} for a hexadecimal digit. */
        record Pattern(String pattern) implements Rule {}

        /** A wave of event time, with normally distributed noise on it. */
        record Sine(double mean, double amplitude, long periodMillis, double noise)
                implements Rule {}
    }

    /**
     * Something that goes wrong at intervals of event time, counted from the first row.
     *
     * @param field the field that is changed; empty for a gap
     * @param firstMillis when it first starts
     * @param everyMillis from one start to the next; once if empty
     * @param lastsMillis how long it takes
     * @param by what a spike adds, and what a drift has added at its end
     * @param where the rows that are concerned: values of fields
     */
    public record Incident(
            Kind kind,
            Optional<String> field,
            long firstMillis,
            OptionalLong everyMillis,
            long lastsMillis,
            double by,
            Map<String, List<String>> where) {
        public Incident {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        }

        /** The kinds of incidents, named in files in lower case. */
        public enum Kind {
            /** The field moves away steadily. */
            DRIFT,
            /** Rows are missing. */
            GAP,
            /** The field jumps. */
            SPIKE
        }
    }
}
