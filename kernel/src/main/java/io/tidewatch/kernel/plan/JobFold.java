package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.PartialLink;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Links whose partial stages are one: a single link, or aggregations that differ in nothing but their windows, which have the
 * same panes. Rows are folded once for all of them.
 *
 * @param channel of the exchange that brings what all of them have: the number of a single link, or one behind all numbers of
 *     links
 * @param links that it folds for, in their order
 */
public record JobFold(int channel, List<JobLink> links) {
    public JobFold {
        links = List.copyOf(links);
    }

    /** What links must agree on to be folded together. */
    private record Panes(
            List<JobSource> sources,
            List<LinkInput> inputs,
            Object panes,
            int timeColumn,
            int keyCount,
            List<List<Integer>> groupingSets,
            List<AggregateColumn> aggregates,
            int listedRowsMax,
            boolean alerts) {}

    /** The folds of all links, in the order of their first ones. */
    static List<JobFold> of(List<JobLink> links) {
        Map<Object, List<JobLink>> groups = new LinkedHashMap<>();
        links.forEach(link ->
                groups.computeIfAbsent(key(link), any -> new ArrayList<>()).add(link));
        List<JobFold> folds = new ArrayList<>();
        int channel = links.size();
        for (List<JobLink> group : groups.values()) {
            folds.add(new JobFold(group.size() == 1 ? group.get(0).number() : channel++, group));
        }
        return folds;
    }

    private static Object key(JobLink link) {
        if (link.definition().shape() instanceof Aggregation aggregation
                && aggregation.windowing() instanceof Windowing.Grid grid) {
            return new Panes(
                    link.sources(),
                    link.definition().inputs(),
                    grid.windows().panes(),
                    aggregation.timeColumn(),
                    aggregation.keyCount(),
                    aggregation.groupingSets(),
                    aggregation.aggregates(),
                    aggregation.listedRowsMax(),
                    link.alerts());
        }
        return link.number();
    }

    /** What links have in common but for their windows. */
    JobLink first() {
        return links.get(0);
    }

    /** The partial stage of the links in one partition. */
    PartialLink partial(SideOutput side) {
        return PartialLink.of(
                channel,
                links.stream().map(JobLink::number).toList(),
                links.stream().map(JobLink::definition).toList(),
                first().alerts(),
                side);
    }
}
