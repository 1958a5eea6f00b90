package io.tidewatch.server.command;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.config.ConfigurationReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidewatch demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Watches this machine and a made-up shop, and shows their alerts, until it is stopped.")
final class DemoCommand implements Callable<Integer> {
    private static final List<String> FILES =
            List.of("host.yaml", "shop.yaml", "shop-products.csv");

    private final Terminal terminal;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Stop after this time, such as 30s.")
    private @Nullable String length;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OptionalLong lengthMillis = Options.duration("--for", length);
        watch(examples(), lengthMillis);
        return 0;
    }

    private void watch(Path folder, OptionalLong lengthMillis) {
        try (LiveLoop loop = LiveLoop.open(terminal)) {
            for (String name : List.of("host.yaml", "shop.yaml")) {
                Assembly assembly = Assembly.of(
                        new ConfigurationReader(terminal.environment()).read(folder.resolve(name)));
                TerminalRows rows = new TerminalRows(terminal, RowForm.text, false);
                loop.add(LiveSession.start(
                        terminal, assembly, rows, Optional.empty(), OptionalLong.empty()));
            }
            terminal.err()
                    .println(
                            "Watching this machine (host.yaml) and a made-up shop (shop.yaml); Ctrl-C stops.");
            terminal.err().println("The configurations are in " + folder + " until then");
            loop.run(lengthMillis);
        }
    }

    /** The examples, copied to where people can read them. However the process ends, it removes them, after all else. */
    private static Path examples() {
        try {
            Path folder = Files.createTempDirectory("tidewatch-demo-");
            folder.toFile().deleteOnExit();
            for (String name : FILES) {
                try (InputStream in = DemoCommand.class.getResourceAsStream("/examples/" + name)) {
                    if (in == null) {
                        throw new TidewatchException(
                                ErrorCode.INTERNAL, "this build has no example " + name);
                    }
                    folder.resolve(name).toFile().deleteOnExit();
                    Files.copy(in, folder.resolve(name));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, "the examples cannot be copied: " + e.getMessage(), e);
        }
    }
}
