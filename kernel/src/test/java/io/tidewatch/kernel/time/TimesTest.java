package io.tidewatch.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TimesTest {
    @Test
    void theRangeIsTheYearsOfFourDigitsWithoutTheYearZero() {
        assertThat(Times.MIN).isEqualTo(Instant.parse("0001-01-01T00:00:00Z").toEpochMilli());
        assertThat(Times.MAX)
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());
        assertThat(Times.isSupported(Times.MIN)).isTrue();
        assertThat(Times.isSupported(Times.MIN - 1)).isFalse();
        assertThat(Times.isSupported(Times.MAX + 1)).isFalse();
    }

    @Test
    void arithmeticStopsAtTheEnds() {
        Choices.random("clamped arithmetic", 2_000, choices -> {
            long a = any(choices);
            long b = any(choices);
            assertThat(Times.addClamped(a, b)).isEqualTo(clamped(big(a).add(big(b))));
            assertThat(Times.subtractClamped(a, b)).isEqualTo(clamped(big(a).subtract(big(b))));
            assertThat(Times.multiplyClamped(a, b)).isEqualTo(clamped(big(a).multiply(big(b))));
        });
    }

    private static long any(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> choices.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L) + choices.between(-2, 2);
            case 1 -> choices.anyLong() >> choices.upTo(63);
            case 2 -> choices.between(-3, 3);
            default -> choices.of(Times.MIN, Times.MAX, Times.DURATION_MAX, Times.BEGINNING);
        };
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static long clamped(BigInteger value) {
        return value.max(big(Long.MIN_VALUE)).min(big(Long.MAX_VALUE)).longValueExact();
    }
}
