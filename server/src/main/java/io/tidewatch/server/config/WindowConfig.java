package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import java.time.ZoneId;
import java.util.Optional;

/** The windows of a monitor, as its {@code window:} key says; durations in milliseconds. */
public sealed interface WindowConfig {
    Place place();

    /** Windows side by side. */
    record Tumble(Place place, long sizeMillis, long offsetMillis, Optional<ZoneId> zone)
            implements WindowConfig {}

    /** Windows that start every {@code hop} and overlap. */
    record Hop(
            Place place, long sizeMillis, long hopMillis, long offsetMillis, Optional<ZoneId> zone)
            implements WindowConfig {}

    /** Windows that grow by {@code step} until they reach {@code size}. */
    record Cumulate(
            Place place, long sizeMillis, long stepMillis, long offsetMillis, Optional<ZoneId> zone)
            implements WindowConfig {}

    /** Windows that end when a key is silent for {@code gap}. */
    record Session(Place place, long gapMillis) implements WindowConfig {}
}
