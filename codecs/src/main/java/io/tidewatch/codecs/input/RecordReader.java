package io.tidewatch.codecs.input;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of bytes and decodes it, batch by batch. Holds one buffer, which grows only for a record that is longer,
 * and no further than the limit for records. Does not wait for a full buffer when the stream has nothing more at hand.
 */
public final class RecordReader implements Closeable {
    /** The bytes of a buffer, unless a record is longer. */
    public static final int BUFFER_BYTES_DEFAULT = 1 << 19;

    private final InputStream in;
    private final Decoder decoder;
    private final int bufferBytes;
    private final int bufferBytesMax;

    private byte[] buffer;
    private int start;
    private int end;
    private boolean isFresh;
    private boolean isLast;
    private @Nullable IOException failure;

    public RecordReader(InputStream in, StreamFormat format) {
        this(in, format, Decoders.of(format), BUFFER_BYTES_DEFAULT);
    }

    /** Reads with a given decoder of that format, which may stand at a later position of the input. */
    public RecordReader(InputStream in, StreamFormat format, Decoder decoder, int bufferBytes) {
        if (bufferBytes < 1) {
            throw new IllegalArgumentException("bufferBytes: " + bufferBytes + " (expected: >= 1)");
        }
        this.in = in;
        this.decoder = decoder;
        this.bufferBytes = bufferBytes;
        this.bufferBytesMax = Math.max(bufferBytes, format.limits().recordBytes() + 4);
        this.buffer = new byte[bufferBytes];
    }

    /** Reads a stream that may be compressed; see {@link Inputs}. */
    public static RecordReader open(InputStream in, StreamFormat format) throws IOException {
        return new RecordReader(Inputs.decompressed(in), format);
    }

    /** The next rows and refusals, at least one of them; {@code null} at the end of the stream. */
    public @Nullable Decoded next() throws IOException {
        while (true) {
            if (!isFresh) {
                if (isLast) {
                    return null;
                }
                fill();
            }
            Decoded decoded = decoder.decode(buffer, start, end, isLast);
            start += decoded.consumed();
            isFresh = decoded.consumed() > 0 && start < end;
            if (decoded.rowCount() > 0 || !decoded.refusals().isEmpty()) {
                return decoded;
            }
        }
    }

    /** Where the next record begins. */
    public Position position() {
        return decoder.position();
    }

    private void fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (end == buffer.length) {
            moveToNewBuffer();
        }
        int filledFrom = end;
        try {
            do {
                int count = in.read(buffer, end, buffer.length - end);
                isLast = count < 0;
                end += Math.max(0, count);
            } while (!isLast && end < buffer.length && in.available() > 0);
        } catch (IOException e) {
            failure = e;
            if (end == filledFrom) {
                throw e;
            }
        }
        isFresh = true;
    }

    /** The old buffer belongs to the batches that were made from it. */
    private void moveToNewBuffer() {
        int left = end - start;
        int length = left > bufferBytes / 2 ? Math.min(bufferBytesMax, 2 * left + 4) : bufferBytes;
        byte[] next = new byte[Math.max(bufferBytes, length)];
        System.arraycopy(buffer, start, next, 0, left);
        buffer = next;
        start = 0;
        end = left;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
