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
 * @param examples the first of each, with place and reason, for people
 */
public record JobCounts(
        long future, Map<String, Long> late, Map<String, Long> failed, List<String> examples) {
    /** How many examples of one kind are enough; every monitor shows its first in any case. */
    public static final int EXAMPLES_MAX = 10;

    public JobCounts {
        late = Collections.unmodifiableMap(new TreeMap<>(late));
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
        examples = List.copyOf(examples);
    }
}
