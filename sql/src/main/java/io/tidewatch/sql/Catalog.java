package io.tidewatch.sql;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.TypeKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a query may name in FROM. Names of streams, reference tables and monitors differ in more than case.
 *
 * @param unready the names of what is declared, but has columns that are not known (yet); a query that reads it is refused
 *     with {@link QueryException#unready}
 */
public record Catalog(
        List<Stream> streams, List<Table> tables, List<Derived> monitors, Set<String> unready) {
    public Catalog {
        streams = List.copyOf(streams);
        tables = List.copyOf(tables);
        monitors = List.copyOf(monitors);
        unready = Collections.unmodifiableSet(new LinkedHashSet<>(unready));
        Set<String> names = new LinkedHashSet<>();
        streams.forEach(stream -> unique(names, stream.name()));
        tables.forEach(table -> unique(names, table.name()));
        monitors.forEach(monitor -> unique(names, monitor.name()));
    }

    /** A catalog of relations whose columns are all known. */
    public Catalog(List<Stream> streams, List<Table> tables, List<Derived> monitors) {
        this(streams, tables, monitors, Set.of());
    }

    private static void unique(Set<String> names, String name) {
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + name + "' is declared twice");
        }
    }

    /**
     * A declared stream.
     *
     * @param timeField the field of {@code schema} that holds the event time
     */
    public record Stream(String name, Schema schema, int timeField) {
        public Stream {
            requireNonNull(name, "name");
            if (schema.field(timeField).type().kind() != TypeKind.TIMESTAMP) {
                throw new IllegalArgumentException(
                        "timeField: " + schema.field(timeField) + " (expected: a TIMESTAMP)");
            }
        }
    }

    /** A reference table. */
    public record Table(String name, Schema schema) {
        public Table {
            requireNonNull(name, "name");
            requireNonNull(schema, "schema");
        }
    }

    /**
     * The results of an earlier monitor as a stream. A query sees its columns and {@code window_start} and {@code
     * window_end}, unless a column has that name.
     *
     * @param schema the monitor's columns, those first that a query sees: {@code MonitorPlan.rowSchema()}
     * @param hidden how many of the last columns are parts of the key that no query sees
     * @param key where the key stands in {@code schema}
     * @param windowed whether its rows have windows
     * @param divisions the divisions of integers that columns rest on, by the names of the columns
     */
    public record Derived(
            String name,
            Schema schema,
            int hidden,
            KeyPlaces key,
            boolean windowed,
            Map<String, IntegerDivision> divisions) {
        public Derived {
            requireNonNull(name, "name");
            requireNonNull(schema, "schema");
            requireNonNull(key, "key");
            divisions = Collections.unmodifiableMap(new LinkedHashMap<>(divisions));
        }

        /** The results of a monitor's query. */
        public static Derived of(String name, CompiledQuery query) {
            Schema schema = query.fullSchema();
            return new Derived(
                    name,
                    schema,
                    schema.size() - query.rowSchema().size(),
                    query.keyPlaces(),
                    query.windowed(),
                    query.divisions());
        }

        /** The columns that a query sees. */
        Schema shown() {
            return new Schema(schema.fields().subList(0, schema.size() - hidden));
        }
    }
}
