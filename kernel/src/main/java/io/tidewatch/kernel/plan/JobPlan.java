package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.ReferenceTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All streams and monitors of a configuration, and the links that run them. Links that monitors have in common run once.
 *
 * @param links in an order in which every link comes after those it reads
 */
public record JobPlan(
        List<StreamPlan> streams,
        Map<String, ReferenceTable> tables,
        List<MonitorPlan> monitors,
        List<JobLink> links,
        KernelLimits limits) {
    public JobPlan {
        streams = List.copyOf(streams);
        tables = new TreeMap<>(tables);
        monitors = List.copyOf(monitors);
        links = List.copyOf(links);
    }

    /**
     * Puts monitors together.
     *
     * @param monitors in an order in which every monitor comes after those whose rows it reads
     */
    public static JobPlan of(
            List<StreamPlan> streams,
            Map<String, ReferenceTable> tables,
            List<MonitorPlan> monitors,
            KernelLimits limits) {
        return new JobPlan(
                streams, tables, monitors, new JobBuilder(streams, monitors).links(), limits);
    }

    /** The place of a stream of that name, or −1. */
    public int streamIndex(String name) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** How many levels of links there are; each needs an exchange. */
    public int levelCount() {
        return links.stream().mapToInt(JobLink::level).max().orElse(-1) + 1;
    }
}
