package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateInput;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.state.KeyTable;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows into aggregates per unit and key.
 *
 * <p>All units of an epoch share one table, in which the number of the unit is the salt of the key: so a batch whose rows
 * fall into many panes is still folded column by column.
 */
final class PartialAggregation extends PartialLink {
    private final GroupLayout layout;
    private final Aggregation aggregation;
    private final UnitAssigner units;
    private final KeyTable keys = new KeyTable();
    private final Accumulators[] accumulators;
    private final List<KeyEncoder> encoders;
    private final ByteWriter encoded = new ByteWriter(1024);
    private int[] slots = new int[0];

    PartialAggregation(int link, List<LinkInput> inputs, GroupLayout layout, SideOutput side) {
        super(link, inputs, side);
        this.layout = layout;
        this.aggregation = layout.aggregation();
        this.units = new UnitAssigner(link, aggregation.windowing(), side);
        this.accumulators = GroupTable.create(layout.calls());
        this.encoders = layout.keyEncoders();
    }

    @Override
    public void accept(
            int inputNumber,
            @Nullable TimeSpec time,
            SourceRows rows,
            Selection selection,
            Evaluation evaluation) {
        LinkInput input = input(inputNumber);
        evaluation.beginScope();
        Selection passing =
                input.filter() == null ? selection : evaluation.filter(input.filter(), selection);
        Column[] keyColumns = new Column[aggregation.keyCount()];
        for (int i = 0; i < keyColumns.length; i++) {
            keyColumns[i] = evaluation.column(input.columns().get(i), passing);
        }
        LongColumn times = aggregation.timeColumn() < 0
                ? new LongColumn(rows.rowCount(), rows.eventTimes(), null)
                : (LongColumn)
                        evaluation.column(input.columns().get(aggregation.timeColumn()), passing);
        List<Folding> foldings = new ArrayList<>();
        addAsked(input, passing, evaluation, foldings);
        addListed(input, passing, evaluation, foldings);
        Selection sound = setAside(evaluation.endScope(), rows, passing);
        units.assign(time, rows, times, sound);
        addHidden(rows, times, foldings);
        fold(units.inPanes(), units.unitOfRow(), keyColumns, foldings, rows);
        for (int i = 0; i < units.strayCount(); i++) {
            int row = units.strayRow(i);
            units.unitOfRow()[row] = units.strayUnit(i);
            fold(Selection.of(new int[] {row}, 1), units.unitOfRow(), keyColumns, foldings, rows);
        }
    }

    @Override
    public void incomplete(IncompleteWindow missing) {
        units.incomplete(missing);
    }

    @Override
    public void flush(Exchange exchange) {
        int unitCount = units.count();
        int bucketCount = exchange.destinationCount() * unitCount;
        int[] ends = new int[bucketCount + 1];
        for (int slot = 0; slot < keys.size(); slot++) {
            ends[bucket(exchange, slot, unitCount) + 1]++;
        }
        for (int i = 0; i < bucketCount; i++) {
            ends[i + 1] += ends[i];
        }
        int[] order = new int[keys.size()];
        int[] next = ends.clone();
        for (int slot = 0; slot < keys.size(); slot++) {
            order[next[bucket(exchange, slot, unitCount)]++] = slot;
        }
        // A unit goes to every worker, also without keys: the positions of a window are those of
        // all its rows, and what it lacks it lacks everywhere.
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            ByteWriter out = exchange.writer(link(), bucket / unitCount);
            units.writeHeader(bucket % unitCount, out);
            out.writeVarLong(ends[bucket + 1] - ends[bucket]);
            for (int i = ends[bucket]; i < ends[bucket + 1]; i++) {
                GroupTable.writeEntry(keys, accumulators, order[i], out);
            }
        }
        for (int slot = 0; slot < keys.size(); slot++) {
            for (Accumulators each : accumulators) {
                each.clear(slot);
            }
        }
        keys.clear();
        units.clear();
    }

    private int bucket(Exchange exchange, int slot, int unitCount) {
        return exchange.destination(keys.keyGroup(slot)) * unitCount + keys.salt(slot);
    }

    /**
     * What one call reads from the batch at hand.
     *
     * @param filtered the rows that pass the call's FILTER, absent if it has none
     */
    private record Folding(@Nullable Selection filtered, List<Column> arguments) {}

    private void addAsked(
            LinkInput input, Selection passing, Evaluation evaluation, List<Folding> foldings) {
        for (AggregateColumn aggregate : aggregation.aggregates()) {
            Selection filtered = aggregate.filter() < 0
                    ? null
                    : evaluation.filter(input.columns().get(aggregate.filter()), passing);
            List<Column> arguments = new ArrayList<>();
            for (int argument : aggregate.arguments()) {
                arguments.add(evaluation.column(
                        input.columns().get(argument), filtered == null ? passing : filtered));
            }
            foldings.add(new Folding(filtered, arguments));
        }
    }

    /** The projected rows, where the layout keeps them; their call comes after those of a session's times. */
    private void addListed(
            LinkInput input, Selection passing, Evaluation evaluation, List<Folding> foldings) {
        if (layout.listedRows() >= 0) {
            List<Column> columns = new ArrayList<>();
            for (Expression expression : input.columns()) {
                columns.add(evaluation.column(expression, passing));
            }
            foldings.add(new Folding(null, columns));
        }
    }

    /** The calls that the query does not know of, in the order of {@link GroupLayout}. */
    private void addHidden(SourceRows rows, LongColumn times, List<Folding> foldings) {
        if (layout.firstTime() >= 0) {
            foldings.add(new Folding(null, List.of(times)));
            foldings.add(new Folding(null, List.of(times)));
        }
        if (layout.latestPane() >= 0 && aggregation.windowing() instanceof Windowing.Grid grid) {
            long[] paneStarts = new long[rows.rowCount()];
            for (int row = 0; row < paneStarts.length; row++) {
                paneStarts[row] =
                        times.isNull(row) ? 0 : grid.windows().paneStart(times.value(row));
            }
            foldings.add(new Folding(
                    null, List.of(new LongColumn(paneStarts.length, paneStarts, null))));
        }
        if (layout.exemplars() >= 0) {
            foldings.add(new Folding(null, List.of()));
        }
        if (layout.positions() >= 0) {
            foldings.add(new Folding(null, List.of()));
        }
    }

    private void fold(
            Selection selection,
            int[] unitOfRow,
            Column[] keyColumns,
            List<Folding> foldings,
            SourceRows rows) {
        if (selection.isEmpty()) {
            return;
        }
        for (int set = 0; set < encoders.size(); set++) {
            List<Integer> groupingSet = aggregation.groupingSets().get(set);
            findSlots(
                    encoders.get(set),
                    groupingSet,
                    selection,
                    unitOfRow,
                    keyColumns,
                    rows.rowCount());
            for (int i = 0; i < accumulators.length; i++) {
                Folding folding = foldings.get(i);
                Selection folded = folding.filtered() == null
                        ? selection
                        : Selections.intersect(folding.filtered(), selection);
                accumulators[i].ensureSlots(keys.size());
                accumulators[i].accumulate(
                        new AggregateInput(rows.origins(), folding.arguments()), folded, slots);
            }
        }
    }

    /** Finds the slot of each row for one grouping set. */
    private void findSlots(
            KeyEncoder encoder,
            List<Integer> groupingSet,
            Selection selection,
            int[] unitOfRow,
            Column[] keyColumns,
            int rowCount) {
        if (slots.length < rowCount) {
            slots = new int[rowCount];
        }
        Column[] columns = new Column[groupingSet.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = keyColumns[groupingSet.get(i)];
        }
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            encoded.truncate(0);
            encoder.encode(columns, row, encoded);
            long hash = Hash.of(encoded.array(), 0, encoded.size());
            slots[row] = keys.slotOf(encoded.array(), 0, encoded.size(), hash, unitOfRow[row]);
        }
    }
}
