package io.tidewatch.server.source.host;

import java.util.HashMap;
import java.util.Map;

/** Turns counters that only rise into changes per second between one measurement and the next. */
final class Rates {
    private Map<String, Long> before = new HashMap<>();
    private Map<String, Long> now = new HashMap<>();
    private double seconds;

    /** Starts a measurement; counters that were not seen in the last one are new again. */
    void start(double secondsSinceLast) {
        Map<String, Long> forgotten = before;
        before = now;
        now = forgotten;
        now.clear();
        seconds = secondsSinceLast;
    }

    /** The change per second; NaN for a counter that is new or fell. */
    double perSecond(String counter, long value) {
        now.put(counter, value);
        Long last = before.get(counter);
        return last == null || value < last || !(seconds > 0)
                ? Double.NaN
                : (value - last) / seconds;
    }
}
