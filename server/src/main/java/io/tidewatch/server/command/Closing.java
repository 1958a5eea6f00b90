package io.tidewatch.server.command;

import java.util.List;
import java.util.function.Supplier;
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

    /**
     * Opens what belongs together. If that fails, the steps are done that are there by then, and the failure is thrown as by
     * {@link #all}.
     */
    static <T> T ifFailing(List<Runnable> steps, Supplier<T> opening) {
        try {
            return opening.get();
        } catch (RuntimeException | Error e) {
            for (Runnable step : steps) {
                try {
                    step.run();
                } catch (RuntimeException | Error next) {
                    joined(e, next);
                }
            }
            throw e;
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
