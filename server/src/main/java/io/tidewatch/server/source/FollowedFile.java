package io.tidewatch.server.source;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that others append to, read on as it grows and through rotation: when another file takes its name (rename and
 * create), and when it is cut short and written anew (copy and truncate).
 *
 * <p>The file under the name is another one if its key (the inode) differs, if it is shorter than what was read, or if its
 * first bytes changed. The old file is read to its end before it is left; as long as nothing has its name, it is kept. A
 * file that does not exist yet fails to be read, and is read when it is there.
 */
public final class FollowedFile implements Source {
    private static final int HEAD_BYTES_MAX = 256;

    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private byte[] head = new byte[0];
    private long position;
    private long sizeSeen;
    private boolean replacementSeen;
    private Status status = Status.WAITING;

    private FollowedFile(Path path) {
        this.path = path;
    }

    /**
     * Follows a file, from its start on.
     *
     * @throws TidewatchException if the path is that of something else, which ends or keeps the reader waiting
     */
    public static FollowedFile of(Path path) {
        whyNot(path).ifPresent(reason -> {
            throw new TidewatchException(ErrorCode.CONFIGURATION_INVALID, path + ": " + reason);
        });
        return new FollowedFile(path);
    }

    /** Why what is there now cannot be followed, and what to do. */
    private static Optional<String> whyNot(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.of("a folder cannot be followed; name a file in it");
        }
        return Files.exists(path) && !Files.isRegularFile(path)
                ? Optional.of("a pipe or device cannot be followed; give the stream"
                        + " `source: {stdin: {format: …}}`, and start with `tidewatch run … < "
                        + path + "`")
                : Optional.empty();
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        status = Status.WAITING;
        FileChannel open = channel == null ? open() : channel;
        if (wasRewritten(open)) {
            position = 0;
            head = new byte[0];
            status = Status.FILE_ENDED;
            return 0;
        }
        int count = open.read(ByteBuffer.wrap(buffer, start, length), position);
        if (count > 0) {
            position += count;
            rememberHead(open);
            return count;
        }
        leaveIfReplaced();
        return 0;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private FileChannel open() throws IOException {
        Optional<String> reason = whyNot(path);
        if (reason.isPresent()) {
            // To open a pipe would be to wait for its writer.
            throw new IOException(reason.get());
        }
        try {
            FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
            channel = opened;
            key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            head = new byte[0];
            position = 0;
            sizeSeen = 0;
            replacementSeen = false;
            return opened;
        } catch (NoSuchFileException e) {
            close();
            throw new IOException("there is no such file yet", e);
        }
    }

    private boolean wasRewritten(FileChannel open) throws IOException {
        long size = open.size();
        if (size < position) {
            sizeSeen = size;
            return true;
        }
        if (size == sizeSeen) {
            return false;
        }
        sizeSeen = size;
        byte[] now = new byte[head.length];
        int count = now.length == 0 ? 0 : open.read(ByteBuffer.wrap(now), 0);
        return count < now.length || !Arrays.equals(now, head);
    }

    private void rememberHead(FileChannel open) throws IOException {
        int length = (int) Math.min(position, HEAD_BYTES_MAX);
        if (head.length < length) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            int count = open.read(bytes, 0);
            head = Arrays.copyOf(bytes.array(), Math.max(0, count));
        }
    }

    /** What was written before the change of names is read first, so the change must be seen by two reads at the end. */
    private void leaveIfReplaced() throws IOException {
        if (!isReplaced()) {
            replacementSeen = false;
        } else if (!replacementSeen) {
            replacementSeen = true;
        } else {
            close();
            status = Status.FILE_ENDED;
        }
    }

    private boolean isReplaced() throws IOException {
        try {
            Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return now != null && !now.equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
