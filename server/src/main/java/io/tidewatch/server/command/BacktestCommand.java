package io.tidewatch.server.command;

import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.Sources;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.backtest.Backtest;
import io.tidewatch.server.backtest.Progress;
import io.tidewatch.server.backtest.SortedOutput;
import io.tidewatch.server.backtest.Summary;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.log.RecordedTables;
import io.tidewatch.server.log.RecordingReader;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch backtest}. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description =
                "Runs the monitors over files or a recording, and sums up what they would have said.",
        footer = {
            "",
            "Without --results and --alerts, the transitions of alerts are shown as text.",
            "",
            "Example: tidewatch backtest --config shop.yaml --input orders=orders.csv.gz --alerts -"
        })
final class BacktestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--input",
            paramLabel = "STREAM=PATH",
            description =
                    "The rows of a stream: a file in the format of its source, the folder of a recording, or -."
                            + " Streams without one are read from their own source.")
    private List<String> inputTexts = new ArrayList<>();

    @Option(
            names = "--recording",
            paramLabel = "DIR",
            description = "The folder of a recording, which has the rows of all streams.")
    private @Nullable Path recording;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Leave out rows before this event time.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Leave out rows at and after this event time.")
    private @Nullable String to;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "The event time at which the input ends; by default where its last window ends.")
    private @Nullable String until;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Write results as JSON lines; - is the standard output.")
    private @Nullable String results;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "Write transitions of alerts as JSON lines; - is the standard output.")
    private @Nullable String alerts;

    BacktestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Configuration configuration =
                new ConfigurationReader(terminal.environment()).read(config.file());
        TimeRange range = Options.range(from, to);
        OptionalLong end = Options.time("--until", until);
        BacktestInputs inputs = new BacktestInputs(inputTexts);
        inputs.check(configuration);
        new BacktestOutputs(results, alerts).check(inputFiles(configuration, inputs));
        Optional<Recording> source = recordingFolder(inputs)
                .map(folder -> new Recording(folder, RecordedTables.of(folder)));
        Assembly assembly = source.isPresent()
                ? Assembly.of(configuration, source.get().tables())
                : Assembly.of(configuration);
        terminal.warn(assembly.warnings());
        try (RowFiles files = RowFiles.open(terminal, results, alerts)) {
            SortedOutput sorted = new SortedOutput(files);
            Summary summary = new Summary(sorted, assembly.monitorNames());
            try (Job job = assembly.job(summary, range)) {
                Intake intake = new Intake(job, assembly.sensitiveStreams());
                Progress progress = new Progress(
                        terminal.err(), terminal.interactive(), terminal.clock(), intake);
                Backtest backtest = new Backtest(job, intake, part -> {
                    terminal.flush();
                    progress.show(part);
                });
                Reading reading = source.isPresent()
                        ? replay(source.get(), inputs, assembly, backtest, end)
                        : run(open(configuration, inputs, assembly), backtest, end);
                sorted.close();
                progress.clear();
                terminal.out().flush();
                terminal.err()
                        .print(summary.text(
                                intake, job.counts(), progress.seconds(), reading.received()));
                reading.failures().forEach(terminal.err()::println);
                return reading.failures().isEmpty() ? 0 : CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    /** A recording that is read, and its reference tables. */
    private record Recording(Path folder, RecordedTables tables) {}

    /**
     * How the input was read.
     *
     * @param received whether it had receive times
     * @param failures the files that ended before their end
     */
    private record Reading(boolean received, List<String> failures) {}

    private static Reading run(List<FileReader> readers, Backtest backtest, OptionalLong end) {
        backtest.files(readers, end);
        return new Reading(
                false,
                readers.stream().flatMap(reader -> reader.failure().stream()).toList());
    }

    private Reading replay(
            Recording source,
            BacktestInputs inputs,
            Assembly assembly,
            Backtest backtest,
            OptionalLong end) {
        Path folder = source.folder();
        try (RecordingReader reader = RecordingReader.open(
                folder, spec -> format(inputs, assembly, spec), assembly.loader(source.tables()))) {
            backtest.recording(reader, end);
            if (reader.wasCutShort()) {
                terminal.err().println(folder + ": the last record was cut short and is left out");
            }
            missing(assembly, reader.streams()).forEach(stream -> terminal.err()
                    .println(folder + ": there is no stream '" + stream + "' (there are: "
                            + String.join(", ", reader.streams()) + ")"));
            return new Reading(true, List.of());
        } catch (IOException e) {
            throw new TidewatchException(ErrorCode.IO_FAILED, folder + ": " + e.getMessage(), e);
        }
    }

    /** The streams that are read, but were not recorded. */
    private static List<String> missing(Assembly assembly, Set<String> recorded) {
        return assembly.configuration().streams().stream()
                .map(StreamConfig::name)
                .filter(stream -> assembly.isRead(stream) && !recorded.contains(stream))
                .toList();
    }

    /** What each file is that is read now, or would be with other options. */
    private Map<Path, String> inputFiles(Configuration configuration, BacktestInputs inputs) {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(config.file(), "the configuration");
        if (recording != null) {
            files.put(RecordingReader.file(recording), "the recording");
        }
        inputs.files().forEach(file -> files.put(file, "an --input"));
        configuration
                .files()
                .forEach((file, owner) -> files.putIfAbsent(
                        file, "an input of " + configuration.file() + " (" + owner + ")"));
        return files;
    }

    private Optional<Path> recordingFolder(BacktestInputs inputs) {
        if (recording != null && !inputs.isEmpty()) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--recording has the rows of all streams; remove --input");
        }
        return recording != null ? Optional.of(recording) : inputs.recording();
    }

    private Optional<StreamFormat> format(
            BacktestInputs inputs, Assembly assembly, PartitionSpec spec) {
        boolean wanted = recording != null || inputs.has(spec.stream());
        return wanted ? assembly.format(spec.stream()) : Optional.empty();
    }

    private List<FileReader> open(
            Configuration configuration, BacktestInputs inputs, Assembly assembly) {
        List<FileReader> readers = new ArrayList<>();
        Runnable close = () -> Closing.all(
                readers.stream().<Runnable>map(reader -> reader::close).toList());
        return Closing.ifFailing(List.of(close), () -> {
            open(configuration, inputs, assembly, readers);
            return readers;
        });
    }

    private void open(
            Configuration configuration,
            BacktestInputs inputs,
            Assembly assembly,
            List<FileReader> readers) {
        Sources sources = new Sources(configuration, terminal.clock(), terminal.in());
        for (StreamConfig stream : configuration.streams()) {
            for (String path : inputs.of(stream.name())) {
                readers.add(reader(
                        readers.size(),
                        stream,
                        sources.file(path),
                        assembly.format(stream.name(), path).orElseThrow()));
            }
            if (!inputs.has(stream.name()) && isOwnSourceRead(stream, inputs, sources, assembly)) {
                readers.add(reader(
                        readers.size(),
                        stream,
                        sources.whole(stream),
                        assembly.format(stream.name()).orElseThrow()));
            }
        }
    }

    private static FileReader reader(
            int number, StreamConfig stream, Source source, StreamFormat format) {
        return new FileReader(
                new PartitionSpec(number, stream.name(), source.name()), source, format);
    }

    private boolean isOwnSourceRead(
            StreamConfig stream, BacktestInputs inputs, Sources sources, Assembly assembly) {
        boolean isRead = assembly.isRead(stream.name());
        if (sources.isWhole(stream) || (isRead && inputs.isEmpty())) {
            return true;
        }
        if (isRead) {
            terminal.err().println("stream '" + stream.name() + "' has no input, and so no rows");
        }
        return false;
    }
}
