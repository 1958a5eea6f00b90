package io.tidewatch.server.config;

import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.OnAmend;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When a monitor alerts; durations in milliseconds.
 *
 * @param when the condition; empty for an alert on absence alone
 * @param clear the condition that ends it; not {@code when} if empty
 * @param labels in the order of the file
 * @param annotations templates, in the order of the file
 * @param places where each key stands
 */
public record AlertConfig(
        Place place,
        Optional<Text> when,
        Optional<Text> clear,
        long forMillis,
        long keepFiringForMillis,
        Optional<Absent> absent,
        NoData noData,
        OnAmend onAmend,
        Evaluate evaluate,
        Mode mode,
        Map<String, Text> labels,
        Map<String, Text> annotations,
        Map<String, Place> places) {

    /** Where a key stands, or the alert if it is not given. */
    public Place placeOf(String key) {
        return places.getOrDefault(key, place);
    }

    /**
     * Alerting on keys that fall silent.
     *
     * @param afterMillis the silence that alerts
     * @param keys the values of the key columns of the keys that are expected from the beginning
     * @param learn whether keys that appear are expected from then on
     * @param forgetAfterMillis the silence after which a learned key is no longer expected
     */
    public record Absent(
            Place place,
            long afterMillis,
            List<Key> keys,
            boolean learn,
            OptionalLong forgetAfterMillis) {
        public Absent {
            keys = List.copyOf(keys);
        }
    }

    /** The values of a listed key by column; a key of one column may be a value without name (the name is then empty). */
    public record Key(Place place, Map<String, @Nullable Object> values) {}
}
