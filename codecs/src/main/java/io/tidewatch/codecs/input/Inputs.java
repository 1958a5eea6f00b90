package io.tidewatch.codecs.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Opens inputs. What begins with gzip's magic number is decompressed as it is read, also when it has several members, so
 * memory does not depend on how much comes out.
 */
public final class Inputs {
    private static final int MAGIC_0 = 0x1F;
    private static final int MAGIC_1 = 0x8B;
    private static final int GZIP_BUFFER_BYTES = 1 << 16;

    private Inputs() {}

    public static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return decompressed(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The stream itself, or what it decompresses to. Blocks until two bytes are there. */
    public static InputStream decompressed(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, 2);
        int first = pushback.read();
        int second = first < 0 ? -1 : pushback.read();
        if (second >= 0) {
            pushback.unread(second);
        }
        if (first >= 0) {
            pushback.unread(first);
        }
        return first == MAGIC_0 && second == MAGIC_1
                ? new GZIPInputStream(new NeverEmpty(pushback), GZIP_BUFFER_BYTES)
                : pushback;
    }

    /** Makes {@link GZIPInputStream}, which asks whether more is available, look for the next member on every stream. */
    private static final class NeverEmpty extends FilterInputStream {
        private NeverEmpty(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            return Math.max(1, super.available());
        }
    }
}
