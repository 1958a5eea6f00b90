package io.tidewatch.server.command;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code --results} and {@code --alerts} say that rows go.
 *
 * @param results a path, or - for the standard output
 * @param alerts likewise
 */
record BacktestOutputs(@Nullable String results, @Nullable String alerts) {
    private static final String STANDARD_OUTPUT = "-";

    /**
     * Refuses files that would be written over one another, or over an input.
     *
     * @param inputs files that are read or may be another time, each with what it is, such as {@code the configuration}
     */
    void check(Map<Path, String> inputs) {
        check("--results", results, inputs);
        check("--alerts", alerts, inputs);
        if (isFile(results) && isFile(alerts) && areSame(Path.of(results), Path.of(alerts))) {
            throw invalid("--results and --alerts name one file, '" + alerts
                    + "' (give them two, or - for both)");
        }
    }

    private static void check(String option, @Nullable String output, Map<Path, String> inputs) {
        if (output == null || !isFile(output)) {
            return;
        }
        Path written = Options.path(option, output);
        inputs.forEach((path, what) -> {
            if (areSame(path, written)) {
                throw invalid(option + ": '" + output + "' is " + what
                        + ", and would be written over (name another file)");
            }
        });
    }

    private static boolean isFile(@Nullable String path) {
        return path != null && !path.equals(STANDARD_OUTPUT);
    }

    private static boolean areSame(Path left, Path right) {
        try {
            return left.toAbsolutePath()
                            .normalize()
                            .equals(right.toAbsolutePath().normalize())
                    || (Files.exists(left) && Files.exists(right) && Files.isSameFile(left, right));
        } catch (IOException e) {
            // What cannot be looked at cannot be written over either: opening it says why.
            return false;
        }
    }

    private static TidewatchException invalid(String reason) {
        return new TidewatchException(ErrorCode.ARGUMENT_INVALID, reason);
    }
}
