package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps a folder for one process, and within it for one log. The system gives the lock back when a process ends, however. */
final class FolderLock implements Closeable {
    static final String FILE_NAME = "lock";

    /**
     * The folders of this process. Closing any channel of a locked file gives up the process's lock on some systems, so the
     * file must not even be opened twice.
     */
    private static final Set<Path> MINE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws TidewatchException {@code IO_FAILED} if the folder is in use; the message says by which process */
    static FolderLock take(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!MINE.add(real)) {
            throw inUse(folder, "this process (" + ProcessHandle.current().pid() + ")");
        }
        FileChannel channel = null;
        FolderLock result = null;
        try {
            channel = FileChannel.open(
                    real.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder, other(real.resolve(FILE_NAME)));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(me().getBytes(UTF_8)), 0);
            result = new FolderLock(real, channel);
            return result;
        } finally {
            if (result == null) {
                release(real, channel);
            }
        }
    }

    @Override
    public void close() throws IOException {
        release(folder, channel);
    }

    private static void release(Path folder, @Nullable FileChannel channel) throws IOException {
        MINE.remove(folder);
        if (channel != null) {
            channel.close();
        }
    }

    private static String me() {
        ProcessHandle me = ProcessHandle.current();
        String since = me.info().startInstant().map(start -> " since " + start).orElse("");
        return "process " + me.pid() + since + "\n";
    }

    private static String other(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    private static TidewatchException inUse(Path folder, String who) {
        return new TidewatchException(
                ErrorCode.IO_FAILED,
                folder + ": " + who + " has this log open; stop it first, or name another folder");
    }
}
