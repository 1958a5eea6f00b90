package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where key and window name one row. Rows that are listed, not grouped, may have one key and window; their place among these
 * tells them apart, and only the owner of their key can count it.
 */
final class KeyNames {
    /** By monitor, per link. */
    private final Map<String, List<Boolean>> named = new LinkedHashMap<>();

    private final Map<String, Boolean> resultsNamed = new LinkedHashMap<>();

    /** @param monitors in an order in which every monitor comes after those it reads */
    KeyNames(List<MonitorPlan> monitors) {
        for (MonitorPlan monitor : monitors) {
            List<Boolean> links = new ArrayList<>();
            monitor.links().forEach(link -> links.add(namesRows(link, links)));
            named.put(monitor.name(), links);
            resultsNamed.put(monitor.name(), monitor.branches().stream().allMatch(links::get));
        }
    }

    /** Whether all rows of a link have keys of their own within each window. */
    boolean nameRows(MonitorPlan monitor, int link) {
        return named.getOrDefault(monitor.name(), List.of()).get(link);
    }

    private boolean namesRows(Link link, List<Boolean> earlier) {
        if (link.shape() instanceof Aggregation aggregation) {
            return !aggregation.listsRows();
        }
        boolean inWindows = !(link.shape() instanceof Rows rows) || rows.keepsWindow();
        return inWindows && link.inputs().stream().allMatch(input -> namesRows(input, earlier));
    }

    private boolean namesRows(LinkInput input, List<Boolean> earlier) {
        if (input.expansion() != null || !input.lookups().isEmpty()) {
            return false;
        }
        if (input.source() instanceof RowSource.OfLink ofLink) {
            return earlier.get(ofLink.link());
        }
        return input.source() instanceof RowSource.OfMonitor ofMonitor
                && resultsNamed.getOrDefault(ofMonitor.monitor(), false);
    }
}
