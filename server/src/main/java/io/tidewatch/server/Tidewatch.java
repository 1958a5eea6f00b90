package io.tidewatch.server;

/** The command line. */
public final class Tidewatch {
    private Tidewatch() {}

    /** Runs one command; its exit code is 0 when done, 1 when it failed and 2 for wrong usage. */
    public static void main(String[] arguments) {
        boolean help = arguments.length == 1 && arguments[0].equals("--help");
        if (!help) {
            System.err.println("tidewatch: unknown command (try: tidewatch --help)");
            System.exit(2);
        }
        System.out.println("Usage: tidewatch COMMAND [OPTIONS]");
    }
}
