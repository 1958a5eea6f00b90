package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.time.Times;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TimestampsTest {
    private static final DateTimeFormatter TWIN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long DAY = 86_400_000;

    @Test
    void writesMillisecondsAlways() {
        assertThat(Timestamps.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(Timestamps.format(1_431_857_103_000L)).isEqualTo("2015-05-17T10:05:03.000Z");
        assertThat(Timestamps.format(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
        assertThat(Timestamps.format(Times.MIN)).isEqualTo("0001-01-01T00:00:00.000Z");
        assertThat(Timestamps.format(Times.MAX)).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    @Test
    void yearsThatRfc3339DoesNotHaveGetASign() {
        assertThat(Timestamps.format(Times.MIN - 1)).isEqualTo("0000-12-31T23:59:59.999Z");
        assertThat(Timestamps.format(Times.MAX + 1)).isEqualTo("+10000-01-01T00:00:00.000Z");
        assertThat(Timestamps.format(Instant.parse("-0044-03-15T12:00:00Z").toEpochMilli()))
                .isEqualTo("-0044-03-15T12:00:00.000Z");
        assertThat(Timestamps.format(Long.MIN_VALUE)).isEqualTo("-292275055-05-16T16:47:04.192Z");
        assertThat(Timestamps.format(Long.MAX_VALUE)).isEqualTo("+292278994-08-17T07:12:55.807Z");
    }

    @Test
    void everyDayOfAnEraEqualsTheCalendarOfJava() {
        long from = Instant.parse("1799-12-28T00:00:00Z").toEpochMilli();
        for (long day = 0; day < 146_100; day++) {
            long time = from + day * DAY;
            assertThat(Timestamps.format(time)).isEqualTo(TWIN.format(Instant.ofEpochMilli(time)));
        }
    }

    @Test
    void anyTimeEqualsTheCalendarOfJava() {
        Choices.random("timestamps", 2_000, choices -> {
            long time = Times.MIN + Math.floorMod(choices.anyLong(), Times.DURATION_MAX);
            assertThat(Timestamps.format(time)).isEqualTo(TWIN.format(Instant.ofEpochMilli(time)));
        });
    }
}
