package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

/** Where the rows of an input come from. */
public sealed interface RowSource {
    /** The rows of a stream, in the layout of its schema; their event time is the stream's time field. */
    record OfStream(String stream) implements RowSource {
        public OfStream {
            requireNonNull(stream, "stream");
        }
    }

    /**
     * The rows of an earlier link of the same monitor, in the layout of its {@linkplain Link#schema() schema} followed by
     * {@code window_start} and {@code window_end} (TIMESTAMP). Their event time is {@code window_end} − 1 ms, or their own
     * if the link has no window.
     *
     * @param link its place in the monitor's list of links
     */
    record OfLink(int link) implements RowSource {
        public OfLink {
            if (link < 0) {
                throw new IllegalArgumentException("link: " + link + " (expected: >= 0)");
            }
        }
    }

    /**
     * The rows of another monitor (a derived stream), in the layout of its {@code rowSchema()} followed by its hidden
     * columns, {@code window_start} and {@code window_end}. Event times as for {@link OfLink}.
     */
    record OfMonitor(String monitor) implements RowSource {
        public OfMonitor {
            requireNonNull(monitor, "monitor");
        }
    }
}
