package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Place;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A field of a stream or a reference table.
 *
 * @param path where the codec finds the value (a path into nested JSON, a CSV column, a named group); the field's name if empty
 * @param format how a timestamp is written, as {@code time.format}; guessed by its look if empty
 * @param zone the zone of timestamps that name none; UTC if empty
 * @param sensitive whether values are kept out of messages and samples
 */
public record FieldConfig(
        String name,
        Place place,
        Type type,
        Optional<String> path,
        Optional<String> format,
        Optional<ZoneId> zone,
        boolean sensitive) {
    public static FieldConfig of(String name, Place place, Type type) {
        return new FieldConfig(
                name, place, type, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
