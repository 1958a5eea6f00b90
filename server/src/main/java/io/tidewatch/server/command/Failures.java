package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Tells people what failed, without a stack trace; that of a bug goes to a file. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
        terminal.out().flush();
        boolean expected = failure instanceof TidewatchException known
                && known.code().kind() != ErrorCode.Kind.INTERNAL;
        if (expected) {
            terminal.err().println(failure.getMessage());
        } else {
            terminal.err().println("tidewatch: this is a bug in Tidewatch: " + shortText(failure));
            terminal.err().println("The details are in " + keep(failure));
        }
        boolean usage = failure instanceof TidewatchException known
                && known.code() == ErrorCode.ARGUMENT_INVALID;
        return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static String shortText(Exception failure) {
        String message = failure.getMessage();
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        return first.isEmpty() ? failure.getClass().getSimpleName() : first;
    }

    private static String keep(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        try {
            Path file = Files.createTempFile("tidewatch-error-", ".log");
            Files.writeString(file, text.toString(), UTF_8);
            return file.toString();
        } catch (IOException e) {
            // Without a file the details are better shown than lost.
            return "what follows, for no file could be written (" + e.getMessage() + ")\n" + text;
        }
    }
}
