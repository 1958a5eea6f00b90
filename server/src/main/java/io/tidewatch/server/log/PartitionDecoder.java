package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;

/**
 * The bytes of one partition on their way through the decoder. The buffer belongs to the rows made from it, so it is only
 * written behind what was decoded, and replaced when it is full. There is none before the first bytes.
 */
final class PartitionDecoder {
    private static final int BUFFER_BYTES = 1 << 18;

    private final StreamFormat format;
    private Decoder decoder;
    private byte[] buffer = {};
    private int start;
    private int end;
    private long firstOrdinal;
    private boolean fresh = true;

    PartitionDecoder(StreamFormat format) {
        this.format = format;
        this.decoder = Decoders.of(format);
    }

    /** Where the next bytes go: {@code [end(), end() + free())}. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** How many bytes fit; at least one. */
    int free() {
        if (end == buffer.length) {
            int left = end - start;
            byte[] next = new byte[Math.max(BUFFER_BYTES, 2 * left)];
            System.arraycopy(buffer, start, next, 0, left);
            buffer = next;
            start = 0;
            end = left;
        }
        return buffer.length - end;
    }

    /** Notes that bytes were put behind the end. */
    void filled(int count) {
        end += count;
    }

    void append(byte[] bytes, int from, int length) {
        int done = 0;
        while (done < length) {
            int count = Math.min(free(), length - done);
            System.arraycopy(bytes, from + done, buffer, end, count);
            filled(count);
            done += count;
        }
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Whether nothing of the current file was decoded yet. */
    boolean isFresh() {
        return fresh;
    }

    /** How many records the earlier files of the input had. */
    long firstOrdinal() {
        return firstOrdinal;
    }

    /** Decodes what is there; what it consumed stood at {@link #start} before. */
    Decoded decode(boolean last) {
        Decoded decoded = decoder.decode(buffer, start, end, last);
        start += decoded.consumed();
        fresh &= decoded.consumed() == 0;
        return decoded;
    }

    /** What comes next is another file. */
    void startFile() {
        firstOrdinal += decoder.position().ordinal();
        decoder = Decoders.of(format);
        start = end;
        fresh = true;
    }
}
