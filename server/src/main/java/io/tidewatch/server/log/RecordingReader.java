package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a recording to a sink, record by record, as its owner once did. A last record that was cut short, as a crash leaves
 * it, is not read; damage before it is an error.
 */
public final class RecordingReader implements Closeable {
    private final RecordingInput input;
    private final List<@Nullable Replayed> partitions = new ArrayList<>();
    private final Function<PartitionSpec, Optional<StreamFormat>> formats;
    private final RecordedTables.Loader tables;
    private final Map<String, RecordedTables.Recorded> latestRecords = new TreeMap<>();
    private final Map<String, Optional<TableVersion>> latestTables = new TreeMap<>();
    private final Set<String> streams = new TreeSet<>();
    private int replayed;

    private RecordingReader(
            RecordingInput input,
            Function<PartitionSpec, Optional<StreamFormat>> formats,
            RecordedTables.Loader tables) {
        this.input = input;
        this.formats = formats;
        this.tables = tables;
    }

    /** Whether a folder holds a recording. */
    public static boolean isRecording(Path folder) {
        return Files.isRegularFile(file(folder));
    }

    /** The file of a recording in its folder. */
    public static Path file(Path folder) {
        return folder.resolve(RecordingFormat.FILE_NAME);
    }

    /**
     * Opens a recording.
     *
     * @param formats the formats of partitions, asked once for each; those without one are passed over, and the others are
     *     numbered anew
     * @param tables the versions of tables; those without one are passed over
     * @throws TidewatchException if there is none, or of another version
     */
    public static RecordingReader open(
            Path folder,
            Function<PartitionSpec, Optional<StreamFormat>> formats,
            RecordedTables.Loader tables) {
        return new RecordingReader(RecordingInput.open(folder), formats, tables);
    }

    /** Gives the next record to the sink; false at the end. */
    public boolean next(LogSink sink) {
        byte[] payload = input.next();
        if (payload == null) {
            return false;
        }
        ByteReader reader = new ByteReader(payload);
        int kind = reader.readByte();
        int partition = reader.readCount();
        boolean known = partition < partitions.size();
        if (kind == RecordingFormat.PARTITION ? partition != partitions.size() : !known) {
            throw input.corrupt("partition " + partition);
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
            case RecordingFormat.TABLE -> table(target, reader, sink);
            default -> throw input.corrupt("a record of kind " + kind);
        }
    }

    /** Whether every partition that was replayed has ended, as opposed to a run that was stopped. */
    public boolean isComplete() {
        return partitions.stream().allMatch(partition -> partition == null || partition.ended);
    }

    /** The streams of which partitions were met so far. */
    public Set<String> streams() {
        return Collections.unmodifiableSet(streams);
    }

    /** The part of the recording that was read, from 0 to 1. */
    public double progress() {
        return input.progress();
    }

    /** Whether the recording ended in the middle of a record. */
    public boolean wasCutShort() {
        return input.wasCutShort();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void declare(int partition, ByteReader reader, LogSink sink) {
        if (partition >= RecordingFormat.PARTITIONS_MAX) {
            throw input.corrupt("more than " + RecordingFormat.PARTITIONS_MAX + " partitions");
        }
        String stream = new String(reader.readSlice(), UTF_8);
        String source = new String(reader.readSlice(), UTF_8);
        streams.add(stream);
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

    private void table(Replayed target, ByteReader reader, LogSink sink) {
        long received = reader.readZigZag();
        RecordedTables.Recorded recorded = RecordedTables.read(reader);
        // Every partition is told of the same version, one after the other.
        if (!recorded.equals(latestRecords.get(recorded.table()))) {
            latestRecords.put(recorded.table(), recorded);
            latestTables.put(recorded.table(), tables.load(recorded));
        }
        latestTables
                .getOrDefault(recorded.table(), Optional.empty())
                .ifPresent(
                        version -> sink.table(target.number, recorded.table(), version, received));
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
