package io.tidewatch.server.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream that blocks, such as standard input, read by a thread of its own. At most {@link #CHUNKS_MAX} chunks wait; beyond
 * that the writer at the other end waits.
 */
public final class PipeSource implements Source {
    /** The most chunks of up to 64 KiB that wait to be read. */
    static final int CHUNKS_MAX = 64;

    private static final int CHUNK_BYTES = 1 << 16;

    private final String name;
    private final InputStream in;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
    private final Thread reader;
    private @Nullable Chunk current;
    private int position;
    private boolean ended;

    private PipeSource(String name, InputStream in) {
        this.name = name;
        this.in = in;
        this.reader = new Thread(this::pump, "tidewatch-" + name);
        reader.setDaemon(true);
    }

    /** Starts to read a stream. */
    public static PipeSource start(String name, InputStream in) {
        PipeSource source = new PipeSource(name, in);
        source.reader.start();
        return source;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        if (ended) {
            return 0;
        }
        Chunk chunk = current == null ? chunks.poll() : current;
        if (chunk == null) {
            return 0;
        }
        if (chunk.bytes == null) {
            ended = true;
            if (chunk.failure != null) {
                throw chunk.failure;
            }
            return 0;
        }
        int count = Math.min(length, chunk.bytes.length - position);
        System.arraycopy(chunk.bytes, position, buffer, start, count);
        position += count;
        boolean used = position == chunk.bytes.length;
        current = used ? null : chunk;
        position = used ? 0 : position;
        return count;
    }

    @Override
    public Status status() {
        return ended ? Status.ENDED : Status.WAITING;
    }

    @Override
    public void close() {
        ended = true;
        reader.interrupt();
    }

    private void pump() {
        try {
            byte[] buffer = new byte[CHUNK_BYTES];
            IOException failure = null;
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (count > 0) {
                        chunks.put(new Chunk(Arrays.copyOf(buffer, count), null));
                    }
                }
            } catch (IOException e) {
                failure = e;
            }
            chunks.put(new Chunk(null, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes, or the end. */
    private static final class Chunk {
        private final byte @Nullable [] bytes;
        private final @Nullable IOException failure;

        Chunk(byte @Nullable [] bytes, @Nullable IOException failure) {
            this.bytes = bytes;
            this.failure = failure;
        }
    }
}
