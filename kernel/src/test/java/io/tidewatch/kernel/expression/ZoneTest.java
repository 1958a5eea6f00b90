package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Zones, units and the calendar against {@code java.time}. */
class ZoneTest {
    /** Zones with whole, half and quarter hours, changes at midnight, a skipped day, and a change of half an hour. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "+05:45",
            "Europe/Berlin",
            "America/New_York",
            "America/Havana",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Sao_Paulo",
            "Asia/Kolkata",
            "Africa/Casablanca",
            "Antarctica/Troll",
            "Asia/Pyongyang");

    private static long randomInstant(Choices choices, ZoneId zone) {
        Instant any = Instant.ofEpochSecond(choices.between(-1_000_000_000, 1_000_000_000) * 8L);
        ZoneOffsetTransition next = zone.getRules().nextTransition(any);
        boolean near = next != null && choices.flag();
        long distance = choices.flag()
                ? choices.between(-3, 3) * 1_800_000L
                : choices.between(-100_000_000, 100_000_000);
        return (near ? next.getInstant() : any).toEpochMilli() + distance;
    }

    @Test
    void readsTheClockOfAnyPlace() {
        Choices.random("zones", 4_000, choices -> {
            ZoneId zoneId = ZoneId.of(choices.of(ZONES));
            Zone zone = Zone.of(zoneId.getId());
            long instant = randomInstant(choices, zoneId);
            LocalDateTime local = Instant.ofEpochMilli(instant).atZone(zoneId).toLocalDateTime();
            long localMillis = local.toInstant(ZoneOffset.UTC).toEpochMilli();
            assertThat(instant + zone.offsetAt(instant)).isEqualTo(localMillis);
            assertThat(zone.instantOf(localMillis))
                    .as("%s in %s", local, zoneId)
                    .isEqualTo(local.atZone(zoneId).toInstant().toEpochMilli());
            ZoneOffsetTransition change =
                    zoneId.getRules().nextTransition(Instant.ofEpochMilli(instant));
            assertThat(zone.nextChange(instant))
                    .isEqualTo(
                            change == null
                                    ? Long.MAX_VALUE
                                    : change.getInstant().toEpochMilli());
        });
    }

    @Test
    void movesASkippedTimeForward() {
        Choices.random("skipped times", 1_500, choices -> {
            ZoneId zoneId = ZoneId.of(choices.of(ZONES));
            Zone zone = Zone.of(zoneId.getId());
            ZoneOffsetTransition change = zoneId.getRules()
                    .nextTransition(Instant.ofEpochMilli(randomInstant(choices, zoneId)));
            if (change == null) {
                return;
            }
            LocalDateTime local = change.getDateTimeBefore().plusMinutes(choices.between(-90, 90));
            long localMillis = local.toInstant(ZoneOffset.UTC).toEpochMilli();
            assertThat(zone.instantOf(localMillis))
                    .as("%s in %s", local, zoneId)
                    .isEqualTo(local.atZone(zoneId).toInstant().toEpochMilli());
        });
    }

    @Test
    void cutsTimesByTheClockOfAZone() {
        Choices.random("cut times", 2_000, choices -> {
            ZoneId zone = ZoneId.of(choices.of(ZONES));
            CalendarUnit unit = choices.of(CalendarUnit.values());
            Expression time = Expressions.literal(Type.TIMESTAMP, randomInstant(choices, zone));
            Results.call("DATE_TRUNC", unit.name(), time, zone.getId());
            choices.record(Results.call("CEIL", time, unit.name(), zone.getId()));
        });
    }

    @Test
    void aDayBeginsAtItsFirstMidnightOrAtTheJump() {
        // In Havana the clock goes from 01:00 back to 00:00, in Beirut from 00:00 to 01:00.
        assertThat(trunc("DAY", "2024-11-03T05:30:00Z", "America/Havana"))
                .isEqualTo("2024-11-03T04:00:00.000Z");
        assertThat(trunc("DAY", "2022-03-27T10:00:00Z", "Asia/Beirut"))
                .isEqualTo("2022-03-26T22:00:00.000Z");
        // Apia had no 30 December 2011.
        assertThat(trunc("DAY", "2011-12-30T10:00:00Z", "Pacific/Apia"))
                .isEqualTo("2011-12-30T10:00:00.000Z");
    }

    @Test
    void anHourThatHappensTwiceIsTwoHours() {
        assertThat(trunc("HOUR", "2024-10-27T00:30:00Z", "Europe/Berlin"))
                .isEqualTo("2024-10-27T00:00:00.000Z");
        assertThat(trunc("HOUR", "2024-10-27T01:30:00Z", "Europe/Berlin"))
                .isEqualTo("2024-10-27T01:00:00.000Z");
    }

    private static String trunc(String unit, String time, String zone) {
        return Results.call("DATE_TRUNC", unit, Results.time(time), zone);
    }

    @Test
    void refusesUnknownZonesAndUnits() {
        assertThatThrownBy(() -> Zone.of("Europe/Berlim"))
                .isInstanceOf(TidewatchException.class)
                .hasMessage("unknown time zone 'Europe/Berlim'; write an IANA name such as "
                        + "'Europe/Berlin', 'UTC', or an offset such as '+02:00'");
        assertThatThrownBy(() -> CalendarUnit.of("fortnight"))
                .hasMessage("unknown unit 'fortnight'; write one of MILLISECOND, SECOND, MINUTE, "
                        + "HOUR, DAY, WEEK, MONTH, QUARTER, YEAR");
    }

    @Test
    void knowsEveryDayOfTwoCenturies() {
        for (long day = -36_600; day <= 36_600; day++) {
            LocalDate date = LocalDate.ofEpochDay(day);
            assertThat(Calendar.dateOf(day))
                    .isEqualTo((long) date.getYear() << 16
                            | date.getMonthValue() << 8
                            | date.getDayOfMonth());
            assertThat(Calendar.daysOf(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                    .isEqualTo(day);
            assertThat(Calendar.isoWeek(day))
                    .isEqualTo(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            assertThat(Calendar.isoYear(day)).isEqualTo(date.get(IsoFields.WEEK_BASED_YEAR));
            assertThat(DayOfWeek.of(Calendar.isoDayOfWeek(day))).isEqualTo(date.getDayOfWeek());
        }
    }

    @Test
    void knowsAnyDayThatATimestampCanHold() {
        Choices.random("days", 2_000, choices -> {
            long day = Math.floorDiv(choices.anyLong(), Calendar.MILLIS_PER_DAY);
            LocalDate date = LocalDate.ofEpochDay(day);
            assertThat(Calendar.year(day)).isEqualTo(date.getYear());
            assertThat(Calendar.dayOfYear(day)).isEqualTo(date.getDayOfYear());
            int months = choices.between(-50_000, 50_000);
            assertThat(Calendar.plusMonths(day, months))
                    .isEqualTo(date.plusMonths(months).toEpochDay());
        });
    }
}
