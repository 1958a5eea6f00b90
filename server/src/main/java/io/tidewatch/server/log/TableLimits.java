package io.tidewatch.server.log;

/**
 * How much is kept of a reference table.
 *
 * @param versionsMax {@code table_versions}: the most versions; at least 2, that in force and the next
 * @param bytesMax {@code table_bytes}: the bytes of their files from which on no further version is taken
 * @param lookBackMillis how far behind the least watermark a row may lie and need an old version
 */
public record TableLimits(int versionsMax, long bytesMax, long lookBackMillis) {
    public TableLimits {
        if (versionsMax < 2) {
            throw new IllegalArgumentException("versionsMax: " + versionsMax + " (expected: >= 2)");
        }
    }
}
