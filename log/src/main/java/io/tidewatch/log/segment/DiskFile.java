package io.tidewatch.log.segment;

import java.io.Closeable;
import java.io.IOException;

/** A file that is read and written at places. */
interface DiskFile extends Closeable {
    long size() throws IOException;

    /** Reads up to {@code length} bytes, fewer only where the file ends; gives how many. */
    int read(byte[] target, int start, int length, long position) throws IOException;

    /** Writes all bytes; if it fails, any part of them may have been written. */
    void write(byte[] source, int start, int length, long position) throws IOException;

    void truncate(long size) throws IOException;

    /** Makes durable what was written. If it fails nothing is known of that, and trying again tells nothing either. */
    void force() throws IOException;
}
