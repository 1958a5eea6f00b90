package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.Times;
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
        RecordingEntry entry = input.next();
        if (entry == null) {
            return false;
        }
        if (entry instanceof RecordingEntry.Declared declared) {
            declare(declared.spec(), sink);
            return true;
        }
        if (entry.partition() >= partitions.size()) {
            throw input.corrupt("partition " + entry.partition() + ", which was not declared");
        }
        Replayed target = partitions.get(entry.partition());
        if (target != null) {
            replay(entry, target, sink);
        }
        return true;
    }

    private void replay(RecordingEntry entry, Replayed target, LogSink sink) {
        if (entry instanceof RecordingEntry.Given given) {
            checkOpen(target);
            receive(target, given.chunk().receiveMillis());
            bytes(target, given.chunk(), sink);
        } else if (entry instanceof RecordingEntry.Ticked tick) {
            receive(target, tick.receiveMillis());
            sink.tick(target.number, tick.timeMillis(), tick.receiveMillis());
        } else if (entry instanceof RecordingEntry.Told told) {
            receive(target, told.receiveMillis());
            table(target, told, sink);
        } else {
            checkOpen(target);
            target.ended = true;
            sink.end(target.number);
        }
    }

    private void checkOpen(Replayed target) {
        if (target.ended) {
            throw input.corrupt("bytes or an end in a partition that has ended");
        }
    }

    private void receive(Replayed target, long received) {
        if (received < target.received) {
            throw input.corrupt(
                    "a receive time of " + received + ", after one of " + target.received);
        }
        target.received = received;
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

    private void declare(PartitionSpec declared, LogSink sink) {
        if (declared.number() != partitions.size()) {
            throw input.corrupt(
                    "partition " + declared.number() + ", where " + partitions.size() + " comes");
        }
        if (declared.number() >= RecordingFormat.PARTITIONS_MAX) {
            throw input.corrupt("more than " + RecordingFormat.PARTITIONS_MAX + " partitions");
        }
        streams.add(declared.stream());
        Optional<StreamFormat> format = formats.apply(declared);
        if (format.isEmpty()) {
            partitions.add(null);
            return;
        }
        PartitionSpec spec = new PartitionSpec(replayed++, declared.stream(), declared.source());
        partitions.add(new Replayed(spec.number(), new PartitionDecoder(format.get())));
        sink.partition(spec);
    }

    private static void bytes(Replayed target, Chunk chunk, LogSink sink) {
        OptionalLong received = OptionalLong.of(chunk.receiveMillis());
        PartitionDecoder decoder = target.decoder;
        if (chunk.startsFile() && !decoder.isFresh()) {
            decoder.startFile();
        }
        decoder.append(chunk.bytes(), chunk.start(), chunk.length());
        boolean more = true;
        while (more) {
            Decoded decoded = decoder.decode(chunk.endsFile());
            more = decoded.consumed() > 0 && !decoder.isEmpty();
            sink.rows(target.number, decoded, decoder.firstOrdinal(), received);
        }
    }

    private void table(Replayed target, RecordingEntry.Told told, LogSink sink) {
        RecordedTables.Recorded recorded = told.table();
        // Every partition is told of the same version, one after the other.
        if (!recorded.equals(latestRecords.get(recorded.table()))) {
            latestRecords.put(recorded.table(), recorded);
            latestTables.put(recorded.table(), tables.load(recorded));
        }
        latestTables
                .getOrDefault(recorded.table(), Optional.empty())
                .ifPresent(version ->
                        sink.table(target.number, recorded.table(), version, told.receiveMillis()));
    }

    /** A partition that is replayed. */
    private static final class Replayed {
        private final int number;
        private final PartitionDecoder decoder;
        private long received = Times.BEGINNING;
        private boolean ended;

        Replayed(int number, PartitionDecoder decoder) {
            this.number = number;
            this.decoder = decoder;
        }
    }
}
