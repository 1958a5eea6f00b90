package io.tidewatch.codecs.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.time.TimeFormat.Unit;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_10000 =
            Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();

    private static @Nullable Instant read(TimeReader reader, String text) {
        byte[] bytes = ("\"" + text + "\"").getBytes(UTF_8);
        long millis = reader.read(bytes, 1, bytes.length - 1);
        return millis == TimeReader.UNREADABLE ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Instant read(TimeFormat format, String text) {
        return read(format.reader(), text);
    }

    private static Instant anyTime(Choices choices) {
        long seconds =
                (long) (YEAR_1 / 1000 + choices.fraction() * ((YEAR_10000 - YEAR_1) / 1000.0));
        long recent = 1_400_000_000L + choices.upTo(400_000_000);
        return Instant.ofEpochSecond(choices.flag() ? recent : seconds, choices.upTo(999_999_999));
    }

    private static ZoneOffset anyOffset(Choices choices) {
        return choices.oneIn(3)
                ? ZoneOffset.UTC
                : ZoneOffset.ofTotalSeconds(60 * choices.between(-18 * 60, 18 * 60));
    }

    @ParameterizedTest
    @CsvSource({
        "2015-05-17T10:05:03Z, 2015-05-17T10:05:03Z",
        "2015-05-17 10:05:03.1234567890123+02:00, 2015-05-17T08:05:03.123Z",
        "'2015-05-17t10:05:03,5z', 2015-05-17T10:05:03.500Z",
        "2015-05-17T10:05:03-0330, 2015-05-17T13:35:03Z",
        "2015-05-17T10:05:03-00:00, 2015-05-17T10:05:03Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59.999Z",
        "2017-01-01T00:59:60.5+01:00, 2016-12-31T23:59:59.999Z",
        "2016-02-29T00:00:00Z, 2016-02-29T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00+00:00, 0001-01-01T00:00:00Z"
    })
    void readsRfc3339(String text, Instant expected) {
        assertThat(read(TimeFormat.RFC_3339, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2015-05-17",
                "2015-05-17T10:05:03",
                "2015-05-17T10:05Z",
                "2015-05-17T10:05:03.Z",
                "2015-05-17T24:00:00Z",
                "2015-02-29T00:00:00Z",
                "2015-13-01T00:00:00Z",
                "2015-00-01T00:00:00Z",
                "2015-01-32T00:00:00Z",
                "2015-05-17T10:60:03Z",
                "2015-05-17T10:05:61Z",
                "2015-05-17T10:05:60Z",
                "2015-05-17T23:59:60+01:00",
                "2015-05-17T10:05:03+2:00",
                "2015-05-17T10:05:03+18:01",
                "2015-05-17T10:05:03+02:60",
                "2015-05-17T10:05:03+02",
                "2015-05-17T10:05:03Zx",
                "2015-05-17T10:05:03 Z",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "2O15-05-17T10:05:03Z",
                "+2015-05-17T10:05:03Z",
                "2015-05-17T10:05:03+é0"
            })
    void refusesOtherRfc3339(String text) {
        assertThat(read(TimeFormat.RFC_3339, text)).isNull();
    }

    @Test
    void readsRfc3339LikeJavaTime() {
        TimeReader reader = TimeFormat.RFC_3339.reader();
        TimeReader local = new TimeFormat.Rfc3339(ZoneId.of("UTC")).reader();
        Choices.random("RFC 3339 equals java.time", 20_000, choices -> {
            Instant instant = anyTime(choices);
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    instant.atOffset(anyOffset(choices)));
            // java.time leaves out zero seconds.
            if (choices.flag()
                    || text.charAt(16) != ':'
                    || text.startsWith("-")
                    || text.startsWith("+")) {
                text = DateTimeFormatter.ISO_INSTANT.format(instant);
            }
            text = choices.flag() ? text : text.replace('T', ' ');
            assertThat(read(reader, text))
                    .as(text)
                    .isEqualTo(Instant.ofEpochMilli(instant.toEpochMilli()));
            assertThat(read(local, text))
                    .as(text)
                    .isEqualTo(Instant.ofEpochMilli(instant.toEpochMilli()));
        });
    }

    @Test
    void refusesDamagedRfc3339LikeJavaTime() {
        TimeReader reader = TimeFormat.RFC_3339.reader();
        Choices.random("damaged RFC 3339 equals java.time", 20_000, choices -> {
            StringBuilder text = new StringBuilder("2016-02-29T20:15:45.123+02:30");
            for (int i = choices.upTo(3); i > 0; i--) {
                text.setCharAt(
                        choices.upTo(text.length() - 1),
                        choices.of('0', '1', '3', '9', '-', ':', 'x', '.'));
            }
            Instant expected = null;
            try {
                expected = OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                expected = null;
            }
            assertThat(read(reader, text.toString())).as(text.toString()).isEqualTo(expected);
        });
    }

    @Test
    void readsWebLogDatesLikeJavaTime() {
        TimeReader reader = TimeFormat.WEB_LOG.reader();
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.US);
        Choices.random("web log dates equal java.time", 10_000, choices -> {
            Instant instant = Instant.ofEpochSecond(anyTime(choices).getEpochSecond());
            OffsetDateTime time = instant.atOffset(anyOffset(choices));
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                String text = formatter.format(time);
                assertThat(read(reader, text)).as(text).isEqualTo(instant);
                int at = choices.upTo(text.length() - 1);
                String damaged = text.substring(0, at)
                        + choices.of("0", "9", "x", "/")
                        + text.substring(at + 1);
                assertThat(read(reader, damaged))
                        .as(damaged)
                        .isEqualTo(javaTime(formatter, damaged, null));
            }
        });
        assertThat(read(reader, "31/Dec/2016:23:59:60 +0000"))
                .isEqualTo("2016-12-31T23:59:59.999Z");
        assertThat(read(reader, "17/May/2015:10:05:03 +0000 ")).isNull();
        assertThat(read(reader, "17/Mai/2015:10:05:03 +0000")).isNull();
    }

    private static @Nullable Instant javaTime(
            DateTimeFormatter formatter, String text, @Nullable ZoneId zone) {
        try {
            DateTimeFormatter strict = formatter.withResolverStyle(ResolverStyle.STRICT);
            Instant instant = zone == null
                    ? OffsetDateTime.parse(text, strict).toInstant()
                    : LocalDateTime.parse(text, strict).atZone(zone).toInstant();
            long millis = instant.toEpochMilli();
            return millis < YEAR_1 || millis >= YEAR_10000 ? null : instant;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1431857103, 1431857103000",
        "SECONDS, -1, -1000",
        "SECONDS, 1431857103.1239, 1431857103123",
        "SECONDS, -0.0001, -1",
        "SECONDS, 1.4e9, 1400000000000",
        "SECONDS, 1e-99999999, 0",
        "SECONDS, -1e-99999999, -1",
        "SECONDS, 0e99999999, 0",
        "MILLIS, 1431857103123, 1431857103123",
        "MICROS, 1431857103123999, 1431857103123",
        "MICROS, -1, -1",
        "NANOS, 1431857103123999999, 1431857103123",
        "NANOS, -1, -1",
        "SECONDS, 253402300799, 253402300799000",
        "SECONDS, -62135596800, -62135596800000",
        "NANOS, 253402300799999999999, 253402300799999"
    })
    void readsEpochTimes(Unit unit, String text, long millis) {
        assertThat(read(new TimeFormat.Epoch(unit), text)).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "x",
                "1x",
                "1.",
                ".5",
                "-.5",
                "+1",
                " 1",
                "1 ",
                "0x10",
                "1e",
                "253402300800",
                "1e99999999",
                "-62135596801",
                "99999999999999999999",
                "1_0",
                "NaN",
                "1.5e+",
                "--1",
                "9223372036854775807"
            })
    void refusesOtherEpochTimes(String text) {
        assertThat(read(new TimeFormat.Epoch(Unit.SECONDS), text)).isNull();
    }

    @Test
    void readsEpochTimesLikeBigDecimal() {
        Choices.random("epoch times equal BigDecimal", 5_000, choices -> {
            Unit unit = choices.of(Unit.values());
            int exponent = 3 - 3 * List.of(Unit.values()).indexOf(unit);
            BigDecimal value = BigDecimal.valueOf(
                    choices.anyLong() >> choices.upTo(40), choices.between(-2, 8));
            BigDecimal millis = value.movePointRight(exponent).setScale(0, RoundingMode.FLOOR);
            boolean inRange = millis.compareTo(BigDecimal.valueOf(YEAR_1)) >= 0
                    && millis.compareTo(BigDecimal.valueOf(YEAR_10000)) < 0;
            String text = choices.flag() ? value.toPlainString() : value.toString();
            assertThat(read(new TimeFormat.Epoch(unit), text))
                    .as(unit + " " + text)
                    .isEqualTo(inRange ? Instant.ofEpochMilli(millis.longValueExact()) : null);
        });
    }

    @Test
    void readsLocalTimesLikeJavaTimeAlsoAroundClockChanges() {
        List<String> zones = List.of(
                "Europe/London",
                "America/Bahia_Banderas",
                "Australia/Lord_Howe",
                "Asia/Kathmandu",
                "Pacific/Apia",
                "Africa/Casablanca",
                "America/St_Johns",
                "UTC");
        Choices.random("local times equal java.time", 2_000, choices -> {
            ZoneId zone = ZoneId.of(choices.of(zones));
            TimeReader reader = new TimeFormat.Rfc3339(zone).reader();
            LocalDateTime time =
                    LocalDateTime.of(choices.between(1900, 2100), choices.between(1, 12), 1, 0, 0);
            for (int i = 0; i < 20; i++) {
                time = time.plusMinutes(
                        choices.of(7, 61, 24 * 60 - 1, 30 * 24 * 60, -45 * 24 * 60));
                assertThat(read(
                                reader,
                                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                                        .format(time)))
                        .isEqualTo(time.atZone(zone).toInstant());
            }
            assertAroundClockChanges(zone, reader);
        });
    }

    private static void assertAroundClockChanges(ZoneId zone, TimeReader reader) {
        var change = zone.getRules().nextTransition(Instant.parse("2014-06-01T00:00:00Z"));
        if (change == null) {
            return;
        }
        for (int minutes = -200; minutes <= 200; minutes += 10) {
            LocalDateTime time = change.getDateTimeBefore().plusMinutes(minutes);
            assertThat(read(reader, time + (time.getSecond() == 0 ? ":00" : "")))
                    .isEqualTo(time.atZone(zone).toInstant());
        }
    }

    @Test
    void statesTheRuleForClockChanges() {
        TimeFormat london = new TimeFormat.Rfc3339(ZoneId.of("Europe/London"));
        assertThat(read(london, "2015-03-29T01:30:00")).isEqualTo("2015-03-29T01:30:00Z");
        assertThat(read(london, "2015-03-29 02:30:00")).isEqualTo("2015-03-29T01:30:00Z");
        assertThat(read(london, "2015-10-25T01:30:00")).isEqualTo("2015-10-25T00:30:00Z");
        assertThat(read(london, "2015-10-25T01:30:00Z")).isEqualTo("2015-10-25T01:30:00Z");
    }

    @Test
    void readsPatternsLikeJavaTime() {
        List<String> patterns = List.of(
                "yyyy-MM-dd HH:mm:ss",
                "dd.MM.yy H:m:s",
                "yyyyMMddHHmmssSSS",
                "MMM d yyyy hh:mm:ss a",
                "EEEE, d MMMM yyyy HH:mm",
                "EEE MMM dd HH:mm:ss yyyy",
                "yyyy-MM-dd",
                "yyyy-MM-dd'T'HH:mm:ss.SSSSSSX",
                "M/d/yyyy h:mm a XXX",
                "yyyy/MM/dd 'at' HH''mm XX",
                "d-MMM-yyyy HH:mm:ss Z");
        Choices.random("patterns equal java.time", 10_000, choices -> {
            String pattern = choices.of(patterns);
            boolean hasOffset = pattern.contains("X") || pattern.contains("Z");
            ZoneId zone = hasOffset ? null : ZoneId.of("America/New_York");
            DateTimeFormatter formatter = new java.time.format.DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern.replace('y', 'u'))
                    .parseDefaulting(java.time.temporal.ChronoField.NANO_OF_DAY, 0)
                    .toFormatter(Locale.US);
            boolean isDateOnly = !pattern.contains("H") && !pattern.contains("h");
            if (!isDateOnly) {
                formatter = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US);
            }
            LocalDateTime time = LocalDateTime.ofEpochSecond(
                    946_684_800L + choices.upTo(Integer.MAX_VALUE - 1),
                    1000 * choices.upTo(999_999),
                    ZoneOffset.UTC);
            String text = formatter.format(
                    time.atOffset(ZoneOffset.ofTotalSeconds(900 * choices.between(-72, 72))));
            if (choices.flag()) {
                int at = choices.upTo(text.length() - 1);
                text = text.substring(0, at)
                        + choices.of("0", "3", "5", "x", "-")
                        + text.substring(at + 1);
            }
            Instant expected = javaTime(formatter, text, zone);
            Instant expectedMillis =
                    expected == null ? null : Instant.ofEpochMilli(expected.toEpochMilli());
            TimeReader reader = new TimeFormat.Pattern(pattern, zone, null).reader();
            assertThat(read(reader, text)).as(pattern + ": " + text).isEqualTo(expectedMillis);
        });
    }

    @Test
    void readsSyslogTimesOfAGivenYear() {
        TimeFormat format = TimeFormat.parse("MMM d HH:mm:ss", ZoneId.of("UTC"), 2015);
        assertThat(read(format, "Mar 27 13:06:56")).isEqualTo("2015-03-27T13:06:56Z");
        assertThat(read(format, "Mar  7 13:06:56")).isEqualTo("2015-03-07T13:06:56Z");
        assertThat(read(format, "Feb 29 13:06:56")).isNull();
    }

    @Test
    void namesFormats() {
        ZoneId zone = ZoneId.of("UTC");
        assertThat(TimeFormat.parse("rfc3339", null, null)).isEqualTo(TimeFormat.RFC_3339);
        assertThat(TimeFormat.parse("rfc3339", zone, null)).isEqualTo(new TimeFormat.Rfc3339(zone));
        assertThat(TimeFormat.parse("epoch_ms", null, null))
                .isEqualTo(new TimeFormat.Epoch(Unit.MILLIS));
        assertThat(TimeFormat.parse("weblog", null, null)).isEqualTo(TimeFormat.WEB_LOG);
    }

    @Test
    void refusesPatternsThatCannotBeUsed() {
        ZoneId zone = ZoneId.of("UTC");
        assertRefused(
                "MMM d HH:mm:ss", zone, null, "it has no year, so the option 'year' is needed");
        assertRefused("yyyy-MM-dd", null, null, "it has no offset, so the option 'zone' is needed");
        assertRefused("yyyy-MM-dd X", zone, null, "it has an offset, so remove the option 'zone'");
        assertRefused("yyyy-MM-dd", zone, 2015, "it has a year, so remove the option 'year'");
        assertRefused("yyyy-MM", zone, null, "a month and a day are needed");
        assertRefused("yyyy-MM-dd hh", zone, null, "'h' and 'a' need one another");
        assertRefused("yyyy-MM-dd HH hh a", zone, null, "it has both 'H' and 'h'");
        assertRefused("yyyy-MM-dd VV", zone, null, "'VV' is not supported");
        assertRefused("yyyy-MM-dd 'x", zone, null, "a quote is not closed");
        assertRefused("yyyy-MM-dd[ HH]", zone, null, "'[' is not supported");
        assertRefused("rfc 3339", zone, null, "'r' is not supported");
        assertRefused("epoch_s", zone, null, "remove the zone");
        assertRefused("weblog", null, 2015, "remove the option");
    }

    private static void assertRefused(
            String pattern, @Nullable ZoneId zone, @Nullable Integer year, String reason) {
        assertThatThrownBy(() -> TimeFormat.parse(pattern, zone, year))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining(pattern)
                .hasMessageContaining(reason);
    }

    @Test
    void knowsEveryDayOfTheCalendar() {
        java.time.LocalDate date = java.time.LocalDate.of(1, 1, 1);
        while (date.getYear() <= 9999) {
            assertThat(Civil.epochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                    .isEqualTo((int) date.toEpochDay());
            date = date.plusDays(1);
        }
        for (int year = 1; year <= 2400; year++) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 28; day <= 32; day++) {
                    assertThat(Civil.isDate(year, month, day)).isEqualTo(isDate(year, month, day));
                }
            }
        }
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            java.time.LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
