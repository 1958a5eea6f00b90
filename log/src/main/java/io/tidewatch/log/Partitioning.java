package io.tidewatch.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Hash;

/**
 * Which partition a row goes to. Functions of their arguments alone, the same in every process and version, so that a retry
 * splits a body as the first attempt did; see also {@link RangePartitioning}.
 */
public final class Partitioning {
    private Partitioning() {}

    /**
     * By the hash of a key's bytes {@code [start, start + length)}, so that rows of one key keep their order.
     *
     * @param partitionCount how many partitions there are
     */
    public static int hash(byte[] key, int start, int length, int partitionCount) {
        return within(Hash.of(key, start, length), partitionCount);
    }

    /** Evenly, whatever the rows are: by producer, sequence and the row's line number in its body. */
    public static int random(Origin origin, long line, int partitionCount) {
        byte[] producer = origin.producer().getBytes(UTF_8);
        ByteWriter bytes = new ByteWriter(producer.length + 32);
        bytes.writeLong(origin.sequence());
        bytes.writeLong(line);
        bytes.writeRaw(producer, 0, producer.length);
        return within(Hash.of(bytes.array(), 0, bytes.size()), partitionCount);
    }

    private static int within(long hash, int partitionCount) {
        if (partitionCount < 1) {
            throw new IllegalArgumentException(
                    "partitionCount: " + partitionCount + " (expected: >= 1)");
        }
        return (int) Long.remainderUnsigned(hash, partitionCount);
    }
}
