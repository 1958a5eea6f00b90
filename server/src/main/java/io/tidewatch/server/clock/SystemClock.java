package io.tidewatch.server.clock;

import java.util.concurrent.locks.LockSupport;

/** The clock of this machine. */
final class SystemClock implements Clock {
    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
