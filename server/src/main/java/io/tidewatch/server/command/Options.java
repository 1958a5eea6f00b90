package io.tidewatch.server.command;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.config.Instants;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads values of options that need more than their type. */
final class Options {
    private Options() {}

    /** The path that an option names. */
    static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    option + ": '" + text + "' " + FileReasons.of(e),
                    e);
        }
    }

    /** The time that an option gives, if it is there. */
    static OptionalLong time(String option, @Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong time = Instants.parse(text);
        if (time.isEmpty()) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    option + ": '" + text + "' (expected: a time such as 2026-01-31T12:00:00Z)");
        }
        return time;
    }

    /** The times that {@code --from} and {@code --to} give, if they are there. */
    static TimeRange range(@Nullable String from, @Nullable String to) {
        TimeRange range = new TimeRange(time("--from", from), time("--to", to));
        if (range.isEmpty()) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--to: '" + to + "' is not after --from '" + from + "', and so leaves no rows");
        }
        return range;
    }

    /** The milliseconds of the duration that an option gives, if it is there. */
    static OptionalLong duration(String option, @Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID, option + ": " + e.getMessage(), e);
        }
    }
}
