package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.server.clock.Clock;
import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
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
    private static final int BUFFER_CHARS = 1 << 16;

    /** The terminal of this process; both outputs are UTF-8. */
    public static Terminal ofProcess() {
        PrintWriter out = new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8),
                BUFFER_CHARS));
        PrintWriter err = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), UTF_8), true);
        return new Terminal(out, err, System.in, isInteractive(), System.getenv(), Clock.SYSTEM);
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
