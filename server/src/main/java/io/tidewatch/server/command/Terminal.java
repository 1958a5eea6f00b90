package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.clock.Clock;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * What the command line has from its process.
 *
 * @param out for results
 * @param err for everything else
 * @param interactive whether a person looks at {@code err}, so that a line may be overwritten
 * @param environment the variables of the process
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        boolean interactive,
        Map<String, String> environment,
        Clock clock) {
    /** The terminal of this process; both outputs are UTF-8. */
    public static Terminal ofProcess() {
        PrintWriter out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), UTF_8), true);
        return new Terminal(out, err, System.in, isInteractive(), System.getenv(), Clock.SYSTEM);
    }

    /**
     * Writes what was printed so far.
     *
     * @throws TidewatchException if it cannot be written: the disk may be full, or nobody reads any more
     */
    void flush() {
        err.flush();
        if (out.checkError()) {
            IOException failure =
                    out instanceof StandardOutput standard ? standard.failure() : null;
            String reason = failure == null ? "" : ": " + failure.getMessage();
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, "the standard output cannot be written" + reason);
        }
    }

    /** Says what is probably not meant. */
    void warn(List<String> warnings) {
        warnings.forEach(warning -> err.println("warning: " + warning));
    }

    /** Whether a person is there. From Java 22 on there is a console without one, which can be asked, but not yet in Java 17. */
    @SuppressWarnings("SystemConsoleNull") // Java 17 has no other way to ask.
    private static boolean isInteractive() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
