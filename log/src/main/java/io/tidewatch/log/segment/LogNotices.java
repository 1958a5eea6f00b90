package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.TidewatchException;
import java.nio.file.Path;

/** Hears of what a log does by itself and people should know. Called by threads of the log, which it must not hold up. */
public interface LogNotices {
    /** A file ended in a record that was being written when the process or the machine stopped; the file was cut before it. */
    void tailCut(Path file, long position, long bytes);

    /** A partition accepts nothing more until the log is opened again. */
    void stopped(Path folder, TidewatchException failure);

    /** A closed segment could not be compressed or deleted, or an index not be written; it stays as it is. */
    void leftAsItIs(Path file, Exception failure);
}
