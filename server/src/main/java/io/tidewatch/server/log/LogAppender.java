package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.kernel.operator.TableVersion;
import java.util.Optional;
import java.util.OptionalLong;

/** Appends to the log: keeps it if it is recorded, then gives it to the sink. */
final class LogAppender {
    private final LogSink sink;
    private final Optional<RecordingWriter> recording;

    LogAppender(LogSink sink, Optional<RecordingWriter> recording) {
        this.sink = sink;
        this.recording = recording;
    }

    void partition(PartitionSpec spec) {
        recording.ifPresent(writer -> writer.partition(spec));
        sink.partition(spec);
    }

    void append(Chunk chunk, Decoded decoded, long firstOrdinal) {
        recording.ifPresent(writer -> writer.chunk(chunk));
        sink.rows(chunk.partition(), decoded, firstOrdinal, OptionalLong.of(chunk.receiveMillis()));
    }

    void tick(int partition, long timeMillis, long receiveMillis) {
        recording.ifPresent(writer -> writer.tick(partition, timeMillis, receiveMillis));
        sink.tick(partition, timeMillis, receiveMillis);
    }

    /** Keeps the content of a version before any partition is told of it. */
    void content(TableContent content) {
        recording.ifPresent(writer -> writer.content(content));
    }

    void table(int partition, String table, TableVersion version, long receiveMillis) {
        recording.ifPresent(writer -> writer.table(partition, table, version, receiveMillis));
        sink.table(partition, table, version, receiveMillis);
    }

    void end(int partition) {
        recording.ifPresent(writer -> writer.end(partition));
        sink.end(partition);
    }

    void flush() {
        recording.ifPresent(RecordingWriter::flush);
    }
}
