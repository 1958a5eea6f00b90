package io.tidewatch.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done at the end, one after the other and all of it, whatever fails; then the first failure is thrown, and has the
 * others with it.
 */
final class Closing {
    private Closing() {}

    static void all(List<Runnable> steps) {
        Throwable first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                first = joined(first, e);
            }
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
        if (first instanceof Error error) {
            throw error;
        }
    }

    private static Throwable joined(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
