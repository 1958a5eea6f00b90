package io.tidewatch.server.assembly;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Schema;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The fields of streams that monitors read; no others are decoded. */
final class ReadColumns {
    private final Map<String, Set<String>> fields = new TreeMap<>();

    private ReadColumns() {}

    static ReadColumns of(JobPlan plan) {
        ReadColumns columns = new ReadColumns();
        for (MonitorPlan monitor : plan.monitors()) {
            for (Link link : monitor.links()) {
                link.inputs().forEach(input -> columns.add(plan, input));
            }
        }
        return columns;
    }

    Set<String> of(String stream) {
        return fields.getOrDefault(stream, Set.of());
    }

    boolean isOf(LinkInput input, String stream) {
        return input.source() instanceof RowSource.OfStream source
                && source.stream().equals(stream);
    }

    private void add(JobPlan plan, LinkInput input) {
        if (!(input.source() instanceof RowSource.OfStream source)) {
            return;
        }
        StreamPlan stream = plan.streams().get(plan.streamIndex(source.stream()));
        if (input.filter() != null) {
            add(stream, input.filter());
        }
        if (input.expansion() != null) {
            add(stream, input.expansion().time());
        }
        input.lookups().forEach(lookup -> lookup.keys().forEach(key -> add(stream, key)));
        input.columns().forEach(column -> add(stream, column));
    }

    /** Columns beyond the stream's own are those of windows and reference tables. */
    private void add(StreamPlan stream, Expression expression) {
        Schema schema = stream.schema();
        Set<String> names = fields.computeIfAbsent(stream.name(), any -> new LinkedHashSet<>());
        expression.forEachColumn(index -> {
            if (index < schema.size()) {
                names.add(schema.field(index).name());
            }
        });
    }
}
