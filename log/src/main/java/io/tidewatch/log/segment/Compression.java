package io.tidewatch.log.segment;

import com.github.luben.zstd.Zstd;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.log.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Makes compressed segments of closed ones: blocks of whole records, each compressed by itself. */
final class Compression {
    /** From this size on a block is full, before compression. */
    static final int BLOCK_RAW_BYTES = 1 << 18;

    /** Before each block: its length, its length before compression, checksum. */
    static final int HEAD_BYTES = 12;

    private static final int CHECKED_BYTES = 8;

    /** Where more effort begins to cost more than it saves. */
    private static final int LEVEL = 3;

    private final DiskFile target;
    private final SegmentIndex index;
    private final ByteWriter raw = new ByteWriter(BLOCK_RAW_BYTES);
    private final ByteWriter packed = new ByteWriter(BLOCK_RAW_BYTES);
    private long position;

    private Compression(DiskFile target, SegmentHeader header) {
        this.target = target;
        this.index = new SegmentIndex(header.base());
    }

    /**
     * Writes the compressed form of a closed segment, durably.
     *
     * @param from the segment, at its beginning
     * @return where its blocks are
     * @throws io.tidewatch.kernel.error.TidewatchException {@code LOG_CORRUPT} if it is damaged
     */
    static SegmentIndex compress(Disk disk, SegmentCursor from, Path target) throws IOException {
        // What an earlier attempt left may be longer.
        disk.delete(target);
        try (DiskFile file = disk.create(target)) {
            Compression compression = new Compression(file, from.header());
            compression.append(from.header().compressed().bytes());
            compression.blocks(from);
            file.force();
            return compression.index;
        }
    }

    /** Whether a block passes its checksum. */
    static boolean isWhole(byte[] head, byte[] packed) {
        return new ByteReader(head, CHECKED_BYTES, Integer.BYTES).readInt()
                == checksum(head, packed);
    }

    private void blocks(SegmentCursor from) throws IOException {
        long limit = from.fileBytes();
        while (true) {
            int size = from.load(limit);
            if (size > 0) {
                from.copyTo(raw, size);
            }
            LogRecord record = from.next(limit);
            if (record == null) {
                break;
            }
            if (raw.size() == size) {
                index.add(record.offset(), record.entry().receiveMillis(), position);
            }
            if (raw.size() >= BLOCK_RAW_BYTES) {
                block();
            }
        }
        if (raw.size() > 0) {
            block();
        }
    }

    private void block() throws IOException {
        byte[] bytes = Zstd.compress(raw.copyBytes(), LEVEL);
        packed.truncate(0);
        packed.writeInt(bytes.length);
        packed.writeInt(raw.size());
        packed.writeInt(checksum(packed.array(), bytes));
        append(packed.copyBytes());
        append(bytes);
        raw.truncate(0);
    }

    private void append(byte[] bytes) throws IOException {
        target.write(bytes, 0, bytes.length, position);
        position += bytes.length;
    }

    private static int checksum(byte[] head, byte[] packed) {
        CRC32C checksum = new CRC32C();
        checksum.update(head, 0, CHECKED_BYTES);
        checksum.update(packed, 0, packed.length);
        return (int) checksum.getValue();
    }
}
