package io.tidewatch.server.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * One input. The protocol: call {@link #read}; when it gives 0, ask {@link #status} why; after {@link Status#FILE_ENDED} the
 * next bytes belong to another file, and no record crosses from one to the other. After {@link Status#ENDED} nothing comes.
 */
public interface Source extends Closeable {
    /** What a person would call the input, for messages. */
    String name();

    /**
     * Reads what is there into {@code buffer[start, start + length)}.
     *
     * @return how many bytes; 0 if there are none now
     * @throws IOException if the input fails; it may be read again later
     */
    int read(byte[] buffer, int start, int length) throws IOException;

    /** Why the last read gave nothing. */
    Status status();

    /** The part of the input that was read, from 0 to 1, where it is known. */
    default OptionalDouble progress() {
        return OptionalDouble.empty();
    }

    @Override
    default void close() throws IOException {}

    /** Why a read gave nothing. */
    enum Status {
        /** More may come. */
        WAITING,
        /** A file has ended, and the next one follows. */
        FILE_ENDED,
        /** The input has ended. */
        ENDED
    }
}
