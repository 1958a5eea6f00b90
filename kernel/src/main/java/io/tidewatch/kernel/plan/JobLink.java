package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.time.Lateness;
import java.util.List;

/**
 * A link of a job, perhaps shared by several monitors.
 *
 * @param number its place in the job
 * @param id names it across restarts: equal for equal definitions
 * @param definition the inputs and the shape; the output of the first view
 * @param sources where each input's rows come from
 * @param level 0 if it reads streams only, else one more than the greatest level it reads
 * @param alerts whether a monitor with an alert reads it, directly or through other links, so that it keeps positions and
 *     exemplars
 * @param lateness of the streams it reads; none for later links
 * @param views the outputs that share it, at least one
 */
public record JobLink(
        int number,
        String id,
        Link definition,
        List<JobSource> sources,
        int level,
        boolean alerts,
        Lateness lateness,
        List<View> views) {
    public JobLink {
        sources = List.copyOf(sources);
        views = List.copyOf(views);
    }

    /**
     * One output of the link.
     *
     * @param monitor the place in the job of the monitor it belongs to
     * @param link which link of the monitor it is
     * @param output what its rows are
     * @param aggregates which of the definition's aggregates are its own, in its order
     * @param branch the branch of the monitor's results that the rows are, or −1 if only later links read them
     */
    public record View(
            int monitor, int link, LinkOutput output, List<Integer> aggregates, int branch) {
        /** Whether the rows are results of the monitor. */
        public boolean isResult() {
            return branch >= 0;
        }
    }

    /** A source of rows within a job. */
    public sealed interface JobSource {
        /** A stream, by its place in the job. */
        record Stream(int stream) implements JobSource {}

        /** The rows of views of links; several where a derived stream has several branches. */
        record Views(List<ViewReference> views) implements JobSource {}
    }

    /** A view of a link, by their places. */
    public record ViewReference(int link, int view) {}
}
