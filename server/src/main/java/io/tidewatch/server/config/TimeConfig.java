package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stream tells time; durations in milliseconds.
 *
 * @param field the field that holds the event time
 * @param format how it is written; guessed by its look if empty
 * @param zone the zone of times that name none
 * @param year the year of times that name none
 * @param outOfOrderMillis how far behind the latest event others are still on time
 * @param allowedLatenessMillis how long after its end a window is amended
 * @param amendEveryMillis how often it is
 * @param idleMillis the silence after which a partition no longer holds time back
 * @param aheadMillis how far an event may be ahead of its receive time
 */
public record TimeConfig(
        String field,
        Place place,
        Optional<String> format,
        Optional<ZoneId> zone,
        OptionalInt year,
        long outOfOrderMillis,
        long allowedLatenessMillis,
        long amendEveryMillis,
        long idleMillis,
        long aheadMillis) {
    public static final long OUT_OF_ORDER_MILLIS_DEFAULT = 5_000;
    public static final long ALLOWED_LATENESS_MILLIS_DEFAULT = 0;
    public static final long IDLE_MILLIS_DEFAULT = 10_000;
    public static final long AHEAD_MILLIS_DEFAULT = 600_000;
}
