package io.tidewatch.log.segment;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file system of this machine. */
final class SystemDisk implements Disk {
    /** How systems say that a disk or a quota is full; where they say it in another language, the room that is left tells. */
    private static final List<String> FULL =
            List.of("No space left", "quota exceeded", "not enough space");

    private static final long BLOCK_BYTES = 1 << 16;

    @Override
    public void createFolder(Path folder) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null && !Files.isDirectory(folder)) {
            createFolder(above);
            Files.createDirectories(folder);
            force(above);
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new Channel(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new Channel(FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(parent(to));
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            force(parent(file));
        }
    }

    @Override
    public void force(Path folder) throws IOException {
        // Windows opens no folders, and makes their changes durable itself.
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public boolean isFull(IOException failure, Path folder, long wanted) {
        String message = String.valueOf(failure.getMessage());
        if (FULL.stream().anyMatch(message::contains)) {
            return true;
        }
        try {
            return Files.getFileStore(folder).getUsableSpace() < wanted + BLOCK_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    private record Channel(FileChannel channel) implements DiskFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(byte[] target, int start, int length, long position) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(target, start, length);
            int count = 0;
            while (buffer.hasRemaining() && count >= 0) {
                count = channel.read(buffer, position + buffer.position() - start);
            }
            return buffer.position() - start;
        }

        @Override
        public void write(byte[] source, int start, int length, long position) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(source, start, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position() - start);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
