package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.batch.ByteReader;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Gives a recording to a sink, record by record, as its owner once did. A last record that was cut short, as a crash leaves
 * it, is not read; damage before it is an error.
 */
public final class RecordingReader implements Closeable {
    private final Path file;
    private final InputStream in;
    private final long size;
    private final List<@Nullable Replayed> partitions = new ArrayList<>();
    private final Function<PartitionSpec, Optional<StreamFormat>> formats;
    private int replayed;
    private long position;
    private boolean cutShort;

    private RecordingReader(
            Path file,
            InputStream in,
            long size,
            Function<PartitionSpec, Optional<StreamFormat>> formats) {
        this.file = file;
        this.in = in;
        this.size = size;
        this.formats = formats;
    }

    /** Whether a folder holds a recording. */
    public static boolean isRecording(Path folder) {
        return Files.isRegularFile(folder.resolve(RecordingFormat.FILE_NAME));
    }

    /**
     * Opens a recording.
     *
     * @param formats the formats of partitions, asked once for each; those without one are passed over, and the others are
     *     numbered anew
     * @throws TidewatchException if there is none, or of another version
     */
    public static RecordingReader open(
            Path folder, Function<PartitionSpec, Optional<StreamFormat>> formats) {
        Path file = folder.resolve(RecordingFormat.FILE_NAME);
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            RecordingReader reader = new RecordingReader(file, in, Files.size(file), formats);
            reader.checkMagic();
            return reader;
        } catch (NoSuchFileException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, folder + ": there is no recording in this folder", e);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Gives the next record to the sink; false at the end. */
    public boolean next(LogSink sink) {
        byte[] payload = payload();
        if (payload == null) {
            return false;
        }
        ByteReader reader = new ByteReader(payload);
        int kind = reader.readByte();
        int partition = reader.readCount();
        boolean known = partition < partitions.size();
        if (kind == RecordingFormat.PARTITION ? partition != partitions.size() : !known) {
            throw corrupt("partition " + partition);
        }
        if (kind == RecordingFormat.PARTITION) {
            declare(partition, reader, sink);
            return true;
        }
        Replayed target = partitions.get(partition);
        if (target != null) {
            replay(kind, target, reader, sink);
        }
        return true;
    }

    private void replay(int kind, Replayed target, ByteReader reader, LogSink sink) {
        switch (kind) {
            case RecordingFormat.BYTES -> bytes(target, reader, sink);
            case RecordingFormat.TICK -> {
                long received = reader.readZigZag();
                sink.tick(target.number, reader.readZigZag(), received);
            }
            case RecordingFormat.END -> {
                target.ended = true;
                sink.end(target.number);
            }
            default -> throw corrupt("a record of kind " + kind);
        }
    }

    /** Whether every partition that was replayed has ended, as opposed to a run that was stopped. */
    public boolean isComplete() {
        return partitions.stream().allMatch(partition -> partition == null || partition.ended);
    }

    /** The part of the recording that was read, from 0 to 1. */
    public double progress() {
        return size == 0 ? 1 : (double) position / size;
    }

    /** Whether the recording ended in the middle of a record. */
    public boolean wasCutShort() {
        return cutShort;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void declare(int partition, ByteReader reader, LogSink sink) {
        if (partition >= RecordingFormat.PARTITIONS_MAX) {
            throw corrupt("more than " + RecordingFormat.PARTITIONS_MAX + " partitions");
        }
        String stream = new String(reader.readSlice(), UTF_8);
        String source = new String(reader.readSlice(), UTF_8);
        Optional<StreamFormat> format = formats.apply(new PartitionSpec(partition, stream, source));
        if (format.isEmpty()) {
            partitions.add(null);
            return;
        }
        PartitionSpec spec = new PartitionSpec(replayed++, stream, source);
        partitions.add(new Replayed(spec.number(), new PartitionDecoder(format.get())));
        sink.partition(spec);
    }

    private static void bytes(Replayed target, ByteReader reader, LogSink sink) {
        long received = reader.readZigZag();
        int flags = reader.readByte();
        int length = reader.readCount();
        int start = reader.skip(length);
        PartitionDecoder decoder = target.decoder;
        if ((flags & RecordingFormat.STARTS_FILE) != 0 && !decoder.isFresh()) {
            decoder.startFile();
        }
        decoder.append(reader.array(), start, length);
        boolean last = (flags & RecordingFormat.ENDS_FILE) != 0;
        boolean more = true;
        while (more) {
            Decoded decoded = decoder.decode(last);
            more = decoded.consumed() > 0 && !decoder.isEmpty();
            sink.rows(target.number, decoded, decoder.firstOrdinal(), OptionalLong.of(received));
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

    private void checkMagic() throws IOException {
        byte[] magic = RecordingFormat.magic();
        byte[] found = in.readNBytes(magic.length);
        if (!Arrays.equals(found, magic)) {
            boolean other = found.length == magic.length
                    && Arrays.equals(found, 0, magic.length - 1, magic, 0, magic.length - 1);
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    file + ": "
                            + (other
                                    ? "a recording of version " + found[magic.length - 1]
                                            + ", which this version does not read"
                                    : "not a recording"));
        }
        position = magic.length;
    }

    private TidewatchException corrupt(String what) {
        return new TidewatchException(
                ErrorCode.SNAPSHOT_CORRUPT, file + ", byte " + position + ": " + what);
    }

    private static TidewatchException failed(Path file, IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, file + ": cannot be read: " + cause.getMessage(), cause);
    }

    /** A partition that is replayed. */
    private static final class Replayed {
        private final int number;
        private final PartitionDecoder decoder;
        private boolean ended;

        Replayed(int number, PartitionDecoder decoder) {
            this.number = number;
            this.decoder = decoder;
        }
    }
}
