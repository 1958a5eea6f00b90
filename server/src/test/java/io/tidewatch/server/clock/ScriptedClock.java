package io.tidewatch.server.clock;

import java.util.Map;
import java.util.TreeMap;

/** A clock that waiting turns, and that does what a test wants done at some time. */
public final class ScriptedClock implements Clock {
    private final FakeClock clock;
    private final long start;
    private final TreeMap<Long, Runnable> deeds = new TreeMap<>();

    public ScriptedClock(long millis) {
        clock = new FakeClock(millis);
        start = millis;
    }

    /** Has something done so many milliseconds after the start. */
    public ScriptedClock after(long millis, Runnable deed) {
        deeds.put(start + millis, deed);
        return this;
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public void pause(long length) {
        clock.pause(length);
        for (Map.Entry<Long, Runnable> first = deeds.firstEntry();
                first != null && first.getKey() <= clock.millis();
                first = deeds.firstEntry()) {
            deeds.pollFirstEntry();
            first.getValue().run();
        }
    }
}
