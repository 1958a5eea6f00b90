package io.tidewatch.server.log;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The records of a recording, one after the other, each with its checksum and its form tested. */
final class RecordingInput implements Closeable {
    private final Path file;
    private final InputStream in;
    private final long size;
    private long position;
    /** Where the record begins that was read last. */
    private long place;

    private boolean cutShort;

    private RecordingInput(Path file, InputStream in, long size) {
        this.file = file;
        this.in = in;
        this.size = size;
    }

    /**
     * Opens the recording in a folder.
     *
     * @throws TidewatchException if there is none, or of a version that is not read
     */
    static RecordingInput open(Path folder) {
        Path file = folder.resolve(RecordingFormat.FILE_NAME);
        try {
            return of(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (NoSuchFileException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, folder + ": there is no recording in this folder", e);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static RecordingInput of(Path file, InputStream in) throws IOException {
        try {
            RecordingInput input = new RecordingInput(file, in, Files.size(file));
            input.checkMagic();
            return input;
        } catch (IOException | TidewatchException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The next record, or {@code null} at the end.
     *
     * @throws TidewatchException with its place, if it is damaged
     */
    @Nullable
    RecordingEntry next() {
        place = position;
        byte[] payload = payload();
        if (payload == null) {
            return null;
        }
        try {
            return RecordingEntry.of(payload);
        } catch (TidewatchException e) {
            throw corrupt(String.valueOf(e.getMessage()));
        }
    }

    private byte @Nullable [] payload() {
        try {
            byte[] frame = in.readNBytes(RecordingFormat.FRAME_BYTES);
            if (frame.length < RecordingFormat.FRAME_BYTES) {
                cutShort |= frame.length > 0;
                return null;
            }
            ByteBuffer numbers = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            int length = numbers.getInt();
            int expected = numbers.getInt();
            if (length < 2 || length > RecordingFormat.RECORD_BYTES_MAX) {
                throw corrupt("a record of " + length + " bytes");
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                cutShort = true;
                return null;
            }
            CRC32C checksum = new CRC32C();
            checksum.update(payload, 0, length);
            if ((int) checksum.getValue() != expected) {
                throw corrupt("a record that does not pass its checksum");
            }
            position += RecordingFormat.FRAME_BYTES + length;
            return payload;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The part that was read, from 0 to 1. */
    double progress() {
        return size == 0 ? 1 : (double) position / size;
    }

    /** Whether the recording ended in the middle of a record. */
    boolean wasCutShort() {
        return cutShort;
    }

    /** Damage in the record that was read last. */
    TidewatchException corrupt(String what) {
        return new TidewatchException(
                ErrorCode.SNAPSHOT_CORRUPT,
                file + ", byte " + place + ": " + what
                        + " (the recording is damaged; use a copy, or record anew)");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void checkMagic() throws IOException {
        byte[] magic = RecordingFormat.magic();
        byte[] found = in.readNBytes(magic.length);
        int last = magic.length - 1;
        boolean isRecording =
                found.length == magic.length && Arrays.equals(found, 0, last, magic, 0, last);
        if (!isRecording || !RecordingFormat.isReadable(found[last])) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    file + ": "
                            + (isRecording
                                    ? "a recording of version " + found[last]
                                            + ", which this version of Tidewatch does not read"
                                    : "not a recording"));
        }
        position = magic.length;
    }

    private static TidewatchException failed(Path file, IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, file + ": cannot be read: " + FileReasons.of(cause), cause);
    }
}
