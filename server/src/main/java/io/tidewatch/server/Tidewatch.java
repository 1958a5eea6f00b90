package io.tidewatch.server;

import io.tidewatch.server.command.Terminal;
import io.tidewatch.server.command.TidewatchCommand;

/** The entry point of the process. */
public final class Tidewatch {
    private Tidewatch() {}

    /** Runs one command; its exit code is 0 when done, 1 when it failed and 2 for wrong usage. */
    public static void main(String[] arguments) {
        System.exit(TidewatchCommand.run(Terminal.ofProcess(), arguments));
    }
}
