package io.tidewatch.server.log;

/** Whole records of a partition as bytes, received together. The array belongs to the rows made from it. */
final class Chunk {
    private final int partition;
    private final long receiveMillis;
    private final boolean startsFile;
    private final boolean endsFile;
    private final byte[] bytes;
    private final int start;
    private final int length;

    Chunk(
            int partition,
            long receiveMillis,
            boolean startsFile,
            boolean endsFile,
            byte[] bytes,
            int start,
            int length) {
        this.partition = partition;
        this.receiveMillis = receiveMillis;
        this.startsFile = startsFile;
        this.endsFile = endsFile;
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    int partition() {
        return partition;
    }

    long receiveMillis() {
        return receiveMillis;
    }

    /** Whether its first byte is the first of a file. */
    boolean startsFile() {
        return startsFile;
    }

    /** Whether no more bytes of its file follow, so that a last record without a line end is whole. */
    boolean endsFile() {
        return endsFile;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }
}
