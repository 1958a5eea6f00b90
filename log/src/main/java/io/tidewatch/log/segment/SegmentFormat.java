package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Encoding;
import io.tidewatch.log.Entry;
import io.tidewatch.log.LogRecord;
import io.tidewatch.log.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Records as bytes of a segment, version 1; see docs/formats/log.md. */
final class SegmentFormat {
    /** Salt, length and checksum before the body of each record. */
    static final int FRAME_BYTES = 12;

    /** The most bytes of a record with all that is around it; a greater length is damage. */
    static final int FRAME_BYTES_MAX = 1 << 26;

    private static final int LENGTH_AT = 4;
    private static final int CHECKSUM_AT = 8;
    private static final int SYNCED_AT = FRAME_BYTES + Long.BYTES;

    /** Offset, synced, and seven fields of at least one byte each. */
    private static final int BODY_BYTES_MIN = 19;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SegmentFormat() {}

    /** How many bytes a record takes at most. */
    static long bytesMax(Entry entry) {
        long names = 3L
                * (entry.origin().producer().length() + entry.encoding().codec().length());
        return FRAME_BYTES + 80 + names + entry.payload().length;
    }

    /**
     * Writes a record.
     *
     * @param synced up to which byte the segment was durable when the record was written
     */
    static void write(ByteWriter out, int salt, long synced, LogRecord record) {
        int start = out.size();
        Entry entry = record.entry();
        out.writeInt(salt);
        out.writeLong(0);
        out.writeLong(record.offset());
        out.writeInt((int) synced);
        out.writeByte(entry.type());
        out.writeVarLong(entry.rowCount());
        out.writeZigZag(entry.receiveMillis());
        out.writeSlice(entry.origin().producer().getBytes(UTF_8));
        out.writeZigZag(entry.origin().sequence());
        out.writeSlice(entry.encoding().codec().getBytes(UTF_8));
        out.writeZigZag(entry.encoding().schemaVersion());
        out.writeRaw(entry.payload(), 0, entry.payload().length);
        out.setInt(start + LENGTH_AT, out.size() - start - FRAME_BYTES);
        out.setInt(start + CHECKSUM_AT, frameChecksum(out.array(), start, out.size() - start));
    }

    /** The bytes of the record that starts at {@code at}, by its first {@link #FRAME_BYTES}; −1 if no record can start so. */
    static int size(byte[] bytes, int at, int salt) {
        int length = (int) INT.get(bytes, at + LENGTH_AT);
        boolean plausible = (int) INT.get(bytes, at) == salt
                && length >= BODY_BYTES_MIN
                && length <= FRAME_BYTES_MAX - FRAME_BYTES;
        return plausible ? FRAME_BYTES + length : -1;
    }

    /** Whether the {@code size} bytes from {@code at} on pass their checksum. */
    static boolean isWhole(byte[] bytes, int at, int size) {
        return (int) INT.get(bytes, at + CHECKSUM_AT) == frameChecksum(bytes, at, size);
    }

    /** The offset of a whole record. */
    static long offset(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + FRAME_BYTES);
    }

    /** Up to which byte the segment was durable when a whole record was written. */
    static long synced(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + SYNCED_AT) & 0xFFFFFFFFL;
    }

    /** The record in {@code size} whole bytes. */
    static LogRecord record(byte[] bytes, int at, int size) {
        ByteReader in = new ByteReader(bytes, at + FRAME_BYTES, size - FRAME_BYTES);
        long offset = in.readLong();
        in.readInt();
        int type = in.readByte();
        int rowCount = in.readCount();
        long received = in.readZigZag();
        Origin origin = new Origin(new String(in.readSlice(), UTF_8), in.readZigZag());
        Encoding encoding = new Encoding(new String(in.readSlice(), UTF_8), in.readZigZag());
        byte[] payload = new byte[at + size - in.position()];
        System.arraycopy(bytes, in.position(), payload, 0, payload.length);
        return new LogRecord(
                offset, new Entry(type, rowCount, received, origin, encoding, payload));
    }

    static int checksum(byte[] bytes, int start, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, start, length);
        return (int) checksum.getValue();
    }

    static TidewatchException corrupt(Path file, long position, String what) {
        return new TidewatchException(
                ErrorCode.LOG_CORRUPT,
                file + ": byte " + position + ": " + what
                        + "; nothing was changed. Restore the file from a copy, or, to give up what it holds,"
                        + " move it away with all older ones of its folder");
    }

    static TidewatchException failed(Path file, Exception cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, file + ": cannot be read: " + cause.getMessage(), cause);
    }

    private static int frameChecksum(byte[] bytes, int start, int size) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, start + LENGTH_AT, Integer.BYTES);
        checksum.update(bytes, start + FRAME_BYTES, size - FRAME_BYTES);
        return (int) checksum.getValue();
    }
}
