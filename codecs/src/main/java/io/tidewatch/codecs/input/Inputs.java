package io.tidewatch.codecs.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens inputs. What begins with gzip's magic number is decompressed as it is read, also when it has several members, so
 * memory does not depend on how much comes out.
 */
public final class Inputs {
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

    /**
     * The bytes of a file; empty if there are more than {@code max}, which may be up to 2³⁰. Of a pipe or a device, which has
     * no size, no more than that is read either.
     */
    public static Optional<byte[]> bytes(Path file, int max) throws IOException {
        long size = Files.size(file);
        if (size > max) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[(int) size];
            int count = in.readNBytes(bytes, 0, bytes.length);
            byte[] more = in.readNBytes(max + 1 - count);
            int length = count + more.length;
            if (length == bytes.length && more.length == 0) {
                return Optional.of(bytes);
            }
            byte[] all = Arrays.copyOf(bytes, length);
            System.arraycopy(more, 0, all, count, more.length);
            return length > max ? Optional.empty() : Optional.of(all);
        }
    }

    /** The stream itself, or what it decompresses to. Blocks until two bytes are there, or the header of gzip. */
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
        return first == GzipStream.MAGIC_0 && second == GzipStream.MAGIC_1
                ? GzipStream.open(pushback)
                : pushback;
    }
}
