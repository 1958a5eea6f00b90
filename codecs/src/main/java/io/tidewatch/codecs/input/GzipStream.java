package io.tidewatch.codecs.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What gzip decompresses to, by <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>: one member behind the other,
 * each a header, deflated bytes, and their checksum and length, which are tested. Behind the last one may stand zeros, as tapes
 * and blocks leave them. Anything else is damage, also where {@link java.util.zip.GZIPInputStream} takes it for the end. Holds
 * one buffer, however long headers and zeros are. Once it has failed, it fails again in the same way.
 */
final class GzipStream extends InputStream {
    static final int MAGIC_0 = 0x1F;
    static final int MAGIC_1 = 0x8B;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DEFLATED = 8;

    private static final int HAS_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int UNKNOWN_FLAGS = 0xE0;
    private static final int TIME_AND_SYSTEM_BYTES = 6;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    /** Of the header that is read, or of what its member decompresses to. */
    private final CRC32 checksum = new CRC32();

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long bytesBefore;
    private long memberPlace;
    private boolean ended;
    private @Nullable IOException failure;

    private GzipStream(InputStream in) {
        this.in = in;
    }

    /** Reads the first header. */
    static GzipStream open(InputStream in) throws IOException {
        GzipStream opened = new GzipStream(in);
        try {
            opened.beginMember();
            return opened;
        } catch (IOException e) {
            opened.inflater.end();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (failure != null) {
            throw failure;
        }
        try {
            return length == 0 ? 0 : inflate(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** 1 until the end, which says that a read may give something. */
    @Override
    public int available() {
        return ended ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        failure = new IOException("the stream is closed");
        inflater.end();
        in.close();
    }

    private int inflate(byte[] bytes, int from, int length) throws IOException {
        while (!ended) {
            int count = inflateOnce(bytes, from, length);
            if (count > 0) {
                checksum.update(bytes, from, count);
                return count;
            }
            if (inflater.finished()) {
                testMember();
                ended = !findMember();
            } else if (refill()) {
                inflater.setInput(buffer, 0, end);
            } else {
                throw cutShort();
            }
        }
        return -1;
    }

    private int inflateOnce(byte[] bytes, int from, int length) throws IOException {
        try {
            int count = inflater.inflate(bytes, from, length);
            start = end - inflater.getRemaining();
            return count;
        } catch (DataFormatException e) {
            start = end - inflater.getRemaining();
            throw damaged(place(), String.valueOf(e.getMessage()));
        }
    }

    /** Tests what stands behind the deflated bytes of a member. */
    private void testMember() throws IOException {
        long place = place();
        int checksumFound = (int) checksum.getValue();
        int lengthFound = (int) inflater.getBytesWritten();
        boolean passes = readNumber(4) == checksumFound;
        passes &= readNumber(4) == lengthFound;
        if (!passes) {
            throw damaged(
                    place,
                    "the member from byte " + memberPlace
                            + " on does not have the checksum and length that stand here");
        }
    }

    /** Begins the member that comes next; false at the end. */
    private boolean findMember() throws IOException {
        int first = peek();
        if (first == MAGIC_0) {
            beginMember();
            return true;
        }
        while (first == 0) {
            start++;
            first = peek();
        }
        if (first >= 0) {
            throw damaged(
                    place(),
                    "behind a member stands neither another one nor zeros to the end of the file");
        }
        return false;
    }

    /** Reads a header. */
    private void beginMember() throws IOException {
        memberPlace = place();
        checksum.reset();
        if (readByte() != MAGIC_0 || readByte() != MAGIC_1 || readByte() != DEFLATED) {
            throw damaged(memberPlace, "no header of a member");
        }
        int flags = readByte();
        if ((flags & UNKNOWN_FLAGS) != 0) {
            throw damaged(memberPlace, "the header of a member has unknown flags");
        }
        skip(TIME_AND_SYSTEM_BYTES);
        skip((flags & HAS_EXTRA) == 0 ? 0 : readNumber(2));
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        int checksumFound = (int) checksum.getValue() & 0xFFFF;
        if ((flags & HAS_CHECKSUM) != 0 && readNumber(2) != checksumFound) {
            throw damaged(memberPlace, "the header of a member does not pass its checksum");
        }
        checksum.reset();
        inflater.reset();
        inflater.setInput(buffer, start, end - start);
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            readByte();
        }
    }

    private void skipText(boolean present) throws IOException {
        int next = present ? readByte() : 0;
        while (next != 0) {
            next = readByte();
        }
    }

    /** Reads a number of 2 or 4 bytes, the least first. */
    private int readNumber(int bytes) throws IOException {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= readByte() << (8 * i);
        }
        return number;
    }

    private int readByte() throws IOException {
        int next = peek();
        if (next < 0) {
            throw cutShort();
        }
        start++;
        checksum.update(next);
        return next;
    }

    /** The next byte, which is not used yet; -1 at the end. */
    private int peek() throws IOException {
        return start < end || refill() ? buffer[start] & 0xFF : -1;
    }

    /** Fills the buffer, all of which was used; false at the end. */
    private boolean refill() throws IOException {
        bytesBefore += end;
        start = 0;
        end = 0;
        int count = 0;
        while (count == 0) {
            count = in.read(buffer, 0, buffer.length);
        }
        end = Math.max(0, count);
        return count > 0;
    }

    /** Of the next byte that is used, from 0. */
    private long place() {
        return bytesBefore + start;
    }

    private EOFException cutShort() {
        return new EOFException("gzip ends in the middle of a member, at byte " + place()
                + " (copy the file again, or wait until it is written)");
    }

    private static IOException damaged(long place, String what) {
        return new IOException("gzip is damaged at byte " + place + ": " + what
                + " (copy or make the file again)");
    }
}
