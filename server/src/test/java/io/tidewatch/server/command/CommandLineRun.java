package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.clock.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands as a person would, and keeps what they print. */
public final class CommandLineRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final int code;

    private CommandLineRun(Clock clock, String input, String... arguments) {
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                false,
                Map.of("HOME", "/home/somebody"),
                clock);
        code = TidewatchCommand.run(terminal, arguments);
    }

    public static CommandLineRun of(String... arguments) {
        return new CommandLineRun(new FakeClock(1_700_000_000_000L), "", arguments);
    }

    static CommandLineRun withClock(Clock clock, String... arguments) {
        return new CommandLineRun(clock, "", arguments);
    }

    static CommandLineRun withInput(String input, String... arguments) {
        return new CommandLineRun(new FakeClock(1_700_000_000_000L), input, arguments);
    }

    /** A backtest whose results are printed, and whose alerts go to a file. */
    static CommandLineRun backtest(Path config, Path alerts) {
        return of(
                "backtest",
                "--config",
                config.toString(),
                "--results",
                "-",
                "--alerts",
                alerts.toString());
    }

    /** The folder of the examples in the repository. */
    public static Path examples() {
        return root().resolve("examples");
    }

    /** The root of the repository: the folder above that has {@code .mvn}. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve(".mvn").toFile().isDirectory()) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new AssertionError(
                        "no folder with .mvn above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    public int code() {
        return code;
    }

    public String out() {
        return out.toString();
    }

    public List<String> outLines() {
        return out().lines().toList();
    }

    /** The key and the values of each result of a monitor that was printed, such as {@code {k:a} {n:1}}. */
    List<String> rows(String monitor) {
        return outLines().stream()
                .filter(line -> line.startsWith("{\"monitor\":\"" + monitor + "\""))
                .map(line -> line.replaceAll(
                                ".*\"key\":(.*),\"window_start.*\"values\":(.*),\"revision.*",
                                "$1 $2")
                        .replace("\"", ""))
                .toList();
    }

    public String err() {
        return err.toString();
    }
}
