package io.tidewatch.server.command;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.EffectiveText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Reads a configuration and compiles its monitors, and shows all that is wrong.",
        footer = {"", "Example: tidewatch check --explain shop.yaml"})
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    @SuppressWarnings("NullAway.Init") // Set by picocli, for it is required.
    private Path file;

    @Option(
            names = "--explain",
            description =
                    "Show how the monitors run: links, what they share, what state they keep.")
    private boolean explain;

    @Option(
            names = "--effective",
            description =
                    "Show the configuration with its defaults, without values of the environment.")
    private boolean effective;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Assembly assembly = Assembly.of(new ConfigurationReader(terminal.environment()), file);
        Configuration configuration = assembly.configuration();
        terminal.warn(assembly.warnings());
        if (effective) {
            terminal.out().print(EffectiveText.of(configuration));
        }
        if (explain) {
            terminal.out().print(assembly.explanation());
        }
        if (!effective && !explain) {
            terminal.out()
                    .println(file + ": " + count(configuration.streams().size(), "stream")
                            + ", " + count(configuration.tables().size(), "table")
                            + ", " + count(configuration.monitors().size(), "monitor")
                            + ": no problems");
        }
        return 0;
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
