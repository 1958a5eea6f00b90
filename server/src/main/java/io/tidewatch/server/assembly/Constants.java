package io.tidewatch.server.assembly;

import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.sql.CompiledQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of VALUES clauses of one query, as streams whose names are unique in the whole configuration. */
final class Constants {
    private final Map<String, StreamPlan> renamed = new LinkedHashMap<>();

    Constants(String monitor, CompiledQuery query) {
        for (StreamPlan stream : query.constants()) {
            renamed.put(
                    stream.name(),
                    new StreamPlan(
                            monitor + " " + stream.name(),
                            stream.schema(),
                            stream.timeField(),
                            stream.time(),
                            stream.constant()));
        }
    }

    List<StreamPlan> streams() {
        return List.copyOf(renamed.values());
    }

    /** The plan with the new names. */
    MonitorPlan renamed(MonitorPlan plan) {
        if (renamed.isEmpty()) {
            return plan;
        }
        List<Link> links = new ArrayList<>();
        for (Link link : plan.links()) {
            List<LinkInput> inputs = link.inputs().stream().map(this::renamed).toList();
            links.add(new Link(inputs, link.shape(), link.output()));
        }
        return new MonitorPlan(
                plan.name(),
                plan.version(),
                links,
                plan.branches(),
                plan.when(),
                plan.clear(),
                plan.early());
    }

    private LinkInput renamed(LinkInput input) {
        if (!(input.source() instanceof RowSource.OfStream source)
                || !renamed.containsKey(source.stream())) {
            return input;
        }
        StreamPlan stream = renamed.get(source.stream());
        return new LinkInput(
                new RowSource.OfStream(stream == null ? source.stream() : stream.name()),
                input.expansion(),
                input.lookups(),
                input.filter(),
                input.columns());
    }
}
