package io.tidewatch.benchmarks;

import io.tidewatch.server.source.Source;

/** An input that is in memory. */
final class MemorySource implements Source {
    private final byte[] bytes;
    private int at;

    MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int read(byte[] buffer, int start, int length) {
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, buffer, start, count);
        at += count;
        return count;
    }

    @Override
    public Status status() {
        return at == bytes.length ? Status.ENDED : Status.WAITING;
    }
}
