package io.tidewatch.alerting;

import io.tidewatch.kernel.time.Times;
import java.util.List;

/**
 * Alerting on keys that fall silent.
 *
 * @param afterMillis the silence that alerts, 1 or more
 * @param forgetAfterMillis the silence after which a learned key is no longer expected, at least {@code afterMillis}
 * @param learn whether keys that appear are expected from then on
 * @param listed the keys that are expected from the beginning, and never forgotten
 */
public record Absence(
        long afterMillis, long forgetAfterMillis, boolean learn, List<AlertKey> listed) {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int FORGET_FACTOR = 10;

    public Absence {
        if (afterMillis < 1) {
            throw new IllegalArgumentException("afterMillis: " + afterMillis + " (expected: >= 1)");
        }
        if (forgetAfterMillis < afterMillis) {
            throw new IllegalArgumentException("forgetAfterMillis: " + forgetAfterMillis
                    + " (expected: >= afterMillis, " + afterMillis + ")");
        }
        listed = List.copyOf(listed);
    }

    /** When a key is forgotten unless the monitor says otherwise: after ten times the silence that alerts, at least a day. */
    public static long defaultForgetAfterMillis(long afterMillis) {
        return Math.max(DAY_MILLIS, Times.multiplyClamped(afterMillis, FORGET_FACTOR));
    }
}
