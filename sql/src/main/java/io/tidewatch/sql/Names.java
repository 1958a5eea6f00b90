package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * How names in a query find what they name: upper and lower case are the same, unless two columns differ in case alone, and
 * then the one that is written exactly is meant.
 */
final class Names implements SqlNameMatcher {
    static final Names MATCHER = new Names();

    private Names() {}

    /** The name among {@code candidates} that is meant, or {@code null} if there is none. */
    static @Nullable String find(List<String> candidates, String name) {
        String found = null;
        for (String candidate : candidates) {
            if (candidate.equals(name)) {
                return candidate;
            }
            if (candidate.equalsIgnoreCase(name)) {
                found = candidate;
            }
        }
        return found;
    }

    @Override
    public boolean isCaseSensitive() {
        return false;
    }

    @Override
    public boolean matches(String candidate, String name) {
        return candidate.equalsIgnoreCase(name);
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite is not annotated; absent is null there.
    public <K extends List<String>, V> V get(
            Map<K, V> map, List<String> prefixNames, List<String> names) {
        List<String> wanted = new ArrayList<>(prefixNames);
        wanted.addAll(names);
        for (Map.Entry<K, V> entry : map.entrySet()) {
            if (matches(entry.getKey(), wanted)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static boolean matches(List<String> key, List<String> wanted) {
        if (key.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < key.size(); i++) {
            if (!key.get(i).equalsIgnoreCase(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String bestString() {
        return "";
    }

    @Override
    public @Nullable RelDataTypeField field(RelDataType rowType, String fieldName) {
        RelDataTypeField found = null;
        for (RelDataTypeField field : rowType.getFieldList()) {
            if (field.getName().equals(fieldName)) {
                return field;
            }
            if (found == null && field.getName().equalsIgnoreCase(fieldName)) {
                found = field;
            }
        }
        return found;
    }

    @Override
    public int frequency(Iterable<String> names, String name) {
        int exact = 0;
        int similar = 0;
        for (String candidate : names) {
            exact += candidate.equals(name) ? 1 : 0;
            similar += candidate.equalsIgnoreCase(name) ? 1 : 0;
        }
        return exact > 0 ? exact : similar;
    }

    @Override
    public Set<String> createSet() {
        return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    }
}
