package io.tidewatch.alerting;

import io.tidewatch.alerting.Announcer.Occasion;
import io.tidewatch.alerting.Provenance.Cause;
import java.util.TreeSet;

/** Emits, once per key and window in which the condition holds, a provisional; at the latest when the window is closed. */
final class Provisionals {
    private final Announcer announcer;
    private final int provisionalsMax;

    Provisionals(Announcer announcer, int provisionalsMax) {
        this.announcer = announcer;
        this.provisionalsMax = provisionalsMax;
    }

    /** The condition holds in a window that is open. Beyond the limit, its close will do. */
    void early(KeyGroupState group, EvaluatedRow row, long end, AlertSink out) {
        if (group.provisionalCount < provisionalsMax) {
            closed(group, row, end, out);
        }
    }

    /** The condition holds in a window that is closed. */
    void closed(KeyGroupState group, EvaluatedRow row, long end, AlertSink out) {
        if (group.provisionals.computeIfAbsent(end, any -> new TreeSet<>()).add(row.key())) {
            group.provisionalCount++;
            emit(row, end, out);
        }
    }

    private void emit(EvaluatedRow row, long end, AlertSink out) {
        out.emit(announcer.provisional(
                row.key(), new Occasion(Cause.ROW, null, end, end, row.sample())));
    }
}
