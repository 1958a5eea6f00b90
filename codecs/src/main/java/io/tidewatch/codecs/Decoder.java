package io.tidewatch.codecs;

/**
 * Turns the bytes of one input into batches, in order. It keeps nothing between calls but the place it has reached (and a
 * CSV header), so the result does not depend on how the input is cut into buffers. For one thread at a time.
 */
public interface Decoder {
    /** The most records that one call refuses. */
    int REFUSALS_MAX = 1_024;

    /**
     * Decodes whole records of {@code buffer[start, end)}, at most {@link io.tidewatch.kernel.batch.Batch#ROWS_MAX}
     * accepted and {@link #REFUSALS_MAX} refused ones. What is left over must stand at the start of the next call's range,
     * followed by more bytes of the input.
     *
     * <p>When nothing is consumed, no whole record is there; that happens only with less than {@code recordBytes} + 2 bytes
     * and when {@code last} is false. A longer record is refused and its bytes are consumed as they come.
     *
     * @param buffer taken over by the decoder: columns of the result are slices of it, so it must not change afterwards
     * @param last whether the input ends at {@code end}; then a last record without a line end is whole
     */
    Decoded decode(byte[] buffer, int start, int end, boolean last);

    /** The place of the first byte that is not consumed yet. */
    Position position();

    /** Whether each record is one line, so that what stands behind any line feed can be decoded by itself. */
    boolean readsLines();

    /**
     * Goes on with the line that begins at a place.
     *
     * @throws IllegalStateException if records may have several lines
     */
    void moveTo(Position place);
}
