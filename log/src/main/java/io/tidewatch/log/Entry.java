package io.tidewatch.log;

import java.util.Objects;

/**
 * What is appended to a log: an envelope, which the log checks, around a payload, which it does not.
 *
 * @param type what the payload is: {@link #ROWS} and so on, 1 to 255; users of a log may have further types
 * @param rowCount how many rows the payload holds, and so how many offsets it takes; 1 for everything that is not rows
 * @param receiveMillis when it was accepted, in milliseconds since the epoch. It never falls within a partition: the log raises
 *     it to that of the record before
 * @param origin whose it is
 * @param encoding how the payload is to be decoded
 * @param payload not to be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // Carried, never compared.
public record Entry(
        int type,
        int rowCount,
        long receiveMillis,
        Origin origin,
        Encoding encoding,
        byte[] payload) {
    /** Accepted rows, as raw bytes. */
    public static final int ROWS = 1;

    /** The passing of time in a silent partition. */
    public static final int TICK = 2;

    /** A version of the configuration, and from when on it holds. */
    public static final int CONFIGURATION = 3;

    /** A version of a reference table, and from when on it holds. */
    public static final int TABLE = 4;

    /** The most that a type may be. */
    public static final int TYPE_MAX = 255;

    public Entry {
        if (type < 1 || type > TYPE_MAX) {
            throw new IllegalArgumentException("type: " + type + " (expected: 1 to 255)");
        }
        if (rowCount < 1 || (rowCount > 1 && type != ROWS)) {
            throw new IllegalArgumentException("rowCount: " + rowCount + " for type " + type
                    + " (expected: >= 1, and 1 for everything but rows)");
        }
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(payload, "payload");
    }

    /** Accepted rows. */
    public static Entry rows(
            int rowCount, long receiveMillis, Origin origin, Encoding encoding, byte[] payload) {
        return new Entry(ROWS, rowCount, receiveMillis, origin, encoding, payload);
    }

    /** The same with another receive time. */
    public Entry receivedAt(long millis) {
        return millis == receiveMillis
                ? this
                : new Entry(type, rowCount, millis, origin, encoding, payload);
    }

    /** Anything but rows. */
    public static Entry of(int type, long receiveMillis, byte[] payload) {
        return new Entry(type, 1, receiveMillis, Origin.NONE, Encoding.NONE, payload);
    }
}
