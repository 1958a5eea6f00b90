package io.tidewatch.kernel.batch;

/**
 * The ids of the results of one monitor, from (monitor, version, key, window, revision). A row that an amendment removes is
 * the result of its revision and has that result's id.
 */
public final class ResultIds {
    private final String monitor;
    private final String version;

    /**
     * The ids of one version of a monitor.
     *
     * @param version hash of the monitor's canonical definition
     */
    public ResultIds(String monitor, String version) {
        this.monitor = monitor;
        this.version = version;
    }

    /** The id of a result of a window; times in milliseconds since the epoch. */
    public String ofWindow(byte[] key, long windowStart, long windowEnd, int revision) {
        return Digest.of("result")
                .text(monitor)
                .text(version)
                .bytes(key)
                .number(windowStart)
                .number(windowEnd)
                .number(revision)
                .id();
    }

    /**
     * The id of a row without a window.
     *
     * @param eventTime milliseconds since the epoch
     * @param ordinal among the rows of this key and time, in the order of partition and offset, from 0
     */
    public String ofRow(byte[] key, long eventTime, long ordinal) {
        return Digest.of("row")
                .text(monitor)
                .text(version)
                .bytes(key)
                .number(eventTime)
                .number(ordinal)
                .id();
    }
}
