package io.tidewatch.server.assembly;

import io.tidewatch.alerting.AlertLimits;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.LimitsConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.config.WindowConfig;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.Text;
import io.tidewatch.sql.Catalog;
import io.tidewatch.sql.CompiledQuery;
import io.tidewatch.sql.QueryException;
import io.tidewatch.sql.QueryText;
import io.tidewatch.sql.SourcePosition;
import io.tidewatch.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** What was compiled; empty if there are problems. */
    Optional<Job> run(Map<String, ReferenceTable> tables) {
        configuration.streams().forEach(stream -> streams.add(plan(stream)));
        report(compileAll());
        JobPlan plan = JobPlan.of(
                streams, tables, plans, new KernelLimits(configuration.limits().keysPerKeyGroup()));
        Alerts alerts = new Alerts(plan, problems);
        TimeChecks checks = new TimeChecks(plan, problems, warnings);
        List<@Nullable AlertSpec> specs = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            checkKeys(plan, i);
            specs.add(alerts.spec(i, configs.get(i), derived.get(i).key().partsNameSeries()));
            checks.check(i, configs.get(i));
        }
        return problems.isEmpty()
                ? Optional.of(new Job(plan, specs, alertLimits()))
                : Optional.empty();
    }

    /** Compiles as many monitors as there can; the others by name, with what is wrong with them. */
    private Map<String, QueryException> compileAll() {
        Map<String, QueryException> failures = new LinkedHashMap<>();
        List<MonitorConfig> waiting = new ArrayList<>(configuration.monitors());
        boolean progress = true;
        while (progress) {
            Set<String> unready = new LinkedHashSet<>(configuration.unreadable());
            unready.addAll(failures.keySet());
            waiting.forEach(monitor -> unready.add(monitor.name()));
            List<MonitorConfig> again = new ArrayList<>();
            for (MonitorConfig monitor : waiting) {
                try {
                    compile(monitor, unready);
                    unready.remove(monitor.name());
                    failures.remove(monitor.name());
                } catch (QueryException e) {
                    failures.put(monitor.name(), e);
                    if (e.unready().isPresent()) {
                        again.add(monitor);
                    }
                }
            }
            progress = !again.isEmpty() && again.size() < waiting.size();
            waiting = again;
        }
        return failures;
    }

    /** Complains about monitors that are wrong themselves, or read each other; not about those that read a wrong one. */
    private void report(Map<String, QueryException> failures) {
        failures.forEach((name, failure) -> {
            Optional<String> read = failure.unready();
            if (read.isEmpty()) {
                problems.add(place(failure.position()), failure.reason());
            } else if (readsItself(name, failures)) {
                String what = read.get().equals(name)
                        ? "a monitor cannot read its own results"
                        : "'" + read.get() + "' reads the results of '" + name + "' in turn";
                problems.add(
                        place(failure.position()), what + ": read a stream, or another monitor");
            }
        });
    }

    private static boolean readsItself(String name, Map<String, QueryException> failures) {
        String current = name;
        for (int i = 0; i < failures.size(); i++) {
            QueryException failure = failures.get(current);
            if (failure == null || failure.unready().isEmpty()) {
                return false;
            }
            current = failure.unready().get();
            if (current.equals(name)) {
                return true;
            }
        }
        return false;
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

    private Catalog catalog(Set<String> unready) {
        List<Catalog.Stream> known = new ArrayList<>();
        for (StreamConfig stream : configuration.streams()) {
            Schema schema = stream.schema();
            known.add(new Catalog.Stream(
                    stream.name(), schema, schema.indexOf(stream.time().field())));
        }
        List<Catalog.Table> tables = configuration.tables().stream()
                .map(table -> new Catalog.Table(table.name(), table.schema()))
                .toList();
        return new Catalog(known, tables, derived, unready);
    }

    /** Compiles a monitor. What is wrong with its conditions is complained about, but does not keep others from reading it. */
    private void compile(MonitorConfig monitor, Set<String> unready) {
        SqlCompiler compiler =
                new SqlCompiler(catalog(unready), configuration.limits().aggregates());
        CompiledQuery query = compiler.compile(
                text(monitor.query()),
                windowing(monitor),
                monitor.key().stream().map(Compilation::text).toList());
        String version = new Version(configuration, versions).of(monitor, query);
        Constants constants = new Constants(monitor.name(), query, streams);
        if (query.links().stream().anyMatch(this::mixesLateness)) {
            problems.add(
                    monitor.query().place(),
                    "streams that are read together need the same allowed_lateness and amend_every: write the same in"
                            + " the time: of each");
            return;
        }
        streams.addAll(constants.streams());
        plans.add(constants.renamed(plan(monitor, query, version, compiler)));
        configs.add(monitor);
        versions.put(monitor.name(), version);
        derived.add(Catalog.Derived.of(monitor.name(), query));
        query.warnings().forEach(warning -> warnings.add(warning.toString()));
    }

    private MonitorPlan plan(
            MonitorConfig monitor, CompiledQuery query, String version, SqlCompiler compiler) {
        Expression when = null;
        Expression clear = null;
        boolean early = false;
        if (monitor.alert().isPresent()) {
            AlertConfig alert = monitor.alert().get();
            Text condition = alert.when().orElseGet(() -> Text.at(alert.place(), "FALSE"));
            when = condition(condition, query, compiler);
            clear = alert.clear().isEmpty()
                    ? null
                    : condition(alert.clear().get(), query, compiler);
            early = alert.evaluate() == io.tidewatch.alerting.Evaluate.EARLY;
        }
        return new MonitorPlan(
                monitor.name(), version, query.links(), query.branches(), when, clear, early);
    }

    private @Nullable Expression condition(Text text, CompiledQuery query, SqlCompiler compiler) {
        try {
            return compiler.compileCondition(text(text), query);
        } catch (QueryException e) {
            problems.add(place(e.position()), e.reason());
            return null;
        }
    }

    /** All branches of a UNION ALL have keys of the same columns, also those that they have from other monitors. */
    private void checkKeys(JobPlan plan, int monitor) {
        Schema first = plan.keySchema(monitor);
        for (int i = 1; i < plan.monitors().get(monitor).branches().size(); i++) {
            Schema key = plan.keySchema(monitor, i);
            if (!key.equals(first)) {
                problems.add(
                        configs.get(monitor).query().place(),
                        "the branches of UNION ALL have different keys, " + names(first) + " and "
                                + names(key)
                                + ": name the columns with key:, or read what has the same key");
                return;
            }
        }
    }

    private static String names(Schema key) {
        return key.fields().stream().map(Field::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private boolean mixesLateness(Link link) {
        return link.inputs().stream()
                        .map(LinkInput::source)
                        .filter(RowSource.OfStream.class::isInstance)
                        .flatMap(source ->
                                configuration.stream(((RowSource.OfStream) source).stream())
                                        .stream())
                        .map(stream -> stream.time().spec().lateness())
                        .distinct()
                        .count()
                > 1;
    }

    private static Place place(SourcePosition position) {
        return new Place(position.file(), position.line(), position.column());
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
            Place place = text.placeOf(offset);
            return new SourcePosition(place.file(), place.line(), place.column());
        });
    }
}
