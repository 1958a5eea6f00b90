package io.tidewatch.server.assembly;

import static java.util.Objects.requireNonNull;

import io.tidewatch.alerting.AlertLimits;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.engine.embedded.Job;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.ReferenceTable;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.plan.JobExplanation;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.LimitsConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.RecordedTables;
import io.tidewatch.server.log.TableFeed;
import io.tidewatch.server.log.TableLimits;
import io.tidewatch.server.source.WatchedFile;
import io.tidewatch.server.yaml.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration that was compiled, and what commands make of it. */
public final class Assembly {
    /** The most threads that run the final stages of a job. */
    private static final int WORKERS_MAX = 16;

    /** What the alert of a key takes: its life cycles, its places in two trees, a short key and a few values. */
    private static final int ALERT_BYTES = 350;

    private final Configuration configuration;
    private final Job job;
    private final Tables tables;
    private final ReadColumns readColumns;
    private final List<String> warnings;

    private Assembly(Configuration configuration, Job job, List<String> warnings) {
        this.configuration = configuration;
        this.job = job;
        this.tables = new Tables(configuration);
        this.readColumns = ReadColumns.of(job.plan());
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Compiles a configuration and loads its reference tables.
     *
     * @throws TidewatchException with all problems
     */
    public static Assembly of(Configuration configuration) {
        Problems problems = new Problems();
        return of(configuration, problems, new Tables(configuration).load(problems));
    }

    /**
     * Reads and compiles a configuration and loads its reference tables.
     *
     * @throws TidewatchException with all problems of the file, of whatever kind
     */
    public static Assembly of(ConfigurationReader reader, Path file) {
        Problems problems = new Problems();
        Configuration configuration =
                reader.read(file, problems).orElseThrow(problems::toException);
        return of(configuration, problems, new Tables(configuration).load(problems));
    }

    /**
     * As {@link #of(Configuration)}, but with the reference tables that a recording began with, where it has them.
     *
     * @throws TidewatchException with all problems
     */
    public static Assembly of(Configuration configuration, RecordedTables recorded) {
        Problems problems = new Problems();
        return of(configuration, problems, new Tables(configuration).load(recorded, problems));
    }

    private static Assembly of(
            Configuration configuration, Problems problems, Map<String, ReferenceTable> tables) {
        Formats formats = new Formats(configuration.limits());
        configuration.streams().forEach(stream -> formats.check(stream, problems));
        Compilation compilation = new Compilation(configuration, problems);
        Optional<Job> job = compilation.run(tables);
        problems.check();
        return new Assembly(configuration, job.orElseThrow(), compilation.warnings());
    }

    public Configuration configuration() {
        return configuration;
    }

    /** The names of the monitors in the order of the file. */
    public List<String> monitorNames() {
        return configuration.monitors().stream().map(monitor -> monitor.name()).toList();
    }

    /** What is probably not meant, each with its place. */
    public List<String> warnings() {
        return warnings;
    }

    /** How the monitors run, for people. */
    public String explanation() {
        StringBuilder text = new StringBuilder(JobExplanation.of(job.plan()));
        for (int monitor = 0; monitor < job.alerts().size(); monitor++) {
            AlertSpec alert = job.alerts().get(monitor);
            if (alert != null) {
                text.append("alerts of ")
                        .append(job.plan().monitors().get(monitor).name())
                        .append("\n  state: in each of " + KeyGroups.COUNT + " key groups at most ")
                        .append(alertState(alert))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String alertState(AlertSpec alert) {
        AlertLimits limits = job.alertLimits();
        String keys = limits.knownKeysMax() + " keys that are pending, firing or awaited";
        String evaluations = alert.replays()
                ? ", " + limits.keptEvaluationsMax() + " evaluations that may be amended"
                : "";
        String provisionals = alert.policy().evaluate() == Evaluate.EARLY
                ? ", " + limits.provisionalsMax() + " provisionals"
                : "";
        return keys + evaluations + provisionals + "; about " + ALERT_BYTES + " bytes per key";
    }

    /** Whether a monitor reads a stream. */
    public boolean isRead(String stream) {
        return job.plan().monitors().stream()
                .map(MonitorPlan::links)
                .flatMap(List::stream)
                .flatMap(link -> link.inputs().stream())
                .anyMatch(input -> readColumns.isOf(input, stream));
    }

    /** The streams of which no text is shown. */
    public Set<String> sensitiveStreams() {
        Set<String> names = new LinkedHashSet<>();
        for (StreamConfig stream : configuration.streams()) {
            if (stream.hasSensitiveFields()) {
                names.add(stream.name());
            }
        }
        return names;
    }

    /** The format of a stream as its source writes it; empty if there is no such stream. */
    public Optional<StreamFormat> format(String stream) {
        return configuration.stream(stream)
                .map(config -> formats().of(config, readColumns.of(stream)));
    }

    /** The format of an input of a stream; empty if there is no such stream. */
    public Optional<StreamFormat> format(String stream, String input) {
        return configuration.stream(stream).map(config -> formats()
                .of(config, config.formatOf(input), readColumns.of(stream)));
    }

    /** JSON lines with the names of the stream's fields, for rows of tests. */
    StreamFormat plainJson(StreamConfig stream) {
        return formats().plainJson(stream, readColumns.of(stream.name()));
    }

    /** CSV with the names of the stream's fields, for rows of tests. */
    StreamFormat plainCsv(StreamConfig stream) {
        return formats().plainCsv(stream, readColumns.of(stream.name()));
    }

    /** The files of the reference tables, to be watched while a job runs. */
    public List<TableFeed> tables() {
        List<TableFeed> feeds = new ArrayList<>();
        for (TableConfig table : configuration.tables()) {
            WatchedFile file = new WatchedFile(configuration.resolve(table.path()));
            feeds.add(new TableFile(table, tables, file, loaded(table.name())));
        }
        return feeds;
    }

    public TableLimits tableLimits() {
        LimitsConfig limits = configuration.limits();
        return new TableLimits(
                limits.tableVersions(), limits.tableBytes(), job.plan().lookBackMillis());
    }

    /** Loads versions of reference tables from a recording; those that the configuration does not have are passed over. */
    public RecordedTables.Loader loader(RecordedTables recorded) {
        return version -> configuration.tables().stream()
                .filter(table -> table.name().equals(version.table()))
                .findFirst()
                .flatMap(table -> load(table, recorded, version));
    }

    private Optional<TableVersion> load(
            TableConfig table, RecordedTables recorded, RecordedTables.Recorded version) {
        TableVersion loaded = loaded(table.name());
        if (loaded.effectiveFrom() == version.effectiveFrom()
                && loaded.contentHash().equals(version.contentHash())) {
            return Optional.of(loaded);
        }
        Problems problems = new Problems();
        Optional<TableVersion> found = tables.fromRecording(table, recorded, version, problems);
        problems.check();
        return found;
    }

    /** The version of a table that the job begins with. */
    private TableVersion loaded(String table) {
        return requireNonNull(job.plan().tables().get(table), table).versions().get(0);
    }

    private Formats formats() {
        return new Formats(configuration.limits());
    }

    /** What an engine runs: the plan of all monitors, and their alerts. */
    public Job engineJob() {
        return job;
    }

    /** Starts a job, which gives its updates to {@code output}. */
    public io.tidewatch.server.job.Job job(JobOutput output, TimeRange range) {
        int workers = Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors());
        return job(output, range, workers);
    }

    /** As {@link #job(JobOutput, TimeRange)}, on {@code workers} threads; one worker runs in the thread of the caller. */
    public io.tidewatch.server.job.Job job(JobOutput output, TimeRange range, int workers) {
        return new EmbeddedJob(job, workers, output, range);
    }
}
