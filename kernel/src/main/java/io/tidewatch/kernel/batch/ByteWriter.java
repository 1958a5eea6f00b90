package io.tidewatch.kernel.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes with the primitive forms that keys, partials and snapshots are made of. Fixed-width numbers are
 * little-endian; variable-length ones have seven bits per byte, least first, the high bit set on all but the last.
 */
public final class ByteWriter {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VARLONG_BYTES_MAX = 10;

    /** More is made room for when it comes. */
    private static final int EXPECTED_MAX = 1 << 30;

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** The bytes written so far stand in {@code [0, size())} of this array, until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** Makes room for about so many more bytes, so that it need not be made little by little. */
    public void expect(long count) {
        if (count > bytes.length - size && count <= EXPECTED_MAX - size) {
            // At least doubled: who expects again and again copies no more often than who writes.
            int doubled = (int) Math.min(EXPECTED_MAX, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.max(size + (int) count, doubled));
        }
    }

    /** Forgets what was written from {@code size} on. */
    public void truncate(int size) {
        if (size < 0 || size > this.size) {
            throw new IllegalArgumentException(
                    "size: " + size + " (expected: 0 to " + this.size + ")");
        }
        this.size = size;
    }

    public byte[] copyBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    public void writeLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** A number in one to ten bytes, fewer for a small one; negative ones take ten. */
    public void writeVarLong(long value) {
        reserve(VARLONG_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number in one to ten bytes, fewer for one near zero of either sign. */
    public void writeZigZag(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /** The length, then the bytes. */
    public void writeSlice(byte[] source, int start, int length) {
        writeVarLong(length);
        writeRaw(source, start, length);
    }

    public void writeSlice(byte[] source) {
        writeSlice(source, 0, source.length);
    }

    /** The bytes without their length. */
    public void writeRaw(byte[] source, int start, int length) {
        reserve(length);
        System.arraycopy(source, start, bytes, size, length);
        size += length;
    }

    /** Overwrites four bytes that were written before. */
    public void setInt(int position, int value) {
        if (position < 0 || position > size - Integer.BYTES) {
            throw new IllegalArgumentException("position: " + position + " (size: " + size + ")");
        }
        INT.set(bytes, position, value);
    }

    /**
     * Begins a section: its length in four bytes, which {@link #endSection} sets, then what is written until there.
     *
     * @return where it begins
     */
    public int beginSection() {
        int begin = size;
        writeInt(0);
        return begin;
    }

    /** Ends a section, which {@link ByteReader#readSection} reads. */
    public void endSection(int begin) {
        setInt(begin, size - begin - Integer.BYTES);
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, count)));
        }
    }
}
