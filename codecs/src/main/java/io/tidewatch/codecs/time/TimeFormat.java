package io.tidewatch.codecs.time;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How a time is written. */
public sealed interface TimeFormat {
    /** RFC 3339 with an offset. */
    TimeFormat RFC_3339 = new Rfc3339(null);

    /** The date of web logs. */
    TimeFormat WEB_LOG = new WebLog();

    /** A reader for one thread. */
    TimeReader reader();

    /**
     * RFC 3339: {@code 2015-05-17T10:05:03.123+02:00}; {@code T} or a space between date and time, an offset as {@code Z},
     * {@code ±hh:mm} or {@code ±hhmm}, and a fraction of any length after a point or a comma.
     *
     * @param zone where times without an offset are local; {@code null} if they are to be refused
     */
    record Rfc3339(@Nullable ZoneId zone) implements TimeFormat {
        @Override
        public TimeReader reader() {
            return new Rfc3339Reader(zone);
        }
    }

    /** A number of units since 1970-01-01T00:00:00Z, as number or string, with a fraction or without. */
    record Epoch(Unit unit) implements TimeFormat {
        public Epoch {
            requireNonNull(unit, "unit");
        }

        @Override
        public TimeReader reader() {
            return new EpochReader(unit);
        }
    }

    /** The date of web logs: {@code 17/May/2015:10:05:03 +0000}. */
    record WebLog() implements TimeFormat {
        @Override
        public TimeReader reader() {
            return new WebLogReader();
        }
    }

    /**
     * A pattern in the letters of {@link java.time.format.DateTimeFormatter}: see {@link PatternReader}.
     *
     * @param pattern for example {@code yyyy-MM-dd HH:mm:ss} or {@code MMM d HH:mm:ss}
     * @param zone where times are local, for a pattern without an offset
     * @param year the year of all times, for a pattern without one
     */
    record Pattern(
            String pattern, @Nullable ZoneId zone, @Nullable Integer year) implements TimeFormat {
        public Pattern {
            requireNonNull(pattern, "pattern");
            new PatternReader(pattern, zone, year);
        }

        @Override
        public TimeReader reader() {
            return new PatternReader(pattern, zone, year);
        }
    }

    /**
     * The format that a configuration names: {@code rfc3339}, {@code epoch_s}, {@code epoch_ms}, {@code epoch_us}, {@code
     * epoch_ns}, {@code weblog}, or a pattern.
     *
     * @throws TidewatchException CONFIGURATION_INVALID for a pattern that cannot be used, and for a zone or a year where
     *     the format has no use for it
     */
    static TimeFormat parse(String text, @Nullable ZoneId zone, @Nullable Integer year) {
        TimeFormat format =
                switch (text) {
                    case "rfc3339" -> new Rfc3339(zone);
                    case "epoch_s" -> new Epoch(Unit.SECONDS);
                    case "epoch_ms" -> new Epoch(Unit.MILLIS);
                    case "epoch_us" -> new Epoch(Unit.MICROS);
                    case "epoch_ns" -> new Epoch(Unit.NANOS);
                    case "weblog" -> WEB_LOG;
                    default -> new Pattern(text, zone, year);
                };
        boolean isPattern = format instanceof Pattern;
        if (zone != null && !isPattern && !(format instanceof Rfc3339)) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "time format '" + text + "' has no local times; remove the zone");
        }
        if (year != null && !isPattern) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "time format '" + text + "' has its own year; remove the option");
        }
        return format;
    }

    /** What an epoch time counts. */
    enum Unit {
        SECONDS,
        MILLIS,
        MICROS,
        NANOS
    }
}
