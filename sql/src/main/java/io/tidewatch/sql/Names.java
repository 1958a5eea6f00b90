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
 * How names in a query find what they name: upper and lower case are the same, unless two columns of what is read differ in
 * case alone; then names are meant as they are written.
 */
final class Names implements SqlNameMatcher {
    static final Names ANY_CASE = new Names(false);
    static final Names AS_WRITTEN = new Names(true);

    private final boolean asWritten;

    private Names(boolean asWritten) {
        this.asWritten = asWritten;
    }

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
        return asWritten;
    }

    @Override
    public boolean matches(String candidate, String name) {
        return asWritten ? candidate.equals(name) : candidate.equalsIgnoreCase(name);
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

    private boolean matches(List<String> key, List<String> wanted) {
        if (key.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < key.size(); i++) {
            if (!matches(key.get(i), wanted.get(i))) {
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
        for (RelDataTypeField field : rowType.getFieldList()) {
            if (matches(field.getName(), fieldName)) {
                return field;
            }
        }
        return null;
    }

    @Override
    public int frequency(Iterable<String> names, String name) {
        int count = 0;
        for (String candidate : names) {
            count += matches(candidate, name) ? 1 : 0;
        }
        return count;
    }

    @Override
    public Set<String> createSet() {
        return asWritten ? new TreeSet<>() : new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    }
}
