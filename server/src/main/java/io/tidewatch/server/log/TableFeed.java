package io.tidewatch.server.log;

import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.util.Optional;

/** A reference table as its file has it, for the log's owner, which announces what changes. */
public interface TableFeed {
    /** The name of the table. */
    String table();

    /** The event time from which the content holds that the log begins with. */
    long beginsAt();

    /**
     * Whether the file has, as far as is known at this time, something else than was read.
     *
     * @throws IOException if there is no file
     */
    boolean hasChanged(long nowMillis) throws IOException;

    /**
     * What the file has; empty if it was changed just now, and will be found changed again.
     *
     * @throws IOException if it cannot be read; it will be found changed again
     * @throws TidewatchException if it is not well-formed, with place and reason
     */
    Optional<TableContent> read() throws IOException;
}
