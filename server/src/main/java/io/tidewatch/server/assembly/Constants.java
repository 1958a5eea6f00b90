package io.tidewatch.server.assembly;

import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.sql.CompiledQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of VALUES clauses of one query, as streams whose names are unique in the whole configuration. */
final class Constants {
    private final Map<String, StreamPlan> renamed = new LinkedHashMap<>();

    /** The rows of VALUES of a monitor; they are late as the streams are that they are read together with. */
    Constants(String monitor, CompiledQuery query, List<StreamPlan> streams) {
        for (StreamPlan stream : query.constants()) {
            String name = monitor + " " + stream.name();
            while (find(streams, name).isPresent()) {
                name = name + "'";
            }
            renamed.put(
                    stream.name(),
                    new StreamPlan(
                            name,
                            stream.schema(),
                            stream.timeField(),
                            timeBeside(stream, query, streams),
                            stream.constant()));
        }
    }

    private static TimeSpec timeBeside(
            StreamPlan constant, CompiledQuery query, List<StreamPlan> streams) {
        for (Link link : query.links()) {
            List<String> read = link.inputs().stream()
                    .map(LinkInput::source)
                    .filter(RowSource.OfStream.class::isInstance)
                    .map(source -> ((RowSource.OfStream) source).stream())
                    .toList();
            Optional<TimeSpec> beside = read.stream()
                    .flatMap(name -> find(streams, name).stream())
                    .map(StreamPlan::time)
                    .findFirst();
            if (read.contains(constant.name()) && beside.isPresent()) {
                return beside.get();
            }
        }
        return constant.time();
    }

    private static Optional<StreamPlan> find(List<StreamPlan> streams, String name) {
        return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
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
