package io.tidewatch.server.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --config} of the commands that run a configuration. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration.")
    @SuppressWarnings("NullAway.Init") // Set by picocli, for it is required.
    private Path file;

    Path file() {
        return file;
    }
}
