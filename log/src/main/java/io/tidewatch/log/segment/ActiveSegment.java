package io.tidewatch.log.segment;

import io.tidewatch.kernel.batch.ByteWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The newest segment of a partition, at whose end records are written. For one thread, but for its index. */
final class ActiveSegment implements Closeable {
    static final String SUFFIX = ".seg";
    static final String PART_SUFFIX = ".part";

    private static final int REWRITE_BYTES = 1 << 20;

    private final Path path;
    private final SegmentHeader header;
    private final DiskFile file;
    private final SegmentIndex index;
    private final SyncMark mark;
    private long position;
    private long synced;

    private ActiveSegment(
            Path path,
            SegmentHeader header,
            DiskFile file,
            SegmentIndex index,
            SyncMark mark,
            long position) {
        this.path = path;
        this.header = header;
        this.file = file;
        this.index = index;
        this.mark = mark;
        this.position = position;
        this.synced = position;
    }

    /** The file of a segment: its first offset in twenty digits, so that names sort as offsets do. */
    static Path path(Path folder, long base) {
        String digits = Long.toString(base);
        return folder.resolve("0".repeat(20 - digits.length()) + digits + SUFFIX);
    }

    /** Begins a segment. Its file has its name only when its header is durable. */
    static ActiveSegment create(Disk disk, Path folder, SegmentHeader header, SyncMark mark)
            throws IOException {
        Path path = path(folder, header.base());
        Path part = path.resolveSibling(path.getFileName() + PART_SUFFIX);
        disk.delete(part);
        DiskFile file = disk.create(part);
        try {
            file.write(header.bytes(), 0, SegmentHeader.BYTES, 0);
            file.force();
            disk.rename(part, path);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        ActiveSegment segment = new ActiveSegment(
                path, header, file, new SegmentIndex(header.base()), mark, SegmentHeader.BYTES);
        segment.mark();
        return segment;
    }

    /**
     * Goes on with the last segment of a partition behind its last whole record, and cuts what follows.
     *
     * @param durable up to where it is known to have been durable
     */
    static ActiveSegment reopen(
            Disk disk,
            Path path,
            SegmentHeader header,
            SyncMark mark,
            long durable,
            SegmentIndex index,
            long end)
            throws IOException {
        DiskFile file = disk.create(path);
        try {
            file.truncate(end);
            rewrite(file, Math.max(SegmentHeader.BYTES, durable), end);
            file.force();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        ActiveSegment segment = new ActiveSegment(path, header, file, index, mark, end);
        segment.mark();
        return segment;
    }

    /**
     * Writes bytes again as they are. A force that failed may have left them in memory as if they were on disk; another force
     * would then pass over them.
     */
    private static void rewrite(DiskFile file, long start, long end) throws IOException {
        byte[] bytes = new byte[(int) Math.min(REWRITE_BYTES, Math.max(0, end - start))];
        for (long at = start; at < end; at += bytes.length) {
            int count = file.read(bytes, 0, (int) Math.min(bytes.length, end - at), at);
            file.write(bytes, 0, count, at);
        }
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    SegmentIndex index() {
        return index;
    }

    /** The byte behind the last record. */
    long position() {
        return position;
    }

    /** The byte behind the last durable record. */
    long synced() {
        return synced;
    }

    /** Writes records behind the others. After a failure {@link #cut} must follow. */
    void write(ByteWriter records) throws IOException {
        file.write(records.array(), 0, records.size(), position);
        position += records.size();
    }

    /** Removes what a failed write left. */
    void cut() throws IOException {
        file.truncate(position);
    }

    /** Makes durable what was written. Not to be tried again after a failure. */
    void sync() throws IOException {
        if (synced < position) {
            file.force();
            synced = position;
            mark();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void mark() {
        mark.write(new SyncMark.Mark(header.base(), header.salt(), synced));
    }
}
