package io.tidewatch.log;

/**
 * A record of a log.
 *
 * @param offset of its first row; the others follow
 * @param entry what was appended, with the receive time that the log gave it
 */
public record LogRecord(long offset, Entry entry) {
    /** The offset behind its last row. */
    public long nextOffset() {
        return offset + entry.rowCount();
    }
}
