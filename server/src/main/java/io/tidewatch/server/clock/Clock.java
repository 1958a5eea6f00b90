package io.tidewatch.server.clock;

/** Tells wall-clock time and waits. */
public interface Clock {
    /** The clock of this machine. */
    Clock SYSTEM = new SystemClock();

    /** Milliseconds since the epoch. */
    long millis();

    /** Nanoseconds since some moment, never falling; for measuring durations. */
    long nanos();

    /** Waits about that long; less if the thread is interrupted or woken. */
    void pause(long millis);
}
