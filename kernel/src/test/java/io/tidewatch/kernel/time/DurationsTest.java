package io.tidewatch.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import org.junit.jupiter.api.Test;

final class DurationsTest {
    @Test
    void readsUnitsFromTheGreatestDown() {
        assertThat(Durations.parse("5s")).isEqualTo(5_000);
        assertThat(Durations.parse("500ms")).isEqualTo(500);
        assertThat(Durations.parse("1h30m")).isEqualTo(5_400_000);
        assertThat(Durations.parse("1d")).isEqualTo(86_400_000);
        assertThat(Durations.parse("1w")).isEqualTo(604_800_000);
        assertThat(Durations.parse("1w2d3h4m5s6ms")).isEqualTo(788_645_006);
        assertThat(Durations.parse("90m")).isEqualTo(5_400_000);
        assertThat(Durations.parse("007s")).isEqualTo(7_000);
        assertThat(Durations.parse("0")).isZero();
        assertThat(Durations.parse("0s")).isZero();
    }

    @Test
    void writesTheShortestForm() {
        assertThat(Durations.format(0)).isEqualTo("0s");
        assertThat(Durations.format(500)).isEqualTo("500ms");
        assertThat(Durations.format(5_400_000)).isEqualTo("1h30m");
        assertThat(Durations.format(604_800_000)).isEqualTo("1w");
        assertThat(Durations.format(691_200_000)).isEqualTo("8d");
        assertThat(Durations.format(1_201_000 + 24)).isEqualTo("20m1s24ms");
        assertThatThrownBy(() -> Durations.format(-1)).hasMessage("millis: -1 (expected: >= 0)");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Choices.random("durations", 1_000, choices -> {
            long millis = Math.floorMod(choices.anyLong() >>> choices.upTo(63), Times.DURATION_MAX);
            assertThat(Durations.parse(Durations.format(millis))).isEqualTo(millis);
        });
        assertThat(Durations.parse(Durations.format(Times.DURATION_MAX)))
                .isEqualTo(Times.DURATION_MAX);
    }

    @Test
    void refusesWhatIsNoDuration() {
        for (String text : new String[] {
            "", "5", "s", "5 s", "5sec", "-5s", "1.5h", "5m1h", "1s1s", "1h ", " 1h", "5S", "٣s",
            "1y", "00"
        }) {
            assertThatThrownBy(() -> Durations.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "duration '" + text + "' (expected: like 500ms, 5s, 1h30m or 1d; the"
                                    + " units are w, d, h, m, s, ms, greatest first)");
        }
        for (String text : new String[] {"3652059d", "99999999999999999999w", "500000w500000w"}) {
            assertThatThrownBy(() -> Durations.parse(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Durations.parse("3652059d"))
                .hasMessageStartingWith(
                        "duration '3652059d' is longer than 3652058d23h59m59s999ms (expected:");
    }
}
