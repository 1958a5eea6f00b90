package io.tidewatch.alerting.notification;

/**
 * When an alert flaps. Every time it fires or is resolved adds 1 to its score, which halves in every {@code halfLifeMillis}; it
 * flaps from a score of {@code startScore} on, and until the score has fallen below {@code stopScore}.
 */
public record FlapPolicy(long halfLifeMillis, double startScore, double stopScore) {
    /** Six changes at once, or one every five minutes for long, are flapping; below 3 it is calm again. */
    public static final FlapPolicy DEFAULTS = new FlapPolicy(1_200_000, 6, 3);

    /** Nothing flaps. */
    public static final FlapPolicy OFF = new FlapPolicy(1, Double.POSITIVE_INFINITY, 1);

    public FlapPolicy {
        if (halfLifeMillis < 1 || !(stopScore > 0) || !(startScore >= stopScore)) {
            throw new IllegalArgumentException(
                    "flapping: half_life " + halfLifeMillis + " ms, start "
                            + startScore + ", stop " + stopScore
                            + " (expected: half_life > 0 and start >= stop > 0)");
        }
    }
}
