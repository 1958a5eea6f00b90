package io.tidewatch.server.command;

import io.tidewatch.kernel.error.TidewatchException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code tidewatch}, of which the others are parts. */
@Command(
        name = "tidewatch",
        description = "Watches streams of events: windows in SQL, alerts in event time.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footer = {"", "tidewatch COMMAND --help describes a command."})
public final class TidewatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private TidewatchCommand() {}

    /** Runs one command and gives its exit code. */
    public static int run(Terminal terminal, String... arguments) {
        int code = commandLine(terminal).execute(arguments);
        try {
            terminal.flush();
        } catch (TidewatchException e) {
            if (code == CommandLine.ExitCode.OK) {
                terminal.err().println(e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        return code;
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new TidewatchCommand());
        line.addSubcommand(new RunCommand(terminal));
        line.addSubcommand(new CheckCommand(terminal));
        line.addSubcommand(new TestCommand(terminal));
        line.addSubcommand(new BacktestCommand(terminal));
        line.addSubcommand(new DemoCommand(terminal));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setExecutionExceptionHandler(new Failures(terminal));
        return line;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
