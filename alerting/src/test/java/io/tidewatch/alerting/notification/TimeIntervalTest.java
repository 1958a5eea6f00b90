package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alerting.notification.TimeInterval.Range;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeIntervalTest {
    private static final List<Range> ANY = List.of();

    private static boolean contains(TimeInterval interval, String time) {
        return interval.contains(Instant.parse(time).toEpochMilli());
    }

    private static TimeInterval daysOfMonth(String range) {
        Range days = TimeIntervalText.daysOfMonth(range);
        return new TimeInterval(ANY, ANY, List.of(days), ANY, ANY, ZoneOffset.UTC);
    }

    @Test
    void businessHours() {
        TimeInterval interval = new TimeInterval(
                List.of(TimeIntervalText.times("09:00", "17:00")),
                List.of(TimeIntervalText.weekdays("monday:friday")),
                ANY,
                ANY,
                ANY,
                ZoneOffset.UTC);
        assertThat(contains(interval, "2020-07-08T12:00:00Z")).isTrue();
        assertThat(contains(interval, "2020-07-08T09:00:00Z")).isTrue();
        assertThat(contains(interval, "2020-07-08T08:59:59.999Z")).isFalse();
        assertThat(contains(interval, "2020-07-08T16:59:59.999Z")).isTrue();
        assertThat(contains(interval, "2020-07-08T17:00:00Z")).isFalse();
        assertThat(contains(interval, "2020-07-05T12:00:00Z")).isFalse();
    }

    @Test
    void theEndOfTheDayIs24() {
        Range evening = TimeIntervalText.times("22:00", "24:00");
        TimeInterval interval =
                new TimeInterval(List.of(evening), ANY, ANY, ANY, ANY, ZoneOffset.UTC);
        assertThat(contains(interval, "2020-07-08T23:59:59Z")).isTrue();
        assertThat(contains(interval, "2020-07-09T00:00:00Z")).isFalse();
    }

    @Test
    void daysAreCountedFromBothEndsOfTheMonth() {
        assertThat(contains(daysOfMonth("-3:-1"), "2020-02-27T00:00:00Z")).isTrue();
        assertThat(contains(daysOfMonth("-3:-1"), "2020-02-26T23:59:59Z")).isFalse();
        assertThat(contains(daysOfMonth("31"), "2020-04-30T00:00:00Z")).isFalse();
        assertThat(contains(daysOfMonth("29:31"), "2020-04-30T00:00:00Z")).isTrue();
        assertThat(contains(daysOfMonth("1:-1"), "2020-02-29T00:00:00Z")).isTrue();
    }

    @Test
    void monthsAndYears() {
        TimeInterval interval = new TimeInterval(
                ANY,
                ANY,
                ANY,
                List.of(TimeIntervalText.months("june:8"), TimeIntervalText.months("12")),
                List.of(TimeIntervalText.years("2020:2021")),
                ZoneOffset.UTC);
        assertThat(contains(interval, "2020-08-31T00:00:00Z")).isTrue();
        assertThat(contains(interval, "2020-12-01T00:00:00Z")).isTrue();
        assertThat(contains(interval, "2020-09-01T00:00:00Z")).isFalse();
        assertThat(contains(interval, "2022-07-01T00:00:00Z")).isFalse();
    }

    @Test
    void aZoneHasItsOwnClock() {
        TimeInterval interval = new TimeInterval(
                List.of(TimeIntervalText.times("02:00", "03:00")),
                ANY,
                ANY,
                ANY,
                ANY,
                ZoneId.of("Europe/Berlin"));
        assertThat(contains(interval, "2026-01-15T01:30:00Z")).isTrue();
        assertThat(contains(interval, "2026-07-15T00:30:00Z")).isTrue();
        // The hour that does not exist, and the hour that comes twice.
        assertThat(contains(interval, "2026-03-29T01:00:00Z")).isFalse();
        assertThat(contains(interval, "2026-10-25T00:30:00Z")).isTrue();
        assertThat(contains(interval, "2026-10-25T01:30:00Z")).isTrue();
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatThrownBy(() -> TimeIntervalText.times("9:00", "10:00"))
                .hasMessage("time: '9:00' (expected: HH:MM, from 00:00 to 24:00)");
        assertThatThrownBy(() -> TimeIntervalText.weekdays("mon"))
                .hasMessageContaining("a day of the week, such as monday");
        assertThatThrownBy(() -> TimeIntervalText.weekdays("1")).hasMessageContaining("'1'");
        assertThatThrownBy(() -> TimeIntervalText.months("1:2:3"))
                .hasMessageContaining("one or two");
        assertThatThrownBy(() -> daysOfMonth("0")).hasMessageContaining("days_of_month");
        assertThatThrownBy(() -> daysOfMonth("-1:1")).hasMessageContaining("days_of_month");
        assertThatThrownBy(() -> daysOfMonth("5:3")).hasMessageContaining("days_of_month");
        Range backwards = TimeIntervalText.weekdays("friday:monday");
        assertThatThrownBy(() ->
                        new TimeInterval(ANY, List.of(backwards), ANY, ANY, ANY, ZoneOffset.UTC))
                .hasMessageContaining("weekdays: 5 to 1");
    }
}
