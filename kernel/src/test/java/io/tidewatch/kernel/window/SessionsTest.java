package io.tidewatch.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.time.Times;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    @Test
    void anEventAtTheEndOfASessionBeginsTheNext() {
        Sessions sessions = new Sessions(10);
        assertThat(sessions.end(100)).isEqualTo(110);
        assertThat(sessions.joins(100, 109)).isTrue();
        assertThat(sessions.joins(100, 110)).isFalse();
    }

    @Test
    void twoEventsInOnePaneAreOfOneSession() {
        Choices.random("session panes", 300, choices -> {
            Sessions sessions = new Sessions(choices.between(1, 50));
            long time = choices.of(0L, Times.MIN, Times.MAX - 200) + choices.upTo(200);
            long start = sessions.paneStart(time);
            long end = sessions.paneEnd(start);
            assertThat(time).isBetween(start, end - 1);
            assertThat(sessions.paneStart(end - 1)).isEqualTo(start);
            assertThat(sessions.paneStart(end)).isEqualTo(end);
            assertThat(sessions.joins(start, end - 1)).isTrue();
        });
    }

    @Test
    void refusesAGapThatIsNone() {
        assertThatThrownBy(() -> new Sessions(0))
                .hasMessage("gap: 0ms (expected: 1ms to 3652058d23h59m59s999ms)");
        assertThat(new Sessions(1_800_000).canonical()).isEqualTo("session 30m");
    }
}
