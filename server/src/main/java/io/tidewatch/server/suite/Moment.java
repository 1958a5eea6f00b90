package io.tidewatch.server.suite;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.config.Instants;
import io.tidewatch.server.yaml.YamlNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads event times of tests: {@code +5m} after the start, or a time such as {@code 2026-01-31T12:00:00Z}. */
final class Moment {
    /** When tests start that do not say: 2000-01-01T00:00:00Z. */
    static final long START_MILLIS_DEFAULT = 946_684_800_000L;

    /** Reads times that do not depend on a start. */
    static final Moment ABSOLUTE = new Moment(OptionalLong.empty());

    private final OptionalLong startMillis;

    private Moment(OptionalLong startMillis) {
        this.startMillis = startMillis;
    }

    /** Reads times of a test with that start, or the default one. */
    static Moment since(OptionalLong startMillis) {
        return new Moment(OptionalLong.of(startMillis.orElse(START_MILLIS_DEFAULT)));
    }

    /** The time of a value in milliseconds since the epoch; a complaint if it is none. */
    OptionalLong read(YamlNode node) {
        Optional<String> text = node.string();
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong time = parse(text.get());
        if (time.isEmpty()) {
            node.expected(
                    startMillis.isPresent()
                            ? "a time such as +5m (after the start) or 2026-01-31T12:00:00Z"
                            : "a time such as 2026-01-31T12:00:00Z");
        }
        return time;
    }

    /** The time that a text stands for; empty if it is none. */
    OptionalLong parse(String text) {
        if (!text.startsWith("+")) {
            return Instants.parse(text);
        }
        try {
            long after = Durations.parse(text.substring(1));
            return startMillis.isPresent() && Times.isSupported(startMillis.getAsLong() + after)
                    ? OptionalLong.of(startMillis.getAsLong() + after)
                    : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
