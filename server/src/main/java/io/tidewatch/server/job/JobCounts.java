package io.tidewatch.server.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job set aside.
 *
 * @param future rows too far ahead of their receive time
 * @param late per monitor, rows that came after their window (or time) had been closed, once per window
 * @param failed per monitor, rows whose expressions failed
 * @param refusedKeys per monitor, how often a key was not admitted to the alerts because of {@code alert_keys}
 * @param unkeptEvaluations per monitor, evaluations that {@code alert_evaluations} did not let be kept
 * @param examples the first of each, with place and reason, for people
 */
public record JobCounts(
        long future,
        Map<String, Long> late,
        Map<String, Long> failed,
        Map<String, Long> refusedKeys,
        Map<String, Long> unkeptEvaluations,
        List<String> examples) {
    /** How many examples of one kind are enough; every monitor shows its first in any case. */
    public static final int EXAMPLES_MAX = 10;

    public JobCounts {
        late = Collections.unmodifiableMap(new TreeMap<>(late));
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
        refusedKeys = Collections.unmodifiableMap(new TreeMap<>(refusedKeys));
        unkeptEvaluations = Collections.unmodifiableMap(new TreeMap<>(unkeptEvaluations));
        examples = List.copyOf(examples);
    }
}
