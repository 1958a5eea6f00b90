package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.expression.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dictionaries of the keys by which rows of one source, joined alike, are grouped. */
public final class KeyDictionaries {
    private final Map<Grouping, KeyDictionary> dictionaries = new LinkedHashMap<>();

    private record Grouping(List<Expression> columns, long groupingId) {}

    /** The dictionary of keys of these columns, whose encoder is that of all of equal columns and grouping. */
    KeyDictionary of(List<Expression> columns, long groupingId, KeyEncoder encoder) {
        return dictionaries.computeIfAbsent(
                new Grouping(List.copyOf(columns), groupingId), any -> new KeyDictionary(encoder));
    }
}
