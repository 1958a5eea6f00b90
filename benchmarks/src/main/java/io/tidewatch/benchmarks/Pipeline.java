package io.tidewatch.benchmarks;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.PartitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A configuration over lines in memory: one partition in the calling thread, or several, each in a thread. */
final class Pipeline implements AutoCloseable {
    /** As a backtest does. */
    private static final int ROWS_PER_EPOCH = 1 << 16;

    private static final int PIECE_BYTES = 1 << 18;

    private final Job job;
    private final List<Partition> partitions = new ArrayList<>();

    /** What one thread decodes. */
    private static final class Partition {
        private final int number;
        private final Decoder decoder;
        private byte[] bytes = {};
        private int start;

        Partition(int number, Decoder decoder) {
            this.number = number;
            this.decoder = decoder;
        }

        void begin(byte[] lines) {
            bytes = lines;
            start = 0;
        }

        boolean isEnded() {
            return start == bytes.length;
        }

        Decoded next() {
            int pieceEnd = Math.min(bytes.length, start + PIECE_BYTES);
            Decoded decoded = decoder.decode(bytes, start, pieceEnd, pieceEnd == bytes.length);
            start += decoded.consumed();
            return decoded;
        }
    }

    Pipeline(Assembly assembly, String stream, JobOutput output) {
        this(assembly, stream, output, 1);
    }

    Pipeline(Assembly assembly, String stream, JobOutput output, int partitionCount) {
        this.job = assembly.job(output, TimeRange.ALL, partitionCount);
        for (int number = 0; number < partitionCount; number++) {
            partitions.add(
                    new Partition(number, Decoders.of(assembly.format(stream).orElseThrow())));
            job.partition(new PartitionSpec(number, stream, "memory"));
        }
    }

    /** Takes whole lines, which must not change afterwards, of each partition. */
    void take(byte[]... lines) {
        for (Partition each : partitions) {
            each.begin(lines[each.number]);
        }
        while (!partitions.stream().allMatch(Partition::isEnded)) {
            AtomicInteger next = new AtomicInteger();
            job.together(() -> {
                for (int i = next.getAndIncrement();
                        i < partitions.size();
                        i = next.getAndIncrement()) {
                    give(partitions.get(i));
                }
            });
            job.epoch();
        }
    }

    /** Gives the share of an epoch. */
    private void give(Partition partition) {
        int rows = 0;
        while (rows < ROWS_PER_EPOCH / partitions.size() && !partition.isEnded()) {
            Decoded decoded = partition.next();
            job.rows(partition.number, decoded, 0, OptionalLong.empty());
            rows += decoded.rowCount();
            decoded.release();
        }
    }

    /** Decodes whole lines, and does nothing with them. */
    void decodeOnly(byte[] bytes) {
        Partition partition = partitions.get(0);
        partition.begin(bytes);
        while (!partition.isEnded()) {
            partition.next().release();
        }
    }

    void finish() {
        job.finish(OptionalLong.empty());
    }

    @Override
    public void close() {
        job.close();
    }
}
