package io.tidewatch.server.source;

import io.tidewatch.codecs.input.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that others replace, or write anew, as a whole. Every {@link #LOOK_MILLIS} it is looked at: it has changed when it is
 * another file (its key, the inode), or has another size or time of modification, than when it was read. Since it may still
 * be being written then, a change counts only when two looks see the same.
 */
public final class WatchedFile {
    /** How often it is looked at. */
    public static final long LOOK_MILLIS = 2_000;

    /** More than this is never read. */
    private static final int BYTES_MAX = 1 << 30;

    private final Path path;
    private long nextLookMillis = Long.MIN_VALUE;
    private @Nullable Look read;
    private @Nullable Look last;

    /** What is seen of a file without reading it. */
    private record Look(@Nullable Object key, long size, FileTime modified) {}

    public WatchedFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * Whether there is something to read that was not read yet, as far as is known at this time.
     *
     * @throws IOException if there is no file; what was read before stays as it is
     */
    public boolean hasChanged(long nowMillis) throws IOException {
        boolean waits = nowMillis < nextLookMillis && nextLookMillis - nowMillis <= LOOK_MILLIS;
        if (waits) {
            return false;
        }
        nextLookMillis = nowMillis + LOOK_MILLIS;
        Look before = last;
        last = null;
        Look now = look();
        last = now;
        return now.equals(before) && !now.equals(read);
    }

    /** How many bytes the file has. */
    public long size() throws IOException {
        return Files.size(path);
    }

    /**
     * The bytes of the file; empty if it changed while it was read, and it should be read again later.
     *
     * @throws IOException if it cannot be read; it may be read again later
     */
    public Optional<byte[]> read() throws IOException {
        Look before = look();
        Optional<byte[]> bytes = Inputs.bytes(path, (int) Math.min(before.size(), BYTES_MAX));
        if (bytes.isEmpty() || bytes.get().length != before.size() || !before.equals(look())) {
            return Optional.empty();
        }
        read = before;
        return bytes;
    }

    /** Passes over what the file has now, as if it had been read. */
    public void skip() throws IOException {
        read = look();
    }

    private Look look() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(
                    path
                            + " is no regular file, and cannot be read again when it changes (copy it into one)");
        }
        return new Look(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }
}
