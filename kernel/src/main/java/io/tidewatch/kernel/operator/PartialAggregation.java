package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateInput;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.state.KeyTable;
import io.tidewatch.kernel.state.PairTable;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows into aggregates per unit and key.
 *
 * <p>All units of an epoch share one table of groups, by the number of the key and of the unit: so a batch whose rows fall
 * into many panes is still folded column by column. The numbers of keys are shared with other aggregations.
 */
final class PartialAggregation extends PartialLink {
    private final int channel;
    private final GroupLayout layout;
    private final Aggregation aggregation;
    private final UnitAssigner units;
    /** Per input and grouping set the dictionary of its keys. */
    private final KeyDictionary[][] dictionaries;

    /** Slots by number of the key and {@link #salt}. */
    private final PairTable groups = new PairTable();

    private final Accumulators[] accumulators;
    private final List<KeyEncoder> encoders;
    /** How many inputs times grouping sets there are. */
    private final int placeCount;
    /** The values of the keys in the batch at hand; likewise what each of the {@link #accumulators} reads of it. */
    private final Column[] keyColumns;

    private final Folding[] foldings;
    /** Per grouping set those of the {@link #keyColumns} that it has. */
    private final Column[][] columnsOfSet;

    private boolean holds;
    private int[] slots = new int[0];

    /**
     * @param channel brings what all links have; what only one of them has goes by the channel of its number
     * @param windowings of each link, with the same panes
     * @param layout that of each link, except for the windowing
     */
    PartialAggregation(
            int channel,
            List<Integer> links,
            List<Windowing> windowings,
            List<LinkInput> inputs,
            GroupLayout layout,
            SideOutput side) {
        super(links, inputs, side);
        this.channel = channel;
        this.layout = layout;
        this.aggregation = layout.aggregation();
        this.units = new UnitAssigner(links, windowings, inputs.size(), side);
        this.accumulators = GroupTable.create(layout.calls());
        this.encoders = layout.keyEncoders();
        this.placeCount = inputs.size() * encoders.size();
        this.keyColumns = new Column[aggregation.keyCount()];
        this.foldings = layout.calls().stream()
                .map(call -> new Folding(call.argumentTypes().size()))
                .toArray(Folding[]::new);
        this.columnsOfSet = aggregation.groupingSets().stream()
                .map(set -> new Column[set.size()])
                .toArray(Column[][]::new);
        this.dictionaries = new KeyDictionary[inputs.size()][];
        for (int input = 0; input < inputs.size(); input++) {
            shareKeys(input, new Groupings());
        }
    }

    @Override
    public void share(int inputNumber, Groupings shared) {
        shareKeys(inputNumber, shared);
        if (aggregation.timeColumn() < 0) {
            units.share(inputNumber, shared);
        }
    }

    private void shareKeys(int inputNumber, Groupings shared) {
        KeyDictionary[] ofInput = new KeyDictionary[encoders.size()];
        for (int set = 0; set < ofInput.length; set++) {
            List<Expression> columns = new ArrayList<>();
            for (int column : aggregation.groupingSets().get(set)) {
                columns.add(input(inputNumber).columns().get(column));
            }
            ofInput[set] = shared.keys(columns, layout.groupingId(set), encoders.get(set));
        }
        dictionaries[inputNumber] = ofInput;
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
        for (int i = 0; i < keyColumns.length; i++) {
            keyColumns[i] = evaluation.column(input.columns().get(i), passing);
        }
        LongColumn ownTimes = aggregation.timeColumn() < 0
                ? null
                : (LongColumn)
                        evaluation.column(input.columns().get(aggregation.timeColumn()), passing);
        readAsked(input, passing, evaluation);
        readListed(input, passing, evaluation);
        Selection sound = setAside(evaluation.endScope(), rows, passing);
        units.assign(inputNumber, time, rows, ownTimes, sound);
        readTimes(rows, ownTimes == null ? rows.eventTimeColumn() : ownTimes);
        hold();
        fold(inputNumber, units.inPanes(), rows);
        for (int i = 0; i < units.strayCount(); i++) {
            int row = units.strayRow(i);
            units.unitOfRow()[row] = units.strayUnit(i);
            fold(inputNumber, Selection.of(new int[] {row}, 1), rows);
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
        for (int slot = 0; slot < groups.size(); slot++) {
            ends[bucket(exchange, slot, unitCount) + 1]++;
        }
        for (int i = 0; i < bucketCount; i++) {
            ends[i + 1] += ends[i];
        }
        int[] order = new int[groups.size()];
        int[] next = ends.clone();
        for (int slot = 0; slot < groups.size(); slot++) {
            order[next[bucket(exchange, slot, unitCount)]++] = slot;
        }
        // A unit goes to every worker, also without keys: the positions of a window are those of
        // all its rows, and what it lacks it lacks everywhere.
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            int unit = bucket % unitCount;
            ByteWriter out = exchange.writer(channelOf(unit), bucket / unitCount);
            units.writeHeader(unit, out);
            out.writeVarLong(ends[bucket + 1] - ends[bucket]);
            writeEntries(order, ends[bucket], ends[bucket + 1], out);
        }
        for (Accumulators each : accumulators) {
            for (int slot = 0; slot < groups.size(); slot++) {
                each.clear(slot);
            }
        }
        groups.clear();
        units.clear();
        release();
    }

    private void writeEntries(int[] order, int from, int to, ByteWriter out) {
        for (int i = from; i < to; i++) {
            GroupTable.writeKey(keys(order[i]), groups.first(order[i]), out);
        }
        for (Accumulators each : accumulators) {
            each.writeAll(order, from, to, out);
        }
    }

    private int channelOf(int unit) {
        int owner = units.owner(unit);
        return owner == UnitAssigner.ALL ? channel : links().get(owner);
    }

    private void hold() {
        if (!holds) {
            holds = true;
            eachDictionary(KeyDictionary::hold);
        }
    }

    private void release() {
        if (holds) {
            holds = false;
            eachDictionary(KeyDictionary::release);
        }
    }

    private void eachDictionary(Consumer<KeyDictionary> consumer) {
        for (KeyDictionary[] ofInput : dictionaries) {
            for (KeyDictionary each : ofInput) {
                consumer.accept(each);
            }
        }
    }

    /** What tells the groups of one key number apart: the unit, and whose number it is. */
    private int salt(int unit, int inputNumber, int set) {
        return (unit * dictionaries.length + inputNumber) * encoders.size() + set;
    }

    private int unit(int slot) {
        int salt = groups.second(slot);
        return placeCount == 1 ? salt : salt / placeCount;
    }

    private KeyTable keys(int slot) {
        int place = placeCount == 1 ? 0 : groups.second(slot) % placeCount;
        return dictionaries[place / encoders.size()][place % encoders.size()].keys();
    }

    private int bucket(Exchange exchange, int slot, int unitCount) {
        int destination = exchange.destinationCount() == 1
                ? 0
                : exchange.destination(keys(slot).keyGroup(groups.first(slot)));
        return destination * unitCount + unit(slot);
    }

    /** What one call reads from the batch at hand. */
    private static final class Folding {
        private final Column[] arguments;
        /** The rows that pass the call's FILTER, absent if it has none. */
        private @Nullable Selection filtered;

        Folding(int argumentCount) {
            arguments = new Column[argumentCount];
        }
    }

    private void readAsked(LinkInput input, Selection passing, Evaluation evaluation) {
        for (int i = 0; i < layout.askedCount(); i++) {
            AggregateColumn aggregate = aggregation.aggregates().get(i);
            Selection filtered = aggregate.filter() < 0
                    ? null
                    : evaluation.filter(input.columns().get(aggregate.filter()), passing);
            Column[] arguments = foldings[i].arguments;
            for (int j = 0; j < arguments.length; j++) {
                Expression argument = input.columns().get(aggregate.arguments().get(j));
                arguments[j] = evaluation.column(argument, filtered == null ? passing : filtered);
            }
            foldings[i].filtered = filtered;
        }
    }

    /** The projected rows, where the layout keeps them. */
    private void readListed(LinkInput input, Selection passing, Evaluation evaluation) {
        if (layout.listedRows() >= 0) {
            Column[] columns = foldings[layout.listedRows()].arguments;
            for (int i = 0; i < columns.length; i++) {
                columns[i] = evaluation.column(input.columns().get(i), passing);
            }
        }
    }

    /** The arguments of the calls that the query does not know of. */
    private void readTimes(SourceRows rows, LongColumn times) {
        if (layout.firstTime() >= 0) {
            foldings[layout.firstTime()].arguments[0] = times;
            foldings[layout.lastTime()].arguments[0] = times;
        }
        if (layout.latestPane() >= 0 && aggregation.windowing() instanceof Windowing.Grid grid) {
            long[] paneStarts = new long[rows.rowCount()];
            for (int row = 0; row < paneStarts.length; row++) {
                paneStarts[row] =
                        times.isNull(row) ? 0 : grid.windows().paneStart(times.value(row));
            }
            foldings[layout.latestPane()].arguments[0] =
                    new LongColumn(paneStarts.length, paneStarts, null);
        }
    }

    private void fold(int inputNumber, Selection selection, SourceRows rows) {
        if (selection.isEmpty()) {
            return;
        }
        for (int set = 0; set < encoders.size(); set++) {
            findSlots(inputNumber, set, selection, rows);
            for (int i = 0; i < accumulators.length; i++) {
                Folding folding = foldings[i];
                Selection folded = folding.filtered == null
                        ? selection
                        : Selections.intersect(folding.filtered, selection);
                accumulators[i].ensureSlots(groups.size());
                accumulators[i].accumulate(
                        new AggregateInput(rows.origins(), folding.arguments), folded, slots);
            }
        }
    }

    /** Finds the slot of each row for one grouping set. */
    private void findSlots(int inputNumber, int set, Selection selection, SourceRows rows) {
        if (slots.length < rows.rowCount()) {
            slots = new int[rows.rowCount()];
        }
        List<Integer> groupingSet = aggregation.groupingSets().get(set);
        Column[] columns = columnsOfSet[set];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = keyColumns[groupingSet.get(i)];
        }
        boolean ofTable = columns.length == 1
                && columns[0] instanceof BytesColumn
                && rows.isOfTable(columns[0]);
        int[] numbers =
                dictionaries[inputNumber][set].numbers(rows.batch(), selection, columns, ofTable);
        if (units.onlyUnit() >= 0) {
            groups.slotsOf(numbers, salt(units.onlyUnit(), inputNumber, set), selection, slots);
            return;
        }
        int[] unitOfRow = units.unitOfRow();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            slots[row] = groups.slotOf(numbers[row], salt(unitOfRow[row], inputNumber, set));
        }
    }
}
