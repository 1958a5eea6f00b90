package io.tidewatch.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.expression.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that follow local clocks, against a walk over every second at which the clock could show a boundary. */
final class ZonedWindowsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final ZoneId ST_JOHNS = ZoneId.of("America/St_Johns");

    /** A zone and a day on which something happens to its clock. */
    private record Place(String zone, String day) {}

    private static final List<Place> PLACES = List.of(
            new Place("Europe/Berlin", "2024-03-31"),
            new Place("Europe/Berlin", "2024-10-27"),
            new Place("Europe/Berlin", "2037-10-25"),
            new Place("Europe/Berlin", "2150-03-29"),
            new Place("Europe/Berlin", "1893-04-01"),
            new Place("America/New_York", "2024-03-10"),
            new Place("America/New_York", "2024-11-03"),
            new Place("Australia/Lord_Howe", "2024-04-07"),
            new Place("Australia/Lord_Howe", "2024-10-06"),
            new Place("America/Sao_Paulo", "2018-11-04"),
            new Place("America/Sao_Paulo", "2019-02-17"),
            new Place("Asia/Kathmandu", "1986-01-01"),
            new Place("Asia/Kathmandu", "2024-06-01"),
            new Place("America/St_Johns", "2006-04-02"),
            new Place("America/St_Johns", "2006-10-29"),
            new Place("Pacific/Apia", "2011-12-30"),
            new Place("Africa/Monrovia", "1972-01-07"),
            new Place("Asia/Pyongyang", "2018-05-05"),
            new Place("Africa/Casablanca", "2024-03-10"),
            new Place("Asia/Kolkata", "1945-10-15"),
            new Place("Asia/Kolkata", "1960-01-01"),
            new Place("Asia/Kolkata", "1800-01-01"));

    @Test
    void aDayIsTheLocalDay() {
        Windows days = Windows.tumbling(DAY, 0, BERLIN);
        assertThat(window(days, "2024-03-31T12:00:00Z"))
                .isEqualTo("2024-03-30T23:00:00.000Z .. 2024-03-31T22:00:00.000Z");
        assertThat(window(days, "2024-10-27T12:00:00Z"))
                .isEqualTo("2024-10-26T22:00:00.000Z .. 2024-10-27T23:00:00.000Z");
        assertThat(length(days, "2024-03-31T12:00:00Z")).isEqualTo(Duration.ofHours(23));
        assertThat(length(days, "2024-10-27T12:00:00Z")).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void daysEqualTheStartOfDayOfTheCalendar() {
        for (Place place : PLACES) {
            ZoneId zone = ZoneId.of(place.zone);
            Windows days = Windows.tumbling(DAY, 0, zone);
            LocalDate day = LocalDate.parse(place.day);
            for (LocalDate each = day.minusDays(3); each.isBefore(day.plusDays(4)); ) {
                long start = each.atStartOfDay(zone).toInstant().toEpochMilli();
                long next = each.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
                if (next > start) {
                    assertThat(days.startOf(days.firstEnd(start)))
                            .as("%s", place)
                            .isEqualTo(start);
                    assertThat(days.firstEnd(start)).as("%s", place).isEqualTo(next);
                }
                each = each.plusDays(1);
            }
        }
    }

    @Test
    void anHourThatIsShownTwiceIsTwoWindows() {
        Windows hours = Windows.tumbling(HOUR, 0, BERLIN);
        assertThat(window(hours, "2024-10-27T00:30:00Z"))
                .isEqualTo("2024-10-27T00:00:00.000Z .. 2024-10-27T01:00:00.000Z");
        assertThat(window(hours, "2024-10-27T01:30:00Z"))
                .isEqualTo("2024-10-27T01:00:00.000Z .. 2024-10-27T02:00:00.000Z");
    }

    @Test
    void aBoundaryThatTheClockJumpsOverIsTheInstantOfTheJump() {
        Windows halves = Windows.tumbling(30 * MINUTE, 15 * MINUTE, BERLIN);
        // 02:15 and 02:45 are not shown on this day; the clock goes from 02:00 to 03:00 at 01:00
        // UTC.
        assertThat(window(halves, "2024-03-31T00:50:00Z"))
                .isEqualTo("2024-03-31T00:45:00.000Z .. 2024-03-31T01:00:00.000Z");
        assertThat(window(halves, "2024-03-31T01:10:00Z"))
                .isEqualTo("2024-03-31T01:00:00.000Z .. 2024-03-31T01:15:00.000Z");
        assertThat(window(Windows.tumbling(DAY, 0, SAO_PAULO), "2018-11-04T12:00:00Z"))
                .isEqualTo("2018-11-04T03:00:00.000Z .. 2018-11-05T02:00:00.000Z");
    }

    @Test
    void aClockSetBackByHalfAnHourMakesOneLongerHour() {
        Windows hours = Windows.tumbling(HOUR, 0, LORD_HOWE);
        assertThat(window(hours, "2024-04-06T15:10:00Z"))
                .isEqualTo("2024-04-06T14:00:00.000Z .. 2024-04-06T15:30:00.000Z");
    }

    @Test
    void aDayThatIsSkippedHasNoWindow() {
        Windows days = Windows.tumbling(DAY, 0, ZoneId.of("Pacific/Apia"));
        assertThat(window(days, "2011-12-30T09:59:59.999Z"))
                .isEqualTo("2011-12-29T10:00:00.000Z .. 2011-12-30T10:00:00.000Z");
        assertThat(window(days, "2011-12-30T10:00:00Z"))
                .isEqualTo("2011-12-30T10:00:00.000Z .. 2011-12-31T10:00:00.000Z");
    }

    @Test
    void aMidnightThatIsShownTwiceBeginsOneDay() {
        Windows days = Windows.tumbling(DAY, 0, ST_JOHNS);
        // At 00:01 the clock goes back to 23:01.
        assertThat(window(days, "2006-10-29T02:30:30Z"))
                .isEqualTo("2006-10-29T02:30:00.000Z .. 2006-10-30T03:30:00.000Z");
        assertThat(length(days, "2006-10-28T12:00:00Z")).isEqualTo(Duration.ofHours(24));
        // At 01:00 the clock goes back to 00:00.
        assertThat(window(
                        Windows.tumbling(DAY, 0, ZoneId.of("America/Havana")),
                        "2024-11-03T05:30:00Z"))
                .isEqualTo("2024-11-03T04:00:00.000Z .. 2024-11-04T05:00:00.000Z");
    }

    @Test
    void aClockThatChangedLastBefore1970KeepsItsLastOffset() {
        Windows days = Windows.tumbling(DAY, 0, ZoneId.of("Asia/Kolkata"));
        assertThat(window(days, "1960-01-01T00:00:00Z"))
                .isEqualTo("1959-12-31T18:30:00.000Z .. 1960-01-01T18:30:00.000Z");
    }

    @Test
    void sevenLocalDaysAdvanceByALocalDay() {
        Windows weeks = Windows.hopping(7 * DAY, DAY, 0, BERLIN);
        List<Long> ends = ends(weeks, at("2024-03-31T12:00:00Z"));
        assertThat(ends).hasSize(7);
        assertThat(Timestamps.format(weeks.startOf(ends.get(0))))
                .isEqualTo("2024-03-24T23:00:00.000Z");
        assertThat(Timestamps.format(ends.get(0))).isEqualTo("2024-03-31T22:00:00.000Z");
        assertThat(Timestamps.format(weeks.startOf(ends.get(6))))
                .isEqualTo("2024-03-30T23:00:00.000Z");
        assertThat(Timestamps.format(ends.get(6))).isEqualTo("2024-04-06T22:00:00.000Z");
    }

    @Test
    void aDayCumulatesByTheHourOfTheLocalClock() {
        Windows windows = Windows.cumulating(DAY, HOUR, 0, BERLIN);
        long start = at("2024-10-26T22:00:00Z");
        assertThat(ends(windows, start)).hasSize(25).allMatch(end -> windows.startOf(end) == start);
        assertThat(ends(windows, at("2024-10-27T22:59:59.999Z"))).hasSize(1);
        assertThat(ends(windows, at("2024-10-27T23:00:00Z"))).hasSize(24);
    }

    @Test
    void boundariesEqualAWalkOverTheClock() {
        Choices.random("zoned grids", 60, choices -> {
            Place place = choices.of(PLACES);
            ZoneId zone = ZoneId.of(place.zone);
            long step = stepMillis(choices);
            long offset = choices.between(-200, 200) * MINUTE;
            long day = Instant.parse(place.day + "T00:00:00Z").toEpochMilli();
            long from = day - 2 * DAY - 2 * step;
            long until = day + 2 * DAY + 2 * step;
            List<Long> boundaries = walk(zone.getRules(), step, offset, from, until);
            checkGrid(Grid.of(step, offset, zone), boundaries, choices);
        });
    }

    private static long stepMillis(Choices choices) {
        return choices.oneIn(3)
                ? choices.between(5, 3_000) * MINUTE
                : choices.of(15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 7 * DAY);
    }

    @Test
    void cumulatingWindowsEqualTheWalk() {
        Choices.random("zoned cumulation", 30, choices -> {
            Place place = choices.of(PLACES);
            ZoneRules rules = ZoneId.of(place.zone).getRules();
            long step = choices.of(15 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR);
            long size = step * choices.between(1, 5);
            long offset = choices.between(0, 100) * MINUTE;
            long day = Instant.parse(place.day + "T00:00:00Z").toEpochMilli();
            List<Long> outer = walk(rules, size, offset, day - 3 * DAY, day + 3 * DAY);
            List<Long> inner = walk(rules, step, offset, day - 3 * DAY, day + 3 * DAY);
            Windows windows = Windows.cumulating(size, step, offset, ZoneId.of(place.zone));
            assertThat(inner).containsAll(outer);
            int i = choices.between(1, outer.size() - 2);
            long start = outer.get(i);
            long end = outer.get(i + 1);
            long time = start + Math.floorMod(choices.anyLong(), end - start);
            List<Long> expected =
                    inner.stream().filter(each -> each > time && each <= end).toList();
            assertThat(ends(windows, time)).isEqualTo(expected);
            for (long each : expected) {
                assertThat(windows.startOf(each)).isEqualTo(start);
                assertThat(each - start).isLessThanOrEqualTo(windows.sizeMillisMax());
            }
        });
    }

    /**
     * The instants of whole seconds at which the clock shows a multiple of the step, or has just jumped over one; if steps
     * are dates, only those at which one is shown that was not shown before.
     */
    private static List<Long> walk(ZoneRules rules, long step, long offset, long from, long until) {
        List<Long> boundaries = new ArrayList<>();
        long before = Math.floorDiv(shown(rules, from - 1) - offset, step);
        for (long time = from; time < until; time += 1_000) {
            long shown = shown(rules, time) - offset;
            long steps = Math.floorDiv(shown, step);
            boolean regular = step % DAY != 0 && Math.floorMod(shown, step) == 0;
            if (regular || steps > before) {
                boundaries.add(time);
            }
            before = step % DAY == 0 ? Math.max(before, steps) : steps;
        }
        return boundaries;
    }

    private static long shown(ZoneRules rules, long time) {
        return time + rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds() * 1_000L;
    }

    private static void checkGrid(Grid grid, List<Long> boundaries, Choices choices) {
        for (int i = 0; i + 1 < boundaries.size(); i++) {
            long start = boundaries.get(i);
            long end = boundaries.get(i + 1);
            long within = start + Math.floorMod(choices.anyLong(), end - start);
            for (long time : new long[] {start, within, end - 1}) {
                assertThat(grid.floor(time)).isEqualTo(start);
                assertThat(grid.after(time, 1)).isEqualTo(end);
            }
            assertThat(grid.before(end, 1)).isEqualTo(start);
            assertThat(grid.before(start + 1, 1)).isEqualTo(start);
            int far = choices.upTo(boundaries.size() - 1);
            if (far > i) {
                assertThat(grid.after(within, far - i)).isEqualTo(boundaries.get(far));
                assertThat(grid.before(boundaries.get(far), far - i)).isEqualTo(start);
                assertThat(boundaries.get(far) - start)
                        .isLessThanOrEqualTo(grid.lengthMillisMax(far - i));
            }
        }
    }

    private static long at(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    private static String window(Windows windows, String time) {
        long end = windows.firstEnd(at(time));
        return Timestamps.format(windows.startOf(end)) + " .. " + Timestamps.format(end);
    }

    private static Duration length(Windows windows, String time) {
        long end = windows.firstEnd(at(time));
        return Duration.ofMillis(end - windows.startOf(end));
    }

    private static List<Long> ends(Windows windows, long time) {
        List<Long> ends = new ArrayList<>();
        long last = windows.lastEnd(time);
        for (long end = windows.firstEnd(time); end <= last; end = windows.nextEnd(end)) {
            ends.add(end);
        }
        return ends;
    }
}
