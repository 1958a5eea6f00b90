package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.time.LocalStarts;
import io.tidewatch.kernel.time.LocalStarts.Change;
import io.tidewatch.kernel.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units of local clocks at every change that the tz database knows, against {@code java.time} and the windows. */
final class LocalUnitsTest {
    private static final List<Change> CHANGES = LocalStarts.all();

    @ParameterizedTest
    @EnumSource(
            value = CalendarUnit.class,
            names = {"HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"})
    void unitsBeginWhereTheClockShowsTheirBeginningOrJumpsOverIt(CalendarUnit unit) {
        List<String> wrong = new ArrayList<>();
        for (Change change : CHANGES) {
            Zone zone = Zone.of(change.zone().getId());
            List<Long> starts = starts(change, unit);
            for (int i = 1; i + 2 < starts.size(); i++) {
                long start = starts.get(i);
                long end = starts.get(i + 1);
                if (unit.floor(start, zone) != start
                        || unit.floor(end - 1, zone) != start
                        || unit.ceil(start, zone) != start
                        || unit.ceil(start + 1, zone) != end) {
                    wrong.add(change + " from " + start + " to " + end + ", found "
                            + unit.floor(start, zone) + ", " + unit.floor(end - 1, zone)
                            + " to " + unit.ceil(start + 1, zone));
                }
            }
        }
        assertThat(wrong.stream().limit(20)).isEmpty();
    }

    @Test
    void minutesHoursAndDaysAreTheWindowsOfTheirLength() {
        List<String> wrong = new ArrayList<>();
        for (Change change : CHANGES) {
            Zone zone = Zone.of(change.zone().getId());
            for (CalendarUnit unit :
                    List.of(CalendarUnit.MINUTE, CalendarUnit.HOUR, CalendarUnit.DAY)) {
                Windows windows = Windows.tumbling(unit.millis(), 0, change.zone());
                long from = change.transition().getInstant().toEpochMilli();
                for (long time = from - 90_000_123; time < from + 90_000_000; time += 1_234_567) {
                    if (windows.paneStart(time) != unit.floor(time, zone)) {
                        wrong.add(unit + " at " + time + " " + change + ": window from "
                                + windows.paneStart(time) + ", unit from "
                                + unit.floor(time, zone));
                    }
                }
            }
        }
        assertThat(wrong.stream().limit(20)).isEmpty();
    }

    @Test
    void extractSaysWhatTheClockShowsAlsoWhereADayHasBegunBefore() {
        // In St. John's the clock went from 00:01 on the 29th back to 23:01 on the 28th.
        Zone zone = Zone.of("America/St_Johns");
        long again = Instant.parse("2006-10-29T03:00:00Z").toEpochMilli();
        assertThat(TimeField.DAY.of(again, zone)).isEqualTo(28);
        assertThat(TimeField.HOUR.of(again, zone)).isEqualTo(23);
        assertThat(CalendarUnit.DAY.floor(again, zone))
                .isEqualTo(Instant.parse("2006-10-29T02:30:00Z").toEpochMilli());
    }

    private static List<Long> starts(Change change, CalendarUnit unit) {
        UnaryOperator<LocalDateTime> next = unit.months() > 0
                ? time -> time.plusMonths(unit.months())
                : time -> time.plus(unit.millis(), ChronoUnit.MILLIS);
        Duration reach = unit.months() > 0
                ? Duration.ofDays(70L * unit.months())
                : Duration.ofMillis(4 * unit.millis()).plusHours(36);
        LocalDateTime before = change.transition().getDateTimeBefore().minus(reach);
        long millis = before.toInstant(ZoneOffset.UTC).toEpochMilli();
        LocalDateTime first =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(unit.floor(millis)), ZoneOffset.UTC);
        LocalDateTime last = change.transition().getDateTimeAfter().plus(reach);
        return LocalStarts.of(
                change.zone().getRules(), first, next, last, unit.compareTo(CalendarUnit.DAY) >= 0);
    }
}
