package io.tidewatch.log;

/**
 * What the log answers to an append.
 *
 * @param offset of the first row
 * @param receiveMillis the record's receive time, which the log may have raised
 */
public record Appended(long offset, long receiveMillis) {}
