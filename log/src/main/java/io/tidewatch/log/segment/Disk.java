package io.tidewatch.log.segment;

import java.io.IOException;
import java.nio.file.Path;

/** The file system as a log uses it; tests put one with faults in its place. */
interface Disk {
    /** Makes a folder and those above it, as far as they are not there, durably. */
    void createFolder(Path folder) throws IOException;

    /** Opens a file for reading. */
    DiskFile open(Path file) throws IOException;

    /** Opens a file for reading and writing, and makes it if it is not there. */
    DiskFile create(Path file) throws IOException;

    /** Gives a file another name, in place of the one that has it, atomically and durably. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, if it is there, durably. */
    void delete(Path file) throws IOException;

    /** Makes the names in a folder durable. */
    void force(Path folder) throws IOException;

    /** Whether a write failed because there is no room for {@code wanted} more bytes. */
    boolean isFull(IOException failure, Path folder, long wanted);
}
