package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.window.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What links share that group rows of one source, joined alike: the numbers of keys, and the panes of rows. */
public final class Groupings {
    private final Map<Grouping, KeyDictionary> dictionaries = new LinkedHashMap<>();
    private final Map<Object, PaneRuns> panes = new LinkedHashMap<>();

    private record Grouping(List<Expression> columns, long groupingId) {}

    /** The dictionary of keys of these columns, whose encoder is that of all of equal columns and grouping. */
    KeyDictionary keys(List<Expression> columns, long groupingId, KeyEncoder encoder) {
        return dictionaries.computeIfAbsent(
                new Grouping(List.copyOf(columns), groupingId), any -> new KeyDictionary(encoder));
    }

    /** The panes of rows by their event times, for all windows that have those panes. */
    PaneRuns panes(Windows windows) {
        PaneRuns runs = panes.computeIfAbsent(windows.panes(), any -> new PaneRuns(windows));
        runs.serve(windows);
        return runs;
    }
}
