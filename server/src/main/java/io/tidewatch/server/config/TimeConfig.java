package io.tidewatch.server.config;

import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.server.yaml.Place;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stream tells time.
 *
 * @param field the field that holds the event time
 * @param format how it is written; guessed by its look if empty
 * @param zone the zone of times that name none
 * @param year the year of times that name none
 * @param spec order, lateness and silence
 */
public record TimeConfig(
        String field,
        Place place,
        Optional<String> format,
        Optional<ZoneId> zone,
        OptionalInt year,
        TimeSpec spec) {
    /** The settings of a stream that has none but the field. */
    static TimeConfig of(String field, Place place) {
        return new TimeConfig(
                field,
                place,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                TimeSpec.defaults());
    }
}
