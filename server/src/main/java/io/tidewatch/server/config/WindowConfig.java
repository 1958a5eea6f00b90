package io.tidewatch.server.config;

import io.tidewatch.kernel.window.Windows;
import io.tidewatch.server.yaml.Place;

/** The windows of a monitor, as its {@code window:} key says. */
public sealed interface WindowConfig {
    Place place();

    /** Windows on a grid: tumbling, hopping or cumulating. */
    record OnGrid(Place place, Windows windows) implements WindowConfig {}

    /** Windows that end when a key is silent for {@code gapMillis}. */
    record Session(Place place, long gapMillis) implements WindowConfig {}
}
