package io.tidewatch.alerting;

import io.tidewatch.alerting.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a monitor alerts, and what its alerts say. The conditions themselves are evaluated by the caller.
 *
 * @param forMillis how long the condition must hold before the alert fires, 0 or more
 * @param keepFiringForMillis how long the alert goes on without its condition, 0 or more
 * @param hasClear whether a firing alert waits for a {@code clear} of its own instead of {@code when} being no longer TRUE
 * @param absence alerting on silence, if wanted
 * @param labels in the order of the monitor, without {@code $value}; they override labels from the key
 * @param annotations in the order of the monitor
 */
public record AlertPolicy(
        long forMillis,
        long keepFiringForMillis,
        boolean hasClear,
        @Nullable Absence absence,
        NoData noData,
        OnAmend onAmend,
        Mode mode,
        Evaluate evaluate,
        Map<String, Template> labels,
        Map<String, Template> annotations) {
    public AlertPolicy {
        if (forMillis < 0) {
            throw new IllegalArgumentException("forMillis: " + forMillis + " (expected: >= 0)");
        }
        if (keepFiringForMillis < 0) {
            throw new IllegalArgumentException(
                    "keepFiringForMillis: " + keepFiringForMillis + " (expected: >= 0)");
        }
        if (evaluate == Evaluate.EARLY && forMillis > 0) {
            throw new IllegalArgumentException("forMillis: " + forMillis
                    + " (expected: 0, for conditions that are evaluated early)");
        }
        labels.forEach((name, template) -> {
            if (template.readsValues()) {
                throw new IllegalArgumentException("labels: '" + name
                        + "' reads $value (expected: an annotation, for labels stay as they are)");
            }
        });
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** A policy that fires as soon as the condition holds, with all else as it is by default. */
    public static AlertPolicy immediate() {
        return new AlertPolicy(
                0,
                0,
                false,
                null,
                NoData.RESOLVE,
                OnAmend.ANNOTATE,
                Mode.PAGE,
                Evaluate.FINAL,
                Map.of(),
                Map.of());
    }

    Timers timers() {
        return new Timers(forMillis, keepFiringForMillis);
    }
}
