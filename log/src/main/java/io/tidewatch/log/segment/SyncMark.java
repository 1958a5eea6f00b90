package io.tidewatch.log.segment;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Says, in a small file beside the segments, up to which byte the active one was durable. It is written after every force and
 * rarely forced itself, so it may be older than the truth, but never newer.
 */
final class SyncMark implements Closeable {
    static final String FILE_NAME = "synced";

    private static final int BYTES = 24;
    private static final int CHECKED_BYTES = 20;

    /**
     * What was durable.
     *
     * @param base of the active segment
     * @param salt of the active segment
     * @param position the byte behind the last durable one
     */
    record Mark(long base, int salt, long position) {
        /** What is known when the file is missing or damaged. */
        static final Mark NONE = new Mark(Long.MIN_VALUE, 0, 0);
    }

    private final DiskFile file;

    private SyncMark(DiskFile file) {
        this.file = file;
    }

    static SyncMark open(Disk disk, Path folder) throws IOException {
        return new SyncMark(disk.create(folder.resolve(FILE_NAME)));
    }

    Mark read() throws IOException {
        byte[] bytes = new byte[BYTES];
        if (file.read(bytes, 0, BYTES, 0) < BYTES) {
            return Mark.NONE;
        }
        ByteReader in = new ByteReader(bytes);
        Mark mark = new Mark(in.readLong(), in.readInt(), in.readLong());
        return in.readInt() == SegmentFormat.checksum(bytes, 0, CHECKED_BYTES) ? mark : Mark.NONE;
    }

    /** Notes what is durable. The log is as safe without it, only less sure what damage is; so a failure is passed over. */
    void write(Mark mark) {
        ByteWriter out = new ByteWriter(BYTES);
        out.writeLong(mark.base);
        out.writeInt(mark.salt);
        out.writeLong(mark.position);
        out.writeInt(SegmentFormat.checksum(out.array(), 0, CHECKED_BYTES));
        try {
            file.write(out.array(), 0, BYTES, 0);
        } catch (IOException e) {
            // An older mark holds, too, and a torn one is known by its checksum.
        }
    }

    /** Makes the mark durable: from then on every damage is known for what it is. */
    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
