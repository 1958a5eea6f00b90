package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes joined rows of a source's rows: repeats them per window of an expansion, then joins them to reference tables. Links
 * whose inputs agree on both share it.
 */
public final class JoinedRows {
    private final @Nullable Expansion expansion;
    private final List<Lookup> lookups;
    private final List<ReferenceTable> tables = new ArrayList<>();
    private final List<List<LookupIndex>> indexes = new ArrayList<>();
    private final Evaluation evaluation = new Evaluation();
    private int[] sourceRows = new int[0];
    private int[] tableRows = new int[0];
    private int count;

    public JoinedRows(
            @Nullable Expansion expansion,
            List<Lookup> lookups,
            Map<String, ReferenceTable> tables) {
        this.expansion = expansion;
        this.lookups = lookups;
        for (Lookup lookup : lookups) {
            ReferenceTable table = tables.get(lookup.table());
            if (table == null) {
                throw new IllegalArgumentException("no reference table '" + lookup.table() + "'");
            }
            this.tables.add(table);
            this.indexes.add(table.versions().stream()
                    .map(version -> new LookupIndex(version.rows(), lookup.tableColumns()))
                    .toList());
        }
    }

    /** Whether joined rows are the source's rows as they are. */
    public boolean isIdentity() {
        return expansion == null && lookups.isEmpty();
    }

    /** What failed in the expressions of expansions and look-ups, by row of what was joined so far. */
    public interface FailureSink {
        void failed(SourceRows rows, Failures failures);
    }

    /** The joined rows of the selected rows; all of them count. */
    public SourceRows join(SourceRows rows, Selection selection, FailureSink failureSink) {
        SourceRows joined = rows;
        Selection chosen = selection;
        if (expansion != null) {
            joined = expand(expansion, joined, chosen, failureSink);
            chosen = Selection.all(joined.rowCount());
        }
        for (int i = 0; i < lookups.size(); i++) {
            joined = lookUp(i, joined, chosen, failureSink);
            chosen = Selection.all(joined.rowCount());
        }
        return joined;
    }

    private SourceRows expand(
            Expansion expanded, SourceRows rows, Selection selection, FailureSink failureSink) {
        evaluation.start(rows.batch());
        evaluation.beginScope();
        LongColumn times = (LongColumn) evaluation.column(expanded.time(), selection);
        Selection sound = reported(evaluation.endScope(), rows, selection, failureSink);
        Windows windows = expanded.windows();
        count = 0;
        long[] ends = new long[Math.max(16, sound.size())];
        for (int i = 0; i < sound.size(); i++) {
            int row = sound.row(i);
            if (times.isNull(row) || !windows.contains(times.value(row))) {
                continue;
            }
            long last = windows.lastEnd(times.value(row));
            for (long end = windows.firstEnd(times.value(row));
                    end <= last;
                    end = windows.nextEnd(end)) {
                add(row, 0);
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
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        addSource(rows, fields, columns);
        fields.add(new Field("$" + fields.size(), Type.TIMESTAMP));
        columns.add(new LongColumn(count, starts, null));
        fields.add(new Field("$" + fields.size(), Type.TIMESTAMP));
        columns.add(new LongColumn(count, ends, null));
        return rows.gather(batch(fields, columns), sourceRows);
    }

    private SourceRows lookUp(
            int number, SourceRows rows, Selection selection, FailureSink failureSink) {
        Lookup lookup = lookups.get(number);
        evaluation.start(rows.batch());
        evaluation.beginScope();
        Column[] keys = new Column[lookup.keys().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = evaluation.column(lookup.keys().get(i), selection);
        }
        KeyEncoder encoder = new KeyEncoder(
                0, 0, lookup.keys().stream().map(Expression::type).toList());
        Selection sound = reported(evaluation.endScope(), rows, selection, failureSink);
        ReferenceTable table = tables.get(number);
        count = 0;
        ByteWriter encoded = new ByteWriter(64);
        int[] bases = bases(table);
        for (int i = 0; i < sound.size(); i++) {
            int row = sound.row(i);
            int version = versionAt(table, rows.eventTimes()[row]);
            int match = -1;
            if (version >= 0 && !LookupIndex.hasNull(keys, row)) {
                LookupIndex index = indexes.get(number).get(version);
                encoded.truncate(0);
                encoder.encode(keys, row, encoded);
                match = index.first(encoded.array(), encoded.size());
                for (int next = match; next >= 0; next = index.next(next)) {
                    add(row, bases[version] + next);
                }
            }
            if (match < 0 && lookup.keepsUnmatched()) {
                add(row, -1);
            }
        }
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        addSource(rows, fields, columns);
        addTable(table, fields, columns);
        return rows.gather(batch(fields, columns), sourceRows);
    }

    private static Selection reported(
            Failures failures, SourceRows rows, Selection selection, FailureSink failureSink) {
        if (failures.size() == 0) {
            return selection;
        }
        failureSink.failed(rows, failures);
        return failures.without(selection);
    }

    private void add(int sourceRow, int tableRow) {
        if (count == sourceRows.length) {
            int capacity = Math.max(16, 2 * count);
            sourceRows = Arrays.copyOf(sourceRows, capacity);
            tableRows = Arrays.copyOf(tableRows, capacity);
        }
        sourceRows[count] = sourceRow;
        tableRows[count++] = tableRow;
    }

    private Batch batch(List<Field> fields, List<Column> columns) {
        return new Batch(new Schema(fields), count, columns.toArray(new Column[0]));
    }

    private void addSource(SourceRows rows, List<Field> fields, List<Column> columns) {
        Schema schema = rows.batch().schema();
        for (int i = 0; i < schema.size(); i++) {
            fields.add(new Field("$" + i, schema.field(i).type()));
            columns.add(
                    rows.batch().has(i)
                            ? Gather.of(rows.batch().column(i), sourceRows, count)
                            : null);
        }
    }

    private void addTable(ReferenceTable table, List<Field> fields, List<Column> columns) {
        for (int i = 0; i < table.schema().size(); i++) {
            fields.add(new Field("$" + fields.size(), table.schema().field(i).type()));
            int column = i;
            List<Column> parts = table.versions().stream()
                    .map(version -> version.rows().column(column))
                    .toList();
            columns.add(Gather.of(
                    Gather.concat(table.schema().field(i).type(), parts), tableRows, count));
        }
    }

    private static int[] bases(ReferenceTable table) {
        int[] bases = new int[table.versions().size()];
        for (int i = 1; i < bases.length; i++) {
            bases[i] = bases[i - 1] + table.versions().get(i - 1).rows().rowCount();
        }
        return bases;
    }

    private static int versionAt(ReferenceTable table, long eventTime) {
        int version = table.versions().size() - 1;
        while (version >= 0 && table.versions().get(version).effectiveFrom() > eventTime) {
            version--;
        }
        return version;
    }
}
