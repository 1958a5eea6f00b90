package io.tidewatch.server.config;

import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Moments and zones as people write them in files and on the command line. */
public final class Instants {
    private Instants() {}

    /**
     * {@code 2026-01-31T12:00:00Z}, with any offset, without one (UTC), or a date alone (its midnight, UTC); in the years 0001
     * to 9999.
     */
    public static OptionalLong parse(String text) {
        String normal = text.strip().replace(' ', 'T');
        try {
            long millis = instantOf(normal).toEpochMilli();
            return Times.isSupported(millis) ? OptionalLong.of(millis) : OptionalLong.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong read(YamlNode node) {
        Optional<String> text = node.string();
        OptionalLong millis = text.map(Instants::parse).orElse(OptionalLong.empty());
        if (text.isPresent() && millis.isEmpty()) {
            node.expected("a time such as 2026-01-31T12:00:00Z");
        }
        return millis;
    }

    static Optional<ZoneId> readZone(YamlNode node) {
        Optional<String> text = node.string();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.get()));
        } catch (DateTimeException e) {
            node.expected("a time zone such as Europe/Berlin or UTC"
                    + Suggestion.nearest(text.get(), new TreeSet<>(ZoneId.getAvailableZoneIds()))
                            .map(zone -> ", perhaps " + zone)
                            .orElse(""));
            return Optional.empty();
        }
    }

    private static Instant instantOf(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        String time = text.substring(text.indexOf('T'));
        boolean hasOffset = time.endsWith("Z") || time.contains("+") || time.contains("-");
        return hasOffset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
