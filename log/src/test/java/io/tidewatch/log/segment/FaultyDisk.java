package io.tidewatch.log.segment;

import java.io.IOException;
import java.nio.file.Path;

/** This machine's file system with a quota, and with failures on demand. */
class FaultyDisk implements Disk {
    private final Disk disk = new SystemDisk();
    private long room = Long.MAX_VALUE;
    private boolean forceFails;
    private boolean createFails;
    private boolean truncateFails;
    private boolean writeFails;
    private int forces;

    /** From now on only so many bytes can be written. */
    final synchronized void room(long bytes) {
        room = bytes;
    }

    /** From now on nothing can be forced to disk, or it can again. */
    final synchronized void forceFails(boolean fails) {
        forceFails = fails;
    }

    /** From now on there are too many open files, or there are not. */
    final synchronized void createFails(boolean fails) {
        createFails = fails;
    }

    /** From now on no file can be cut. */
    final synchronized void truncateFails(boolean fails) {
        truncateFails = fails;
    }

    /** From now on every write fails, though there is room. */
    final synchronized void writeFails(boolean fails) {
        writeFails = fails;
    }

    /** How often a file was forced to disk. */
    final synchronized int forces() {
        return forces;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new File(disk.open(file));
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        synchronized (this) {
            if (createFails) {
                throw new IOException(file + ": Too many open files");
            }
        }
        return new File(disk.create(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void force(Path folder) throws IOException {
        disk.force(folder);
    }

    @Override
    public boolean isFull(IOException failure, Path folder, long wanted) {
        return disk.isFull(failure, folder, wanted);
    }

    /** Is called before each force of a file. */
    void beforeForce() throws IOException {}

    private synchronized int take(int wanted) throws IOException {
        if (writeFails) {
            throw new IOException("Input/output error");
        }
        int count = (int) Math.min(wanted, room);
        room -= room == Long.MAX_VALUE ? 0 : count;
        return count;
    }

    private synchronized void checkForce() throws IOException {
        forces++;
        if (forceFails) {
            throw new IOException("Input/output error");
        }
    }

    private synchronized void checkTruncate() throws IOException {
        if (truncateFails) {
            throw new IOException("Input/output error");
        }
    }

    private final class File implements DiskFile {
        private final DiskFile file;

        File(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(byte[] target, int start, int length, long position) throws IOException {
            return file.read(target, start, length, position);
        }

        @Override
        public void write(byte[] source, int start, int length, long position) throws IOException {
            int count = take(length);
            file.write(source, start, count, position);
            if (count < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            checkTruncate();
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            beforeForce();
            checkForce();
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
