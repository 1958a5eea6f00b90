package io.tidewatch.sql;

import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** The catalog as the validator sees it: one flat name space of streams, reference tables and monitors. */
final class Relations {
    static final String WINDOW_START = "window_start";
    static final String WINDOW_END = "window_end";

    private final TypeFactory types;
    private final Map<String, Relation> byName = new LinkedHashMap<>();
    private final Set<String> unready;

    Relations(Catalog catalog, TypeFactory types) {
        this.types = types;
        this.unready = catalog.unready();
        catalog.streams()
                .forEach(stream -> add(new Relation(
                        Kind.STREAM,
                        stream.name(),
                        stream.schema(),
                        stream.timeField(),
                        null,
                        Map.of())));
        catalog.tables()
                .forEach(table -> add(new Relation(
                        Kind.TABLE, table.name(), table.schema(), -1, null, Map.of())));
        catalog.monitors()
                .forEach(monitor -> add(new Relation(
                        Kind.MONITOR,
                        monitor.name(),
                        monitor.shown(),
                        -1,
                        monitor,
                        monitor.divisions())));
    }

    private Relations(TypeFactory types) {
        this.types = types;
        this.unready = Set.of();
    }

    /** A catalog of one relation, for conditions over the columns of results. */
    static Relations ofRows(
            String name, Schema schema, Map<String, IntegerDivision> divisions, TypeFactory types) {
        Relations relations = new Relations(types);
        relations.add(new Relation(Kind.TABLE, name, schema, -1, null, divisions));
        return relations;
    }

    private void add(Relation relation) {
        byName.put(relation.name, relation);
    }

    /** The columns of a monitor as a stream: its own, then those of the window that are not among them. */
    static Schema withWindow(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        for (String name : List.of(WINDOW_START, WINDOW_END)) {
            if (schema.indexOf(name) < 0) {
                fields.add(new Field(name, Type.TIMESTAMP));
            }
        }
        return new Schema(fields);
    }

    /** The names of all relations. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The names of relations whose columns are not known. */
    Set<String> unready() {
        return unready;
    }

    /** The names of relations and of their columns, in lower case. */
    Set<String> allNames() {
        Set<String> names = new TreeSet<>();
        unready.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        byName.values().forEach(relation -> relation.addNames(names));
        return names;
    }

    /** The names of the relations that a query reads and of their columns, in lower case. */
    Set<String> namesIn(List<Token> query) {
        Set<String> read = NameQuoting.relations(query);
        Set<String> names = new TreeSet<>();
        for (String name : unready) {
            if (read.contains(name.toLowerCase(Locale.ROOT))) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        for (Relation relation : byName.values()) {
            if (read.contains(relation.name.toLowerCase(Locale.ROOT))) {
                relation.addNames(names);
            }
        }
        return names;
    }

    List<Relation> all() {
        return List.copyOf(byName.values());
    }

    /** @param words of the query, in lower case, among them the names of what it reads */
    CalciteCatalogReader reader(Set<String> words) {
        boolean asWritten = byName.values().stream()
                .filter(relation -> words.contains(relation.name.toLowerCase(Locale.ROOT)))
                .anyMatch(Relation::hasNamesThatDifferInCase);
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        byName.forEach(root::add);
        return new Reader(root, asWritten ? Names.AS_WRITTEN : Names.ANY_CASE, types);
    }

    /** What a relation is made of. */
    enum Kind {
        STREAM,
        TABLE,
        MONITOR
    }

    /** A relation that FROM may name. */
    static final class Relation extends AbstractTable {
        private final Kind kind;
        private final String name;
        private final Schema ownSchema;
        private final Schema schema;
        private final int timeField;
        private final Catalog.@Nullable Derived monitor;
        private final Map<String, IntegerDivision> divisions;

        Relation(
                Kind kind,
                String name,
                Schema ownSchema,
                int timeField,
                Catalog.@Nullable Derived monitor,
                Map<String, IntegerDivision> divisions) {
            this.kind = kind;
            this.name = name;
            this.ownSchema = ownSchema;
            this.schema = kind == Kind.MONITOR ? withWindow(ownSchema) : ownSchema;
            this.timeField = timeField;
            this.monitor = monitor;
            this.divisions = divisions;
        }

        /** Adds what it and its columns are called, in lower case. */
        private void addNames(Set<String> names) {
            names.add(name.toLowerCase(Locale.ROOT));
            schema.fields().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
        }

        Kind kind() {
            return kind;
        }

        String name() {
            return name;
        }

        /** The columns that a query sees. */
        Schema schema() {
            return schema;
        }

        /** The columns without those of the window that were added. */
        Schema ownSchema() {
            return ownSchema;
        }

        /** The monitor that the relation is. */
        Catalog.Derived monitor() {
            if (monitor == null) {
                throw new IllegalStateException("'" + name + "' is no monitor");
            }
            return monitor;
        }

        /** The field with the event time, or -1. */
        int timeField() {
            return timeField;
        }

        boolean hasNamesThatDifferInCase() {
            Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            return schema.fields().stream().anyMatch(field -> !seen.add(field.name()));
        }

        boolean windowed() {
            return monitor != null && monitor.windowed();
        }

        /** The divisions of integers that columns rest on. */
        Map<String, IntegerDivision> divisions() {
            return divisions;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            return ((TypeFactory) typeFactory).of(schema);
        }
    }

    private static final class Reader extends CalciteCatalogReader {
        Reader(CalciteSchema root, Names names, TypeFactory types) {
            super(
                    root,
                    names,
                    List.of(List.of()),
                    types,
                    new CalciteConnectionConfigImpl(properties()));
        }

        private static Properties properties() {
            Properties properties = new Properties();
            properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
            return properties;
        }
    }
}
