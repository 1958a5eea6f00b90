package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.server.log.RecordedTables.Recorded;

/** A record of a recording, taken apart; docs/formats/recording.md says what each means. */
sealed interface RecordingEntry {
    /** The partition that it stands in. */
    int partition();

    /** Declares a partition, whose number is its place among all that were declared. */
    record Declared(PartitionSpec spec) implements RecordingEntry {
        @Override
        public int partition() {
            return spec.number();
        }
    }

    /** What the source gave. */
    record Given(Chunk chunk) implements RecordingEntry {
        @Override
        public int partition() {
            return chunk.partition();
        }
    }

    /** A tick; both times in milliseconds since the epoch, as everywhere here. */
    record Ticked(int partition, long receiveMillis, long timeMillis) implements RecordingEntry {}

    /** A version of a reference table is in effect. */
    record Told(int partition, long receiveMillis, Recorded table) implements RecordingEntry {}

    /** Nothing more comes from the source. */
    record Ended(int partition) implements RecordingEntry {}

    /**
     * Takes a payload apart. What it says by itself is tested, but not whether it fits what was read before.
     *
     * @throws TidewatchException SNAPSHOT_CORRUPT for what no recording has; its message does not say where the record is
     */
    static RecordingEntry of(byte[] payload) {
        ByteReader reader = new ByteReader(payload);
        int kind = reader.readByte();
        int partition = reader.readCount();
        RecordingEntry entry =
                switch (kind) {
                    case RecordingFormat.PARTITION -> declared(partition, reader);
                    case RecordingFormat.BYTES -> given(partition, reader);
                    case RecordingFormat.TICK -> ticked(partition, reader);
                    case RecordingFormat.END -> new Ended(partition);
                    case RecordingFormat.TABLE ->
                        new Told(partition, received(reader), table(reader));
                    default -> throw corrupt("a record of kind " + kind);
                };
        if (reader.hasRemaining()) {
            throw corrupt("bytes behind the end of a record of kind " + kind);
        }
        return entry;
    }

    private static Declared declared(int partition, ByteReader reader) {
        String stream = new String(reader.readSlice(), UTF_8);
        return new Declared(
                new PartitionSpec(partition, stream, new String(reader.readSlice(), UTF_8)));
    }

    private static Given given(int partition, ByteReader reader) {
        long received = received(reader);
        int flags = reader.readByte();
        if ((flags & ~(RecordingFormat.STARTS_FILE | RecordingFormat.ENDS_FILE)) != 0) {
            throw corrupt("flags " + flags);
        }
        int length = reader.readCount();
        int start = reader.skip(length);
        return new Given(new Chunk(
                partition,
                received,
                (flags & RecordingFormat.STARTS_FILE) != 0,
                (flags & RecordingFormat.ENDS_FILE) != 0,
                reader.array(),
                start,
                length));
    }

    private static Ticked ticked(int partition, ByteReader reader) {
        long received = received(reader);
        long time = reader.readZigZag();
        // It may lie before all times: `out_of_order` before the first one, for example.
        if (time > Times.MAX) {
            throw corrupt("a tick at " + time);
        }
        return new Ticked(partition, received, time);
    }

    private static Recorded table(ByteReader reader) {
        Recorded table = RecordedTables.read(reader);
        long time = table.effectiveFrom();
        if (time != Times.BEGINNING && !Times.isSupported(time)) {
            throw corrupt("a table in effect from " + time);
        }
        return table;
    }

    private static long received(ByteReader reader) {
        long received = reader.readZigZag();
        if (!Times.isSupported(received)) {
            throw corrupt("a receive time of " + received);
        }
        return received;
    }

    private static TidewatchException corrupt(String what) {
        return new TidewatchException(ErrorCode.SNAPSHOT_CORRUPT, what);
    }
}
