package io.tidewatch.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import org.junit.jupiter.api.Test;

final class LatenessTest {
    @Test
    void anEventIsOnTimeUntilItsPartitionHasPassedTheEnd() {
        Lateness lateness = new Lateness(0, 0);
        assertThat(lateness.revision(Times.BEGINNING, 60_000)).isZero();
        assertThat(lateness.revision(59_999, 60_000)).isZero();
        assertThat(lateness.isLate(59_999, 60_000)).isFalse();
        assertThat(lateness.isLate(60_000, 60_000)).isTrue();
        assertThat(lateness.lastRevision()).isZero();
        assertThat(lateness.dueTime(60_000, 0)).isEqualTo(60_000);
        assertThatThrownBy(() -> lateness.revision(60_000, 60_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amendmentsDivideTheAllowedLateness() {
        Lateness lateness = new Lateness(10_000, 4_000);
        assertThat(lateness.revision(60_000, 60_000)).isEqualTo(1);
        assertThat(lateness.revision(63_999, 60_000)).isEqualTo(1);
        assertThat(lateness.revision(64_000, 60_000)).isEqualTo(2);
        assertThat(lateness.revision(69_999, 60_000)).isEqualTo(3);
        assertThat(lateness.isLate(70_000, 60_000)).isTrue();
        assertThat(lateness.lastRevision()).isEqualTo(3);
        assertThat(lateness.dueTime(60_000, 1)).isEqualTo(64_000);
        assertThat(lateness.dueTime(60_000, 2)).isEqualTo(68_000);
        assertThat(lateness.lastDueTime(60_000)).isEqualTo(72_000);
    }

    @Test
    void oneEventMayBeLateForOneWindowAndNotForTheNext() {
        Lateness lateness = new Lateness(5_000, 5_000);
        long watermark = 66_000;
        assertThat(lateness.isLate(watermark, 60_000)).isTrue();
        assertThat(lateness.revision(watermark, 65_000)).isEqualTo(1);
        assertThat(lateness.revision(watermark, 70_000)).isZero();
    }

    @Test
    void everyRevisionHasEventsUpToItsDueTimeAndNoneAfterwards() {
        Choices.random("revisions", 300, choices -> {
            long allowed = choices.upTo(40);
            Lateness lateness = new Lateness(allowed, allowed == 0 ? 0 : choices.between(1, 50));
            long end = choices.between(-20, 20);
            int greatest = 0;
            for (long watermark = end - 5; watermark < end + allowed; watermark++) {
                int revision = lateness.revision(watermark, end);
                assertThat(revision).isBetween(greatest, greatest + 1);
                assertThat(watermark).isLessThan(lateness.dueTime(end, revision));
                assertThat(revision == 0 || watermark >= lateness.dueTime(end, revision - 1))
                        .isTrue();
                greatest = revision;
            }
            assertThat(greatest).isEqualTo(lateness.lastRevision());
            assertThat(lateness.isLate(end + allowed, end)).isTrue();
            assertThat(lateness.isLate(end + allowed - 1, end)).isFalse();
        });
    }

    @Test
    void withoutWindowsAnEventBehindTheWatermarkIsLate() {
        assertThat(Lateness.isBehind(Times.BEGINNING, Times.MIN)).isFalse();
        assertThat(Lateness.isBehind(5, 5)).isFalse();
        assertThat(Lateness.isBehind(6, 5)).isTrue();
        for (long watermark = 0; watermark < 10; watermark++) {
            assertThat(Lateness.isBehind(watermark, 5))
                    .isEqualTo(new Lateness(0, 0).isLate(watermark, 5 + 1));
        }
    }

    @Test
    void endsOfTheRangeStayInIt() {
        Lateness lateness = new Lateness(Times.DURATION_MAX, Times.DURATION_MAX);
        assertThat(lateness.isLate(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1)).isFalse();
        assertThat(lateness.dueTime(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
    }
}
