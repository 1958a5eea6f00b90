package io.tidewatch.server.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.backtest.Backtest;
import io.tidewatch.server.backtest.SortedOutput;
import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.source.FileSource;
import io.tidewatch.server.suite.Judge;
import io.tidewatch.server.suite.Observed;
import io.tidewatch.server.suite.Outcome;
import io.tidewatch.server.suite.Suite;
import io.tidewatch.server.suite.SuiteReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs unit tests of monitors, each as a backtest of its rows. */
public final class SuiteRun {
    private final Suite suite;
    private final Assembly assembly;
    private final Clock clock;

    private SuiteRun(Suite suite, Assembly assembly, Clock clock) {
        this.suite = suite;
        this.assembly = assembly;
        this.clock = clock;
    }

    /**
     * Compiles the configuration of a file of tests.
     *
     * @throws TidewatchException with all problems of the configuration
     */
    public static SuiteRun of(SuiteReader.Loaded loaded, Clock clock) {
        return new SuiteRun(loaded.suite(), Assembly.of(loaded.configuration()), clock);
    }

    /** What of the configuration is probably not meant, each with its place. */
    public List<String> warnings() {
        return assembly.warnings();
    }

    /** Runs the tests that are chosen, in the order of the file. */
    public void each(Predicate<Suite.Case> chosen, Consumer<Outcome> outcomes) {
        suite.cases().stream().filter(chosen).forEach(test -> outcomes.accept(run(test)));
    }

    private Outcome run(Suite.Case test) {
        long start = clock.nanos();
        Observed observed = new Observed();
        List<String> problems = new ArrayList<>();
        SortedOutput sorted = new SortedOutput(observed);
        try (Job job = assembly.job(sorted, TimeRange.ALL)) {
            Intake intake = new Intake(job, Set.of());
            new Backtest(job, intake).files(readers(test), test.untilMillis());
            sorted.close();
            intake.refusals().forEach(refusal -> problems.add("a row was refused: " + refusal));
        }
        problems.addAll(Judge.problems(test, observed));
        return new Outcome(test.name(), (clock.nanos() - start) / 1e9, problems);
    }

    private List<FileReader> readers(Suite.Case test) {
        List<FileReader> readers = new ArrayList<>();
        for (Suite.Input input : test.inputs()) {
            StreamConfig stream =
                    assembly.configuration().stream(input.stream()).orElseThrow();
            StreamFormat format =
                    switch (input.form()) {
                        case JSON -> assembly.plainJson(stream);
                        case CSV -> assembly.plainCsv(stream);
                        case LINES -> assembly.format(stream.name()).orElseThrow();
                    };
            PartitionSpec spec = new PartitionSpec(
                    readers.size(), input.stream(), input.place() + " (" + input.stream() + ")");
            readers.add(new FileReader(spec, source(spec, input.text()), format));
        }
        return readers;
    }

    private static FileSource source(PartitionSpec spec, String text) {
        try {
            return FileSource.of(spec.source(), new ByteArrayInputStream(text.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.INTERNAL, spec.source() + ": " + e.getMessage(), e);
        }
    }
}
