package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The indices of closed segments: those used last in memory, all of them in files beside the segments. A file that is missing,
 * damaged, or of the segment before it was compressed is passed over, and made anew from the segment.
 */
final class SegmentIndices {
    static final String SUFFIX = ".idx";

    private static final byte[] NAME = "TWIDX".getBytes(US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 28;
    private static final int ENTRY_BYTES = SegmentIndex.ENTRY_LONGS * Long.BYTES;

    /** No index of a segment has more: its bytes, and the least distance of entries. */
    private static final int FILE_BYTES_MAX = 1 << 22;

    private record Name(Path segment, int kind) {}

    private final Disk disk;
    private final LogNotices notices;
    private final long bytesMax;
    private final Map<Name, SegmentIndex> indices = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    SegmentIndices(Disk disk, LogNotices notices, long bytesMax) {
        this.disk = disk;
        this.notices = notices;
        this.bytesMax = bytesMax;
    }

    /** The file of a segment's index. */
    static Path file(Path segment) {
        String name = String.valueOf(segment.getFileName());
        return segment.resolveSibling(name.substring(0, name.lastIndexOf('.')) + SUFFIX);
    }

    /** The index of a closed segment that was just opened. */
    SegmentIndex of(SegmentCursor cursor) throws IOException {
        Name name = new Name(cursor.path(), cursor.header().kind());
        SegmentIndex known = cached(name);
        if (known != null) {
            return known;
        }
        SegmentIndex read = read(cursor);
        if (read != null) {
            keep(name, read);
            return read;
        }
        SegmentIndex made = new SegmentIndex(cursor.header().base());
        if (fill(made, cursor)) {
            store(cursor.path(), cursor.header(), cursor.fileBytes(), made);
        }
        return made;
    }

    /** Keeps the index of a segment that was just closed or compressed, and writes its file. */
    void store(Path segment, SegmentHeader header, long fileBytes, SegmentIndex index) {
        keep(new Name(segment, header.kind()), index);
        byte[] content = content(header, fileBytes, index);
        Path path = file(segment);
        try {
            disk.delete(path);
            try (DiskFile file = disk.create(path)) {
                file.write(content, 0, content.length, 0);
            }
        } catch (IOException e) {
            notices.leftAsItIs(path, e);
        }
    }

    /** Forgets a segment, and deletes the file of its index. */
    void delete(Path segment) throws IOException {
        disk.delete(file(segment));
        forget(segment);
    }

    private synchronized void forget(Path segment) {
        for (int kind : new int[] {SegmentHeader.RAW, SegmentHeader.COMPRESSED}) {
            SegmentIndex index = indices.remove(new Name(segment, kind));
            bytes -= index == null ? 0 : index.bytes();
        }
    }

    private synchronized @Nullable SegmentIndex cached(Name name) {
        return indices.get(name);
    }

    private synchronized void keep(Name name, SegmentIndex index) {
        SegmentIndex before = indices.put(name, index);
        bytes += index.bytes() - (before == null ? 0 : before.bytes());
        Iterator<SegmentIndex> eldest = indices.values().iterator();
        while (bytes > bytesMax && indices.size() > 1) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    /** Fills an index from its segment; false if the segment is damaged, of which whoever comes there hears. */
    private static boolean fill(SegmentIndex index, SegmentCursor cursor) throws IOException {
        long limit = cursor.fileBytes();
        long interval = cursor.header().isCompressed() ? 1 : SegmentIndex.INTERVAL_BYTES;
        cursor.seek(new SegmentIndex.Place(cursor.header().base(), SegmentHeader.BYTES));
        try {
            while (cursor.load(limit) != SegmentCursor.END) {
                long position = cursor.position();
                LogRecord record = cursor.next(limit);
                if (record != null) {
                    index.addSparsely(
                            record.offset(), record.entry().receiveMillis(), position, interval);
                }
            }
            return true;
        } catch (TidewatchException e) {
            if (e.code() != ErrorCode.LOG_CORRUPT) {
                throw e;
            }
            return false;
        }
    }

    private static byte[] content(SegmentHeader header, long fileBytes, SegmentIndex index) {
        long[] entries = index.entries();
        ByteWriter out = new ByteWriter(HEAD_BYTES + entries.length * Long.BYTES + Integer.BYTES);
        out.writeRaw(NAME, 0, NAME.length);
        out.writeByte(header.kind());
        out.writeByte(0);
        out.writeByte(VERSION);
        out.writeInt(header.salt());
        out.writeLong(header.base());
        out.writeLong(fileBytes);
        for (long entry : entries) {
            out.writeLong(entry);
        }
        out.writeInt(SegmentFormat.checksum(out.array(), 0, out.size()));
        return out.copyBytes();
    }

    private @Nullable SegmentIndex read(SegmentCursor cursor) throws IOException {
        byte[] content;
        try (DiskFile file = disk.open(file(cursor.path()))) {
            int length = (int) Math.min(file.size(), FILE_BYTES_MAX);
            content = new byte[length];
            if (file.read(content, 0, length, 0) < length) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        SegmentIndex empty = new SegmentIndex(cursor.header().base());
        byte[] expected = content(cursor.header(), cursor.fileBytes(), empty);
        int entriesEnd = content.length - Integer.BYTES;
        boolean usable = entriesEnd >= HEAD_BYTES
                && (entriesEnd - HEAD_BYTES) % ENTRY_BYTES == 0
                && Arrays.equals(content, 0, HEAD_BYTES, expected, 0, HEAD_BYTES)
                && new ByteReader(content, entriesEnd, Integer.BYTES).readInt()
                        == SegmentFormat.checksum(content, 0, entriesEnd);
        if (!usable) {
            return null;
        }
        ByteReader in = new ByteReader(content, HEAD_BYTES, entriesEnd - HEAD_BYTES);
        while (in.hasRemaining()) {
            empty.add(in.readLong(), in.readLong(), in.readLong());
        }
        return empty;
    }
}
