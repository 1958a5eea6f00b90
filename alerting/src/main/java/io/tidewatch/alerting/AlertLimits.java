package io.tidewatch.alerting;

/**
 * What the alerts of one monitor may hold, per key group; there are 128.
 *
 * @param knownKeysMax ({@code alert_keys}) keys that are pending, firing, learned or listed; listed ones always stay. A new
 *     key beyond the limit does not alert: it is counted, and the limit's own alert fires
 * @param keptEvaluationsMax ({@code alert_evaluations}) evaluations kept because they may still be amended. One beyond the
 *     limit is counted, and amendments of its window and earlier ones are notes
 * @param provisionalsMax ({@code alert_provisionals}) provisionals of windows that are open. One beyond the limit is sent
 *     when its window closes
 */
public record AlertLimits(int knownKeysMax, int keptEvaluationsMax, int provisionalsMax) {
    public static final AlertLimits DEFAULTS = new AlertLimits(10_000, 100_000, 10_000);

    public AlertLimits {
        requireNotNegative("knownKeysMax", knownKeysMax);
        requireNotNegative("keptEvaluationsMax", keptEvaluationsMax);
        requireNotNegative("provisionalsMax", provisionalsMax);
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }
}
