package io.tidewatch.server.suite;

import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.config.Instants;
import io.tidewatch.server.output.NamedValue;
import io.tidewatch.server.output.ResultRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares what came out with plain values from YAML. Doubles are equal within one part in a billion; times may be written in
 * any way that names them.
 */
final class Likeness {
    private static final double TOLERANCE = 1e-9;

    private Likeness() {}

    /** The columns of a result by name, key, values and the rest alike. */
    static Map<String, NamedValue> columns(ResultRow row) {
        Map<String, NamedValue> columns = new LinkedHashMap<>();
        put(columns, new NamedValue("window_start", Type.TIMESTAMP, row.windowStart()));
        put(columns, new NamedValue("window_end", Type.TIMESTAMP, row.windowEnd()));
        put(columns, new NamedValue("revision", Type.BIGINT, (long) row.revision()));
        put(columns, new NamedValue("final", Type.BOOLEAN, row.isFinal()));
        put(columns, new NamedValue("withdrawn", Type.BOOLEAN, row.withdrawn()));
        put(columns, new NamedValue("overflow", Type.BOOLEAN, row.overflow()));
        put(columns, new NamedValue("approximate", Type.BOOLEAN, row.approximate()));
        put(columns, new NamedValue("incomplete", Type.BOOLEAN, row.incomplete()));
        row.key().forEach(value -> put(columns, value));
        row.values().forEach(value -> put(columns, value));
        return columns;
    }

    static Map<String, NamedValue> columns(List<NamedValue> values) {
        Map<String, NamedValue> columns = new LinkedHashMap<>();
        values.forEach(value -> put(columns, value));
        return columns;
    }

    private static void put(Map<String, NamedValue> columns, NamedValue value) {
        columns.put(value.name(), value);
    }

    /** The names of the expected columns that are missing or differ. */
    static List<String> differences(
            Map<String, @Nullable Object> expected, Map<String, NamedValue> actual) {
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> column : expected.entrySet()) {
            NamedValue value = actual.get(column.getKey());
            if (value == null || !isLike(column.getValue(), value)) {
                different.add(column.getKey());
            }
        }
        return different;
    }

    static boolean isLike(@Nullable Object expected, NamedValue named) {
        Object actual = named.value();
        if (expected == null || actual == null) {
            return expected == null && actual == null;
        }
        if (named.type().kind() == TypeKind.TIMESTAMP) {
            OptionalLong time = Instants.parse(expected.toString());
            return time.isPresent() && actual.equals(time.getAsLong())
                    || expected.toString().equals(Timestamps.format((Long) actual));
        }
        if (actual instanceof Double number) {
            return isNear(expected, number);
        }
        if (actual instanceof Number && expected instanceof Number) {
            return new BigDecimal(actual.toString()).compareTo(new BigDecimal(expected.toString()))
                    == 0;
        }
        return actual.toString().equals(expected.toString());
    }

    private static boolean isNear(Object expected, double actual) {
        double wanted;
        try {
            wanted = Double.parseDouble(expected.toString());
        } catch (NumberFormatException e) {
            return false;
        }
        double size = Math.max(Math.abs(wanted), Math.abs(actual));
        return wanted == actual
                || (Double.isNaN(wanted) && Double.isNaN(actual))
                || Math.abs(wanted - actual) <= TOLERANCE * size;
    }
}
