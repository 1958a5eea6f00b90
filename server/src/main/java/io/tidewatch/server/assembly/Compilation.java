package io.tidewatch.server.assembly;

import io.tidewatch.alerting.AlertLimits;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.LimitsConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.config.WindowConfig;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.Text;
import io.tidewatch.sql.Catalog;
import io.tidewatch.sql.CompiledQuery;
import io.tidewatch.sql.QueryText;
import io.tidewatch.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the monitors of a configuration. A monitor may read another one, wherever that stands: monitors are compiled as soon
 * as all that they read are.
 */
final class Compilation {
    private final Configuration configuration;
    private final Problems problems;
    private final List<StreamPlan> streams = new ArrayList<>();
    private final List<MonitorPlan> plans = new ArrayList<>();
    private final List<MonitorConfig> configs = new ArrayList<>();
    private final List<Catalog.Derived> derived = new ArrayList<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    Compilation(Configuration configuration, Problems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** What was compiled; empty if there were problems. */
    Optional<Job> run(Map<String, ReferenceTable> tables) {
        configuration.streams().forEach(stream -> streams.add(plan(stream)));
        List<MonitorConfig> waiting = new ArrayList<>(configuration.monitors());
        List<TidewatchException> failures = new ArrayList<>();
        boolean progress = true;
        while (progress && !waiting.isEmpty()) {
            failures.clear();
            List<MonitorConfig> failed = new ArrayList<>();
            for (MonitorConfig monitor : waiting) {
                compile(monitor).ifPresent(failure -> {
                    failures.add(failure);
                    failed.add(monitor);
                });
            }
            progress = failed.size() < waiting.size();
            waiting = failed;
        }
        failures.forEach(problems::add);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        JobPlan plan = JobPlan.of(
                streams, tables, plans, new KernelLimits(configuration.limits().keysPerKeyGroup()));
        Alerts alerts = new Alerts(plan, problems);
        TimeChecks checks = new TimeChecks(plan, problems, warnings);
        List<@Nullable AlertSpec> specs = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            specs.add(alerts.spec(i, configs.get(i)));
            checks.check(i, configs.get(i));
        }
        return problems.isEmpty()
                ? Optional.of(new Job(plan, specs, alertLimits()))
                : Optional.empty();
    }

    private AlertLimits alertLimits() {
        LimitsConfig limits = configuration.limits();
        return new AlertLimits(
                limits.alertKeys(), limits.alertEvaluations(), limits.alertProvisionals());
    }

    /** What is probably not meant, each with its place. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static StreamPlan plan(StreamConfig stream) {
        Schema schema = stream.schema();
        int timeField = schema.indexOf(stream.time().field());
        return new StreamPlan(stream.name(), schema, timeField, stream.time().spec(), null);
    }

    private Catalog catalog() {
        List<Catalog.Stream> known = new ArrayList<>();
        for (StreamConfig stream : configuration.streams()) {
            Schema schema = stream.schema();
            known.add(new Catalog.Stream(
                    stream.name(), schema, schema.indexOf(stream.time().field())));
        }
        List<Catalog.Table> tables = configuration.tables().stream()
                .map(table -> new Catalog.Table(table.name(), table.schema()))
                .toList();
        return new Catalog(known, tables, derived);
    }

    /** Compiles a monitor, or says why not. */
    private Optional<TidewatchException> compile(MonitorConfig monitor) {
        try {
            SqlCompiler compiler = new SqlCompiler(catalog());
            CompiledQuery query = compiler.compile(
                    text(monitor.query()),
                    windowing(monitor),
                    monitor.key().stream().map(Compilation::text).toList());
            String version = new Version(configuration, versions).of(monitor, query);
            MonitorPlan plan = plan(monitor, query, version, compiler);
            Constants constants = new Constants(monitor.name(), query);
            plans.add(constants.renamed(plan));
            streams.addAll(constants.streams());
            configs.add(monitor);
            versions.put(monitor.name(), version);
            derived.add(Catalog.Derived.of(monitor.name(), query));
            query.warnings().forEach(warning -> warnings.add(warning.toString()));
            return Optional.empty();
        } catch (TidewatchException e) {
            return Optional.of(e);
        }
    }

    private static MonitorPlan plan(
            MonitorConfig monitor, CompiledQuery query, String version, SqlCompiler compiler) {
        Expression when = null;
        Expression clear = null;
        boolean early = false;
        if (monitor.alert().isPresent()) {
            AlertConfig alert = monitor.alert().get();
            Text condition = alert.when().orElseGet(() -> Text.at(alert.place(), "FALSE"));
            when = compiler.compileCondition(text(condition), query);
            clear = alert.clear().isEmpty()
                    ? null
                    : compiler.compileCondition(text(alert.clear().get()), query);
            early = alert.evaluate() == io.tidewatch.alerting.Evaluate.EARLY;
        }
        return new MonitorPlan(
                monitor.name(), version, query.links(), query.branches(), when, clear, early);
    }

    private static @Nullable Windowing windowing(MonitorConfig monitor) {
        if (monitor.window().isEmpty()) {
            return null;
        }
        return monitor.window().get() instanceof WindowConfig.Session session
                ? new Windowing.Session(session.gapMillis())
                : new Windowing.Grid(((WindowConfig.OnGrid) monitor.window().get()).windows());
    }

    static QueryText text(Text text) {
        return new QueryText(text.value(), offset -> {
            var place = text.placeOf(offset);
            return new io.tidewatch.sql.SourcePosition(place.file(), place.line(), place.column());
        });
    }
}
