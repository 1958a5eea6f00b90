package io.tidewatch.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TimeSpecTest {
    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(TimeSpec.defaults()).isEqualTo(new TimeSpec(5_000, 0, 0, 10_000, 600_000));
    }

    @Test
    void allowedLatenessHasOneAmendmentUnlessToldOtherwise() {
        TimeSpec spec = TimeSpec.defaults().withAllowedLateness(60_000);
        assertThat(spec.amendEveryMillis()).isEqualTo(60_000);
        assertThat(spec.lateness()).isEqualTo(new Lateness(60_000, 60_000));
        assertThat(spec.lateness().lastRevision()).isEqualTo(1);
        assertThat(spec.withAllowedLateness(60_000, 25_000).lateness().lastRevision())
                .isEqualTo(3);
        assertThat(spec.withAllowedLateness(0)).isEqualTo(TimeSpec.defaults());
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        TimeSpec spec = TimeSpec.defaults();
        assertThatThrownBy(() -> spec.withOutOfOrder(-1))
                .hasMessage("out_of_order: -1ms (expected: 0s to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> spec.withIdle(0))
                .hasMessage("idle: 0s (expected: 1ms to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> spec.withAhead(Long.MAX_VALUE))
                .hasMessageStartingWith("ahead: ")
                .hasMessageEndingWith(" (expected: 0s to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> spec.withAllowedLateness(60_000, 0))
                .hasMessage("amend_every: 0s (expected: 1ms to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> spec.withAllowedLateness(0, 1_000))
                .hasMessage("amend_every: 1s (expected: nothing, for without allowed_lateness no"
                        + " window is amended)");
        assertThatThrownBy(() -> spec.withAllowedLateness(86_400_000, 1_000))
                .hasMessage("amend_every: 1s (expected: >= 8s640ms, for allowed_lateness is 1d and"
                        + " a window has at most 10000 amendments)");
        assertThat(spec.withAllowedLateness(86_400_000, 8_640).lateness().lastRevision())
                .isEqualTo(10_000);
    }

    @Test
    void anEventMoreThanAheadBeyondItsReceiveTimeIsFuture() {
        TimeSpec spec = TimeSpec.defaults().withAhead(1_000);
        assertThat(spec.isFuture(2_000, 1_000)).isFalse();
        assertThat(spec.isFuture(2_001, 1_000)).isTrue();
        assertThat(spec.isFuture(Times.MAX, Long.MAX_VALUE - 1)).isFalse();
    }
}
