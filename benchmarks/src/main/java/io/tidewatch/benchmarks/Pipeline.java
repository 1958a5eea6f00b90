package io.tidewatch.benchmarks;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.PartitionSpec;
import java.util.OptionalLong;

/** A configuration over lines in memory, all of it in the calling thread. */
final class Pipeline implements AutoCloseable {
    /** As a backtest does. */
    private static final int ROWS_PER_EPOCH = 1 << 16;

    private static final int PIECE_BYTES = 1 << 18;

    private final Job job;
    private final Decoder decoder;
    private int rows;

    Pipeline(Assembly assembly, String stream, JobOutput output) {
        this.decoder = Decoders.of(assembly.format(stream).orElseThrow());
        this.job = assembly.job(output, TimeRange.ALL, 1);
        job.partition(new PartitionSpec(0, stream, "memory"));
    }

    /** Takes whole lines, which must not change afterwards. */
    void take(byte[] bytes) {
        int end = bytes.length;
        int start = 0;
        while (start < end) {
            Decoded decoded = decode(bytes, start, end);
            start += decoded.consumed();
            job.rows(0, decoded, 0, OptionalLong.empty());
            rows += decoded.rowCount();
            decoded.release();
            if (rows >= ROWS_PER_EPOCH) {
                rows = 0;
                job.epoch();
            }
        }
    }

    /** Decodes whole lines, and does nothing with them. */
    void decodeOnly(byte[] bytes) {
        int end = bytes.length;
        int start = 0;
        while (start < end) {
            Decoded decoded = decode(bytes, start, end);
            start += decoded.consumed();
            decoded.release();
        }
    }

    private Decoded decode(byte[] bytes, int start, int end) {
        int pieceEnd = Math.min(end, start + PIECE_BYTES);
        return decoder.decode(bytes, start, pieceEnd, pieceEnd == end);
    }

    void finish() {
        job.finish(OptionalLong.empty());
    }

    @Override
    public void close() {
        job.close();
    }
}
