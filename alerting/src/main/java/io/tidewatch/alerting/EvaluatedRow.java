package io.tidewatch.alerting;

import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that waits for the other rows of its time.
 *
 * @param seenUntil when the key was last seen
 */
record EvaluatedRow(AlertKey key, Signal signal, long seenUntil, Sample sample) {
    static final Comparator<EvaluatedRow> ORDER = Comparator.comparing(EvaluatedRow::key)
            .thenComparingLong(row -> row.sample().ordinal());

    /** Copies a row of a batch. */
    static EvaluatedRow copyOf(
            AlertRows rows, int row, AlertKey key, Signal signal, @Nullable Schema values) {
        Sample sample = values == null
                ? new Sample(
                        rows.windowStart(row),
                        rows.ordinal(row),
                        List.of(),
                        Marks.NONE,
                        List.of(),
                        List.of())
                : new Sample(
                        rows.windowStart(row),
                        rows.ordinal(row),
                        values(rows, row, values),
                        hasValues(rows, row) ? rows.marks(row) : Marks.NONE,
                        List.copyOf(rows.positions(row)),
                        List.copyOf(rows.exemplars(row)));
        return new EvaluatedRow(key, signal, rows.seenUntil(row), sample);
    }

    /** Makes one row of each run of rows with the same key. */
    static void mergeKeys(List<EvaluatedRow> sorted) {
        int size = 0;
        for (EvaluatedRow row : sorted) {
            EvaluatedRow last = size == 0 ? null : sorted.get(size - 1);
            if (last != null && last.key.equals(row.key)) {
                sorted.set(size - 1, last.mergedWith(row));
            } else {
                sorted.set(size++, row);
            }
        }
        sorted.subList(size, sorted.size()).clear();
    }

    /** The row whose signal is the stronger one, seen as late as the other. */
    private EvaluatedRow mergedWith(EvaluatedRow other) {
        EvaluatedRow stronger = other.signal.strength() > signal.strength() ? other : this;
        return new EvaluatedRow(
                key, stronger.signal, Math.max(seenUntil, other.seenUntil), stronger.sample);
    }

    static Signal signal(AlertRows rows, int row, boolean hasClear) {
        return switch (rows.observation(row)) {
            case SHOWN -> {
                if (rows.isWhen(row)) {
                    yield Signal.HOLDS;
                }
                yield hasClear && !rows.isClear(row) ? Signal.HOVER : Signal.CLEAR;
            }
            case HIDDEN -> Signal.CLEAR;
            case FAILED, FOLDED, OVERFLOW -> Signal.KEEP;
        };
    }

    private static boolean hasValues(AlertRows rows, int row) {
        Observation observation = rows.observation(row);
        return observation != Observation.FAILED && observation != Observation.FOLDED;
    }

    private static List<@Nullable Object> values(AlertRows rows, int row, Schema schema) {
        if (!hasValues(rows, row)) {
            return List.of();
        }
        List<@Nullable Object> values = new ArrayList<>(schema.size());
        for (int column = 0; column < schema.size(); column++) {
            values.add(rows.value(row, column));
        }
        return Collections.unmodifiableList(values);
    }
}
