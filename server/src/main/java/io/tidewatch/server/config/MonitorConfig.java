package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Text;
import java.util.List;
import java.util.Optional;

/**
 * A monitor: what to watch, and when to alert.
 *
 * @param key the columns that name a row's series, for a query without window and GROUP BY
 * @param alert empty for a monitor that only gives results
 */
public record MonitorConfig(
        String name,
        Place place,
        Text query,
        Optional<WindowConfig> window,
        List<Text> key,
        Optional<AlertConfig> alert) {
    public MonitorConfig {
        key = List.copyOf(key);
    }
}
