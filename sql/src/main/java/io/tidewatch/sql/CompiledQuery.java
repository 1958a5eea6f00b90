package io.tidewatch.sql;

import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.plan.StreamPlan;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A query as links of the kernel.
 *
 * @param links in an order in which every link comes after those it reads
 * @param branches the links whose rows are the results, one per branch of a UNION ALL at the top
 * @param constants streams for the rows of VALUES; their names, which no declared stream can have, are unique within the
 *     query alone
 * @param streams the declared streams that are read
 * @param tables the reference tables that are read
 * @param monitors the monitors whose results are read
 * @param keyPlaces where the key stands in the rows
 * @param divisions the divisions of integers that columns of the results rest on, by the names of the columns
 * @param warnings what is probably not meant
 */
public record CompiledQuery(
        List<Link> links,
        List<Integer> branches,
        List<StreamPlan> constants,
        Set<String> streams,
        Set<String> tables,
        Set<String> monitors,
        KeyPlaces keyPlaces,
        Map<String, IntegerDivision> divisions,
        List<Warning> warnings) {
    public CompiledQuery {
        links = List.copyOf(links);
        branches = List.copyOf(branches);
        constants = List.copyOf(constants);
        streams = Collections.unmodifiableSet(new TreeSet<>(streams));
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
        monitors = Collections.unmodifiableSet(new TreeSet<>(monitors));
        divisions = Collections.unmodifiableMap(new LinkedHashMap<>(divisions));
        warnings = List.copyOf(warnings);
    }

    /** The columns of the results, without those of the window, and without parts of the key that are not selected. */
    public Schema rowSchema() {
        return links.get(branches.get(0)).output().shownSchema();
    }

    /** The columns of the rows that others read: those of the results, then parts of the key that are not selected. */
    Schema fullSchema() {
        return links.get(branches.get(0)).schema();
    }

    /**
     * The rows that conditions are over: the columns, then parts of the key that are not selected, then the window's start and
     * end.
     */
    public Schema conditionSchema() {
        return links.get(branches.get(0)).output().schemaWithWindow();
    }

    /** The columns of {@link #conditionSchema()} that can be read: all but the numbers that Tidewatch adds to the key. */
    List<Integer> readableInConditions() {
        int shown = rowSchema().size();
        List<Integer> readable = new ArrayList<>();
        for (int i = 0; i < conditionSchema().size(); i++) {
            if (i < shown || i != keyPlaces.branch() && i != keyPlaces.groupingId()) {
                readable.add(i);
            }
        }
        return readable;
    }

    /** The key of the results; empty where it is that of an earlier link. */
    public List<OutputColumn> key() {
        return links.get(branches.get(0)).output().key();
    }

    /** Whether the results have windows; otherwise they are rows at an event time. */
    public boolean windowed() {
        return !(links.get(branches.get(0)).shape() instanceof Rows rows) || rows.keepsWindow();
    }
}
