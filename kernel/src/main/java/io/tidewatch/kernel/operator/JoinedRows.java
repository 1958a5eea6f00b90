package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.ArrayPool;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes joined rows of a source's rows: repeats them per window of an expansion, then joins them to reference tables. Links
 * whose inputs agree on both share it.
 */
public final class JoinedRows {
    private static final List<Field> WINDOW_FIELDS = List.of(
            new Field("window_start", Type.TIMESTAMP), new Field("window_end", Type.TIMESTAMP));

    private final @Nullable Expansion expansion;
    private final List<Lookup> lookups;
    private final TableVersions tables;
    private final Evaluation evaluation = new Evaluation();
    /** The columns of the joined row that an input reads; others are left out when no look-up needs them. */
    private final BitSet readAlways = new BitSet();

    /** Likewise, where filters are not answered yet. */
    private final BitSet readWithFilters = new BitSet();

    private BitSet read = readWithFilters;
    /** Per joined row the row of the source that it is made of. */
    private int @Nullable [] origins;

    private int[] sourceRows = new int[0];
    private int[] tableRows = new int[0];
    /** Per joined row the place of the version that it was found in. */
    private int[] places = new int[0];

    private int count;
    /** The least and the greatest place of a version that a row was found in; the other way round if none was. */
    private int leastPlace;

    private int greatestPlace;
    /** One per expansion and look-up. */
    private final List<Step> steps = new ArrayList<>();

    /** What a step keeps from one batch to the next. */
    private static final class Step {
        /** The arrays of what it joins, which is read until the next batch. */
        private final ArrayPool pool = new ArrayPool();

        /** The columns that later look-ups read. */
        private final BitSet keysAfter;

        private final LookupKeys keys = new LookupKeys();
        private @Nullable Schema source;
        private @Nullable Schema joined;

        Step(BitSet keysAfter) {
            this.keysAfter = keysAfter;
        }

        /** The schema of the source with fields added: of their own names, or if those are taken, of some much like them. */
        Schema schema(Schema from, List<Field> added) {
            if (joined == null || source != from) {
                List<Field> fields = new ArrayList<>(from.fields());
                added.forEach(field -> fields.add(field(field.name(), field.type(), fields)));
                source = from;
                joined = new Schema(fields);
            }
            return joined;
        }
    }

    public JoinedRows(@Nullable Expansion expansion, List<Lookup> lookups, TableVersions tables) {
        this.expansion = expansion;
        this.lookups = lookups;
        this.tables = tables;
        lookups.forEach(lookup -> tables.of(lookup.table()).indexBy(lookup.tableColumns()));
    }

    /** Adds an input that reads the joined rows, before the first rows. */
    public void add(LinkInput input) {
        if (input.filter() != null) {
            input.filter().forEachColumn(readWithFilters::set);
        }
        input.columns().forEach(column -> column.forEachColumn(this::reads));
    }

    private void reads(int column) {
        readAlways.set(column);
        readWithFilters.set(column);
    }

    /** Whether joined rows are the source's rows as they are. */
    public boolean isIdentity() {
        return expansion == null && lookups.isEmpty();
    }

    /** What failed in expansions and look-ups, by row of what was joined so far. */
    public interface FailureSink {
        /** Expressions of some rows failed. */
        void failed(SourceRows rows, Failures failures);

        /** A row failed. */
        void failed(SourceRows rows, int row, ErrorCode code, String reason);
    }

    /**
     * The joined rows of the selected rows; all of them count.
     *
     * @param answered whether it is known what the filters of all inputs say, which then have no columns to read
     */
    public SourceRows join(
            SourceRows rows, Selection selection, boolean answered, FailureSink failureSink) {
        read = answered ? readAlways : readWithFilters;
        origins = null;
        SourceRows joined = rows;
        Selection chosen = selection;
        int step = 0;
        if (expansion != null) {
            joined = expand(step(step++), expansion, joined, chosen, failureSink);
        }
        for (int i = 0; i < lookups.size(); i++) {
            if (step > 0) {
                chosen = Selection.all(joined.rowCount());
            }
            joined = lookUp(step(step++), lookups.get(i), joined, chosen, failureSink);
        }
        return joined;
    }

    private Step step(int number) {
        if (number == steps.size()) {
            BitSet keys = new BitSet();
            int next = expansion == null ? number + 1 : number;
            for (Lookup lookup : lookups.subList(next, lookups.size())) {
                lookup.keys().forEach(key -> key.forEachColumn(keys::set));
            }
            steps.add(new Step(keys));
        }
        return steps.get(number);
    }

    /** Whether a column is read behind a step. */
    private boolean isRead(Step step, int column) {
        return read.get(column) || step.keysAfter.get(column);
    }

    /** For each row that was joined last the row of the source that it is made of; until the next batch. */
    int[] origins() {
        return requireNonNull(origins, "origins");
    }

    private SourceRows gathered(Step step, SourceRows rows, Batch batch, int tableColumn) {
        int[] chosen = step.pool.ints();
        int[] before = origins;
        for (int i = 0; i < count; i++) {
            chosen[i] = before == null ? sourceRows[i] : before[sourceRows[i]];
        }
        origins = chosen;
        return rows.gather(batch, sourceRows, tableColumn, step.pool);
    }

    private SourceRows expand(
            Step step,
            Expansion expanded,
            SourceRows rows,
            Selection selection,
            FailureSink failureSink) {
        evaluation.start(rows.batch());
        evaluation.beginScope();
        LongColumn times = (LongColumn) evaluation.column(expanded.time(), selection);
        Selection sound = reported(evaluation.endScope(), rows, selection, failureSink);
        Windows windows = expanded.windows();
        count = 0;
        long[] ends = new long[Math.max(16, sound.size())];
        for (int i = 0; i < sound.size(); i++) {
            int row = sound.row(i);
            if (!isInWindows(windows, times, rows, row, failureSink)) {
                continue;
            }
            long last = windows.lastEnd(times.value(row));
            for (long end = windows.firstEnd(times.value(row));
                    end <= last;
                    end = windows.nextEnd(end)) {
                add(row, 0, 0);
                if (count > ends.length) {
                    ends = Arrays.copyOf(ends, 2 * ends.length);
                }
                ends[count - 1] = end;
            }
        }
        long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = windows.startOf(ends[i]);
        }
        step.pool.reset(count);
        Schema source = rows.batch().schema();
        Schema schema = step.schema(source, WINDOW_FIELDS);
        @Nullable Column[] columns = source(step, rows, schema);
        columns[source.size()] = new LongColumn(count, starts, null);
        columns[source.size() + 1] = new LongColumn(count, ends, null);
        Batch batch = new Batch(schema, count, columns);
        return gathered(step, rows, batch, Integer.MAX_VALUE);
    }

    /** Whether windows hold a row; reports it if they do, but not all are within the range of event times. */
    private static boolean isInWindows(
            Windows windows, LongColumn times, SourceRows rows, int row, FailureSink failureSink) {
        if (times.isNull(row)) {
            return false;
        }
        if (!windows.isWithinRange(times.value(row))) {
            failureSink.failed(
                    rows, row, ErrorCode.FUNCTION_ARGUMENT_INVALID, UnitAssigner.WINDOW_OUTSIDE);
            return false;
        }
        return windows.contains(times.value(row));
    }

    private SourceRows lookUp(
            Step step,
            Lookup lookup,
            SourceRows rows,
            Selection selection,
            FailureSink failureSink) {
        evaluation.start(rows.batch());
        evaluation.beginScope();
        Column[] keys = step.keys.columns(lookup.keys().size());
        for (int i = 0; i < keys.length; i++) {
            keys[i] = evaluation.column(lookup.keys().get(i), selection);
        }
        Selection sound = reported(evaluation.endScope(), rows, selection, failureSink);
        step.keys.turnTo(sound, rows.rowCount());
        TableVersions.Table table = tables.of(lookup.table());
        match(lookup, table, rows, sound, step.keys);
        step.pool.reset(count);
        Schema source = rows.batch().schema();
        Schema schema = step.schema(source, table.schema().fields());
        @Nullable Column[] columns = source(step, rows, schema);
        addTable(step, table, columns, source.size());
        Batch batch = new Batch(schema, count, columns);
        return gathered(step, rows, batch, source.size());
    }

    private void match(
            Lookup lookup,
            TableVersions.Table table,
            SourceRows rows,
            Selection sound,
            LookupKeys keys) {
        count = 0;
        leastPlace = Integer.MAX_VALUE;
        greatestPlace = -1;
        // Rows that follow one another are nearly always looked up in the same version.
        int from = 0;
        while (from < sound.size()) {
            int place = table.placeAt(lookupTime(rows, sound.row(from)));
            int to = from + 1;
            while (to < sound.size() && table.isAt(place, lookupTime(rows, sound.row(to)))) {
                to++;
            }
            if (place >= 0) {
                LookupIndex index = table.version(place).index(lookup.tableColumns());
                int[] found = index.find(keys, sound, from, to);
                for (int i = from; i < to; i++) {
                    addMatches(index, found[i], sound.row(i), place, lookup.keepsUnmatched());
                }
            } else if (lookup.keepsUnmatched()) {
                for (int i = from; i < to; i++) {
                    add(sound.row(i), -1, place);
                }
            }
            from = to;
        }
    }

    private long lookupTime(SourceRows rows, int row) {
        return tables.lookupTime(rows.eventTimes()[row], rows.watermarks()[row]);
    }

    /** Adds a row once per row of the table with its key, of which {@code first} is the first, or −1. */
    private void addMatches(
            LookupIndex index, int first, int row, int place, boolean keepsUnmatched) {
        if (first >= 0) {
            leastPlace = Math.min(leastPlace, place);
            greatestPlace = Math.max(greatestPlace, place);
            for (int match = first; match >= 0; match = index.next(match)) {
                add(row, match, place);
            }
        } else if (keepsUnmatched) {
            add(row, -1, place);
        }
    }

    private static Selection reported(
            Failures failures, SourceRows rows, Selection selection, FailureSink failureSink) {
        if (failures.size() == 0) {
            return selection;
        }
        failureSink.failed(rows, failures);
        return failures.without(selection);
    }

    private void add(int sourceRow, int tableRow, int place) {
        if (count == sourceRows.length) {
            int capacity = Math.max(16, 2 * count);
            sourceRows = Arrays.copyOf(sourceRows, capacity);
            tableRows = Arrays.copyOf(tableRows, capacity);
            places = Arrays.copyOf(places, capacity);
        }
        sourceRows[count] = sourceRow;
        places[count] = place;
        tableRows[count++] = tableRow;
    }

    /** The columns of a schema, of which those of the source are there. */
    private @Nullable Column[] source(Step step, SourceRows rows, Schema schema) {
        @Nullable Column[] columns = new @Nullable Column[schema.size()];
        Batch batch = rows.batch();
        for (int i = 0; i < batch.schema().size(); i++) {
            if (isRead(step, i) && batch.has(i)) {
                columns[i] = Gather.of(batch.column(i), sourceRows, count, step.pool);
            }
        }
        return columns;
    }

    /** Adds the columns of a table from a place on. */
    private void addTable(
            Step step, TableVersions.Table table, @Nullable Column[] columns, int from) {
        for (int i = 0; i < table.schema().size(); i++) {
            if (isRead(step, from + i)) {
                columns[from + i] = ofTable(step, table, i);
            }
        }
    }

    private Column ofTable(Step step, TableVersions.Table table, int column) {
        Type type = table.schema().field(column).type();
        if (leastPlace > greatestPlace) {
            Column none = ColumnBuilder.of(type, 0).build();
            return Gather.of(none, tableRows, count, step.pool);
        }
        if (leastPlace == greatestPlace) {
            Column only = table.version(leastPlace).rows().column(column);
            return Gather.of(only, tableRows, count, step.pool);
        }
        List<Column> parts = new ArrayList<>();
        for (int place = 0; place <= greatestPlace; place++) {
            parts.add(table.version(place).rows().column(column));
        }
        return Gather.ofParts(type, parts, places, tableRows, count);
    }

    /** A field for messages: of its own name, or if that is taken, of one much like it. */
    private static Field field(String name, Type type, List<Field> others) {
        String free = name;
        for (int i = 2; isTaken(free, others); i++) {
            free = name + "_" + i;
        }
        return new Field(free, type);
    }

    private static boolean isTaken(String name, List<Field> fields) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }
}
