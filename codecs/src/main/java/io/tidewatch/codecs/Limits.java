package io.tidewatch.codecs;

/**
 * What a record may cost. A record beyond a limit is refused with {@code LIMIT_REACHED}.
 *
 * @param recordBytes the most bytes of a record, without its line end ({@code record_bytes}, default 1 MiB)
 * @param nesting the most objects and arrays of a JSON record that stand in one another, the record itself included
 *     ({@code nesting}, default 64, at most 1,000)
 */
public record Limits(int recordBytes, int nesting) {
    public static final int RECORD_BYTES_MAX = 1 << 28;
    public static final int NESTING_MAX = 1_000;
    public static final Limits DEFAULT = new Limits(1 << 20, 64);

    public Limits {
        if (recordBytes < 1 || recordBytes > RECORD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "recordBytes: " + recordBytes + " (expected: 1 to " + RECORD_BYTES_MAX + ")");
        }
        if (nesting < 1 || nesting > NESTING_MAX) {
            throw new IllegalArgumentException(
                    "nesting: " + nesting + " (expected: 1 to " + NESTING_MAX + ")");
        }
    }
}
