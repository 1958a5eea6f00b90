package io.tidewatch.server.source;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A file, or another stream, read from start to end; gzip is recognised by its first bytes. Blocks while the stream does. */
public final class FileSource implements Source {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final long size;
    private final CountedStream counted;
    private final InputStream in;
    private boolean ended;

    private FileSource(String name, CountedStream counted, InputStream in, long size) {
        this.name = name;
        this.size = size;
        this.counted = counted;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws TidewatchException if there is none or it cannot be read
     */
    public static FileSource open(Path path) {
        if (Files.isDirectory(path)) {
            throw failed(path, "is a folder", null);
        }
        try {
            return of(path.toString(), Files.newInputStream(path), Files.size(path));
        } catch (NoSuchFileException e) {
            throw failed(path, "there is no such file", e);
        } catch (IOException e) {
            throw failed(path, "cannot be read: " + FileReasons.of(e), e);
        }
    }

    /** Reads a stream that blocks until bytes come, such as a pipe. It is closed with the source, also if none can be made. */
    public static FileSource of(String name, InputStream in) throws IOException {
        return of(name, in, 0);
    }

    private static FileSource of(String name, InputStream raw, long size) throws IOException {
        CountedStream counted = new CountedStream(raw);
        try {
            InputStream in = Inputs.decompressed(new BufferedInputStream(counted, BUFFER_BYTES));
            return new FileSource(name, counted, in, size);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        if (ended) {
            return 0;
        }
        try {
            int count = in.read(buffer, start, length);
            ended = count < 0;
            return Math.max(0, count);
        } catch (IOException e) {
            // What failed once, such as damaged gzip, fails again.
            ended = true;
            throw e;
        }
    }

    @Override
    public Status status() {
        return ended ? Status.ENDED : Status.WAITING;
    }

    @Override
    public OptionalDouble progress() {
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1.0, (double) counted.count() / size));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static TidewatchException failed(
            Path path, String reason, @Nullable IOException cause) {
        return new TidewatchException(ErrorCode.IO_FAILED, path + ": " + reason, cause);
    }
}
