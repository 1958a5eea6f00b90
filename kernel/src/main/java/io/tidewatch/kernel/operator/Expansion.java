package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.window.Windows;

/**
 * A table function whose rows are not aggregated: every row is repeated for each window that holds its time.
 *
 * @param windows which windows there are
 * @param time the time that assigns them, a TIMESTAMP over the source's columns
 */
public record Expansion(Windows windows, Expression time) {
    public Expansion {
        requireNonNull(windows, "windows");
        requireNonNull(time, "time");
    }
}
