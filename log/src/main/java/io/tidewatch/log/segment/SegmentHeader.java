package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first bytes of a segment.
 *
 * @param kind {@link #RAW} or {@link #COMPRESSED}
 * @param partition the partition's number
 * @param salt stands before every record, so that no payload can look like one
 * @param base the offset of the first record
 * @param receivedBefore the receive time of the record before; the least number if there is none
 */
record SegmentHeader(int kind, int partition, int salt, long base, long receivedBefore) {
    static final int RAW = 1;
    static final int COMPRESSED = 2;
    static final int BYTES = 36;

    private static final byte[] NAME = "TWLOG".getBytes(US_ASCII);
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 32;

    boolean isCompressed() {
        return kind == COMPRESSED;
    }

    SegmentHeader compressed() {
        return new SegmentHeader(COMPRESSED, partition, salt, base, receivedBefore);
    }

    byte[] bytes() {
        ByteWriter out = new ByteWriter(BYTES);
        out.writeRaw(NAME, 0, NAME.length);
        out.writeByte(kind);
        out.writeByte(0);
        out.writeByte(VERSION);
        out.writeInt(partition);
        out.writeInt(salt);
        out.writeLong(base);
        out.writeLong(receivedBefore);
        out.writeInt(SegmentFormat.checksum(out.array(), 0, CHECKED_BYTES));
        return out.copyBytes();
    }

    /**
     * Reads the header of a segment.
     *
     * @throws TidewatchException {@code LOG_CORRUPT} if it is not what its name and folder say
     */
    static SegmentHeader read(DiskFile file, Path path, int partition, long base)
            throws IOException {
        byte[] bytes = new byte[BYTES];
        if (file.read(bytes, 0, BYTES, 0) < BYTES
                || !Arrays.equals(bytes, 0, NAME.length, NAME, 0, NAME.length)) {
            throw SegmentFormat.corrupt(path, 0, "this is not a segment of a log");
        }
        int version = bytes[NAME.length + 2];
        if (version != VERSION) {
            throw SegmentFormat.corrupt(
                    path,
                    0,
                    "version " + version
                            + ", which this version of Tidewatch does not read (expected: "
                            + VERSION + ")");
        }
        ByteReader in = new ByteReader(bytes, CHECKED_BYTES, Integer.BYTES);
        if (in.readInt() != SegmentFormat.checksum(bytes, 0, CHECKED_BYTES)) {
            throw SegmentFormat.corrupt(path, 0, "the header is damaged");
        }
        in = new ByteReader(bytes, Long.BYTES, CHECKED_BYTES - Long.BYTES);
        int kind = bytes[NAME.length];
        SegmentHeader header =
                new SegmentHeader(kind, in.readInt(), in.readInt(), in.readLong(), in.readLong());
        boolean known = kind == RAW || kind == COMPRESSED;
        if (!known || header.partition != partition || header.base != base) {
            throw SegmentFormat.corrupt(
                    path,
                    0,
                    "the header says kind " + kind + ", partition "
                            + header.partition + ", offset " + header.base
                            + " (expected: partition " + partition
                            + ", offset " + base + "; the file is in the wrong place)");
        }
        return header;
    }
}
