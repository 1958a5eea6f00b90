package io.tidewatch.testkit;

import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.KeyFields;
import io.tidewatch.engine.embedded.AlertTimings;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.sql.Catalog;
import io.tidewatch.sql.CompiledQuery;
import io.tidewatch.sql.QueryText;
import io.tidewatch.sql.SourcePosition;
import io.tidewatch.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Streams, monitors in SQL and what stands in the partitions, put together for a test.
 *
 * <pre>{@code
 * MonitorScenario scenario = new MonitorScenario().stream("orders", ORDERS, 0, TimeSpec.defaults());
 * scenario.monitor("count", "SELECT k, COUNT(*) AS n FROM orders GROUP BY k", minutes);
 * scenario.partition("orders").row(1_000L, "a").row(2_000L, "b");
 * Outcome outcome = scenario.verifier(OptionalLong.empty()).verify(choices, 10);
 * }</pre>
 *
 * <p>Streams and tables come before the monitors that read them.
 */
public final class MonitorScenario {
    private static final SourcePosition ORIGIN = new SourcePosition("scenario.yaml", 1, 1);

    private final List<StreamPlan> streams = new ArrayList<>();
    private final TreeMap<String, ReferenceTable> tables = new TreeMap<>();
    private final List<MonitorPlan> monitors = new ArrayList<>();
    private final List<Catalog.Derived> derived = new ArrayList<>();
    private final List<Script> scripts = new ArrayList<>();
    private final TreeMap<String, AlertPolicy> policies = new TreeMap<>();
    private KernelLimits limits = KernelLimits.DEFAULT;

    public MonitorScenario stream(String name, Schema schema, int timeField, TimeSpec time) {
        streams.add(new StreamPlan(name, schema, timeField, time, null));
        return this;
    }

    public MonitorScenario table(ReferenceTable table) {
        tables.put(table.name(), table);
        return this;
    }

    public MonitorScenario limits(KernelLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /**
     * A monitor as a configuration has it.
     *
     * @param window of aggregations whose query names none
     * @param key columns that name the series of rows without windows
     * @param when absent if the monitor has no alert
     * @param clear absent if it is the opposite of {@code when}
     */
    public record MonitorText(
            String name,
            String sql,
            @Nullable Windowing window,
            List<String> key,
            @Nullable String when,
            @Nullable String clear) {
        public MonitorText {
            key = List.copyOf(key);
        }
    }

    public MonitorScenario monitor(String name, String sql, @Nullable Windowing window) {
        return monitor(new MonitorText(name, sql, window, List.of(), null, null));
    }

    /** Compiles and adds a monitor without an alert. */
    public MonitorScenario monitor(MonitorText text) {
        return monitor(text, Evaluate.FINAL);
    }

    private MonitorScenario monitor(MonitorText text, Evaluate evaluate) {
        SqlCompiler compiler = new SqlCompiler(catalog());
        CompiledQuery query = compiler.compile(
                at(text.sql()),
                text.window(),
                text.key().stream().map(MonitorScenario::at).toList());
        MonitorPlan plan = new MonitorPlan(
                text.name(),
                text.name() + " of a test",
                query.links(),
                query.branches(),
                condition(compiler, query, text.when()),
                condition(compiler, query, text.clear()),
                evaluate == Evaluate.EARLY);
        monitors.add(plan);
        derived.add(Catalog.Derived.of(text.name(), query));
        query.constants().forEach(this::addConstant);
        return this;
    }

    /** Adds a monitor with an alert, so that its text has a {@code when}. */
    public MonitorScenario monitor(MonitorText text, AlertPolicy policy) {
        policies.put(text.name(), policy);
        return monitor(text, policy.evaluate());
    }

    /** Adds a partition of a stream, which is empty at first. */
    public Script partition(String stream) {
        int number = streamNumber(stream);
        StreamPlan plan = streams.get(number);
        return add(new Script(number, plan.schema(), plan.timeField()));
    }

    /** Adds a partition that another test may have in common with this one. */
    public Script add(Script script) {
        scripts.add(script);
        return script;
    }

    public List<Script> scripts() {
        return scripts;
    }

    public Job job() {
        JobPlan plan = JobPlan.of(streams, tables, monitors, limits);
        List<@Nullable AlertSpec> alerts = new ArrayList<>();
        for (int i = 0; i < monitors.size(); i++) {
            AlertPolicy policy = policies.get(monitors.get(i).name());
            alerts.add(policy == null ? null : alert(plan, i, policy));
        }
        return new Job(plan, alerts);
    }

    private static AlertSpec alert(JobPlan plan, int monitor, AlertPolicy policy) {
        MonitorPlan definition = plan.monitors().get(monitor);
        return new AlertSpec(
                definition.name(),
                definition.version(),
                policy,
                AlertTimings.of(plan, monitor),
                new KeyFields(plan.keySchema(monitor)),
                definition.rowSchema());
    }

    /** @param until where bounded input ends, as {@code EmbeddedEngine.finish} takes it */
    public JobVerifier verifier(OptionalLong until) {
        return new JobVerifier(job(), scripts, until);
    }

    /** The rows of a VALUES clause are one partition, in time order, so that none is late. */
    private void addConstant(StreamPlan constant) {
        if (streams.stream().anyMatch(stream -> stream.name().equals(constant.name()))) {
            throw new IllegalArgumentException("only one monitor of a scenario may have VALUES");
        }
        streams.add(constant);
        Script script = partition(constant.name());
        rowsOf(constant).stream()
                .sorted(Comparator.comparingLong(
                        row -> row[constant.timeField()] instanceof Long time ? time : 0))
                .forEach(script::row);
    }

    private static List<@Nullable Object[]> rowsOf(StreamPlan constant) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        Batch batch = constant.constant();
        for (int row = 0; batch != null && row < batch.rowCount(); row++) {
            @Nullable Object[] values = new @Nullable Object[constant.schema().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Values.get(constant.schema().field(i).type(), batch.column(i), row);
            }
            rows.add(values);
        }
        return rows;
    }

    private int streamNumber(String name) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("stream: " + name + " (expected: one of "
                + Arrays.toString(streams.stream().map(StreamPlan::name).toArray()) + ")");
    }

    private Catalog catalog() {
        return new Catalog(
                streams.stream()
                        .filter(stream -> stream.constant() == null)
                        .map(stream -> new Catalog.Stream(
                                stream.name(), stream.schema(), stream.timeField()))
                        .toList(),
                tables.values().stream()
                        .map(table -> new Catalog.Table(table.name(), table.schema()))
                        .toList(),
                derived);
    }

    private static @Nullable Expression condition(
            SqlCompiler compiler, CompiledQuery query, @Nullable String text) {
        return text == null ? null : compiler.compileCondition(at(text), query);
    }

    private static QueryText at(String text) {
        return QueryText.at(ORIGIN, text);
    }
}
