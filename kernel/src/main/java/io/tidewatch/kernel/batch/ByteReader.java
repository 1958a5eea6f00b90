package io.tidewatch.kernel.batch;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Reading beyond the end is {@link ErrorCode#SNAPSHOT_CORRUPT}.
 */
public final class ByteReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.position = start;
        this.end = start + length;
    }

    public boolean hasRemaining() {
        return position < end;
    }

    public int position() {
        return position;
    }

    /** The array that is read, for slices that are used in place. */
    public byte[] array() {
        return bytes;
    }

    public int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public int readInt() {
        require(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long readLong() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw corrupt("a number of more than ten bytes");
    }

    /** A {@linkplain #readVarLong() number} that must be a length or count: 0 to 2³¹ − 1. */
    public int readCount() {
        long value = readVarLong();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw corrupt("count " + value);
        }
        return (int) value;
    }

    public long readZigZag() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a length and copies that many bytes. */
    public byte[] readSlice() {
        int length = readCount();
        int start = skip(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** A reader of the next section, which this passes over. */
    public ByteReader readSection() {
        int length = readInt();
        return new ByteReader(bytes, skip(length), length);
    }

    /** Passes over bytes and returns where in {@link #array()} they start. */
    public int skip(int length) {
        require(length);
        int start = position;
        position += length;
        return start;
    }

    private void require(int count) {
        if (count < 0 || end - position < count) {
            throw corrupt(count + " bytes wanted, " + (end - position) + " left");
        }
    }

    private TidewatchException corrupt(String what) {
        return new TidewatchException(ErrorCode.SNAPSHOT_CORRUPT, "byte " + position + ": " + what);
    }
}
