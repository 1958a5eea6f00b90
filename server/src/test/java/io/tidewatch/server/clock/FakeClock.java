package io.tidewatch.server.clock;

/** A clock that a test turns; waiting turns it too. */
public final class FakeClock implements Clock {
    private long millis;

    public FakeClock(long millis) {
        this.millis = millis;
    }

    public void advance(long by) {
        millis += by;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public void pause(long length) {
        millis += length;
    }
}
