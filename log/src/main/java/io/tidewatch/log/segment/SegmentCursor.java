package io.tidewatch.log.segment;

import com.github.luben.zstd.Zstd;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.LogRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Goes through the records of one segment, compressed or not, and checks each. For one thread. */
final class SegmentCursor implements Closeable {
    /** What {@link #load} gives for a place where no whole record is. */
    static final int DAMAGED = -1;

    /** What {@link #load} gives at the end. */
    static final int END = 0;

    private static final int CHUNK_BYTES = 1 << 16;

    private final Path path;
    private final DiskFile file;
    private final SegmentHeader header;

    /** What was read of the file (decompressed), of which {@code [at, end)} is still to come. */
    private byte[] bytes = new byte[0];

    private int at;
    private int end;

    /** Where in the file the loaded bytes end. */
    private long loaded;

    /** Where in the file the loaded block begins. */
    private long block = SegmentHeader.BYTES;

    private long nextOffset;

    private SegmentCursor(Path path, DiskFile file, SegmentHeader header) {
        this.path = path;
        this.file = file;
        this.header = header;
        seek(new SegmentIndex.Place(header.base(), SegmentHeader.BYTES));
    }

    /** @throws TidewatchException {@code LOG_CORRUPT} if it is another segment */
    static SegmentCursor open(Disk disk, Path path, int partition, long base) throws IOException {
        DiskFile file = disk.open(path);
        try {
            return new SegmentCursor(path, file, SegmentHeader.read(file, path, partition, base));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    SegmentHeader header() {
        return header;
    }

    Path path() {
        return path;
    }

    long fileBytes() throws IOException {
        return file.size();
    }

    /** Goes on from a place that an index names. */
    void seek(SegmentIndex.Place place) {
        loaded = place.position();
        block = place.position();
        nextOffset = place.offset();
        at = 0;
        end = 0;
    }

    /** The offset of the next record. */
    long nextOffset() {
        return nextOffset;
    }

    /** The place to {@link #seek} for the next record, as soon as it is loaded: its own, or that of its block. */
    long position() {
        return header.isCompressed() ? block : loaded - (end - at);
    }

    /**
     * The next record, or null at the limit.
     *
     * @param limit how far the file is to be read; passed over for compressed segments, which are always whole
     * @throws TidewatchException {@code LOG_CORRUPT} if there is no whole record
     */
    @Nullable
    LogRecord next(long limit) throws IOException {
        int size = load(limit);
        if (size == DAMAGED) {
            throw SegmentFormat.corrupt(
                    path, position(), "the record of offset " + nextOffset + " is damaged");
        }
        if (size == END) {
            return null;
        }
        LogRecord record = SegmentFormat.record(bytes, at, size);
        passOver(size);
        nextOffset = record.nextOffset();
        return record;
    }

    /** Loads the next record; gives its size, {@link #END} or {@link #DAMAGED}. */
    int load(long limit) throws IOException {
        boolean compressed = header.isCompressed();
        if (compressed ? at == end && !loadBlock() : position() == limit) {
            return END;
        }
        if (!compressed) {
            fill(SegmentFormat.FRAME_BYTES, limit);
        }
        int size = end - at < SegmentFormat.FRAME_BYTES
                ? DAMAGED
                : SegmentFormat.size(bytes, at, header.salt());
        if (size > 0 && !compressed) {
            fill(size, limit);
        }
        boolean whole = size > 0
                && end - at >= size
                && SegmentFormat.isWhole(bytes, at, size)
                && SegmentFormat.offset(bytes, at) == nextOffset;
        return whole ? size : DAMAGED;
    }

    /** Gives the bytes of the record that was loaded to somebody else. */
    void copyTo(ByteWriter out, int size) {
        out.writeRaw(bytes, at, size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void passOver(int size) {
        at += size;
    }

    /** Sees to it that {@code count} bytes are loaded, unless there are fewer before the limit. */
    private void fill(int count, long limit) throws IOException {
        if (end - at >= count) {
            return;
        }
        long position = position();
        int wanted = (int) Math.min(Math.max(count, CHUNK_BYTES), Math.max(0, limit - position));
        if (bytes.length < wanted || bytes.length > Math.max(wanted, CHUNK_BYTES)) {
            bytes = new byte[Math.max(wanted, CHUNK_BYTES)];
        }
        end = file.read(bytes, 0, wanted, position);
        at = 0;
        loaded = position + end;
    }

    private boolean loadBlock() throws IOException {
        long left = file.size() - loaded;
        if (left == 0) {
            return false;
        }
        byte[] head = new byte[Compression.HEAD_BYTES];
        int count = file.read(head, 0, head.length, loaded);
        ByteReader in = new ByteReader(head);
        int length = in.readInt();
        int rawLength = in.readInt();
        boolean plausible = count == head.length
                && length > 0
                && length <= left - head.length
                && rawLength > 0
                && rawLength <= Compression.BLOCK_RAW_BYTES + SegmentFormat.FRAME_BYTES_MAX;
        if (!plausible) {
            throw SegmentFormat.corrupt(path, loaded, "the block is damaged or cut short");
        }
        byte[] packed = new byte[length];
        count = file.read(packed, 0, length, loaded + head.length);
        if (count < length || !Compression.isWhole(head, packed)) {
            throw SegmentFormat.corrupt(path, loaded, "the block is damaged");
        }
        bytes = Zstd.decompress(packed, rawLength);
        at = 0;
        end = bytes.length;
        block = loaded;
        loaded += head.length + length;
        return true;
    }
}
