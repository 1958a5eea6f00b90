package io.tidewatch.server.config;

import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.window.Windows;
import io.tidewatch.server.yaml.Place;

/** The windows of a monitor, as its {@code window:} key says. */
public sealed interface WindowConfig {
    Place place();

    /** The windows as the value of {@code window:}. */
    String shown();

    /** Windows on a grid: tumbling, hopping or cumulating. */
    record OnGrid(Place place, Windows windows, String shown) implements WindowConfig {}

    /** Windows that end when a key is silent for {@code gapMillis}. */
    record Session(Place place, long gapMillis) implements WindowConfig {
        @Override
        public String shown() {
            return "{gap: " + Durations.format(gapMillis) + "}";
        }
    }
}
