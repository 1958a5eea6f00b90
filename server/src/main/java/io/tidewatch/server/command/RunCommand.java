package io.tidewatch.server.command;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Follows the sources and shows alerts as they happen, until it is stopped.",
        footer = {"", "Example: tidewatch run --config host.yaml"})
final class RunCommand implements Callable<Integer> {
    private static final long EARLY_MILLIS_MIN = 100;

    private final Terminal terminal;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "How rows are shown (default: text).")
    private RowForm output = RowForm.text;

    @Option(names = "--results", description = "Show results too, not alerts alone.")
    private boolean results;

    @Option(
            names = "--early",
            paramLabel = "DURATION",
            description =
                    "With --results: also show rows of windows that are open, not final, this often.")
    private @Nullable String early;

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description = "Keep the log in this folder, for a backtest with --recording.")
    private @Nullable Path record;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Stop after this time, such as 30s.")
    private @Nullable String length;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OptionalLong lengthMillis = Options.duration("--for", length);
        OptionalLong earlyMillis = earlyMillis();
        Assembly assembly =
                Assembly.of(new ConfigurationReader(terminal.environment()), config.file());
        terminal.warn(assembly.warnings());
        TerminalRows rows = new TerminalRows(terminal, output, results);
        try (LiveLoop loop = LiveLoop.open(terminal)) {
            loop.add(LiveSession.start(
                    terminal, assembly, rows, Optional.ofNullable(record), earlyMillis));
            loop.run(lengthMillis);
        }
        return 0;
    }

    private OptionalLong earlyMillis() {
        OptionalLong millis = Options.duration("--early", early);
        if (millis.isPresent() && millis.getAsLong() < EARLY_MILLIS_MIN) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--early: '" + early + "' (expected: " + EARLY_MILLIS_MIN + "ms or more)");
        }
        if (millis.isPresent() && !results) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--early shows results before they are final: add --results");
        }
        return millis;
    }
}
