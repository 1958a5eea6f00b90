package io.tidewatch.codecs.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
