package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a link from shaped rows: HAVING, the output columns, the key. */
final class OutputProjection {
    private final int link;
    private final int view;
    private final LinkOutput output;
    private final List<String> names;
    private final boolean makesKey;
    private final int firstBranch;
    private final SideOutput side;
    private final Schema schema;
    private final Evaluation evaluation = new Evaluation();

    /**
     * @param names what messages call the columns of the shaped row
     * @param makesKey whether the key is computed from the shaped row; otherwise rows come with their keys
     * @param firstBranch how many branches of the monitor come before those of this output
     */
    OutputProjection(
            int link,
            int view,
            LinkOutput output,
            List<String> names,
            boolean makesKey,
            int firstBranch,
            SideOutput side) {
        this.link = link;
        this.view = view;
        this.output = output;
        this.names = List.copyOf(names);
        this.makesKey = makesKey;
        this.firstBranch = firstBranch;
        this.side = side;
        this.schema = output.schemaWithWindow();
    }

    /** What messages call the columns of the shaped row. */
    List<String> names() {
        return names;
    }

    LinkOutput output() {
        return output;
    }

    /**
     * Projects shaped rows.
     *
     * @param windows of the shaped rows, with the keys that they have if this output does not make its own
     * @param flags of the rows so far; those without {@link LinkRows#VISIBLE} stay invisible. Written to.
     */
    LinkRows project(
            Batch shaped,
            RowWindows windows,
            byte[] flags,
            LinkRows.Emission emission,
            LinkRows.@Nullable Extras extras) {
        int rowCount = shaped.rowCount();
        evaluation.start(shaped);
        evaluation.beginScope();
        Selection sound = without(LinkRows.FAILED, flags, rowCount);
        if (output.having() != null) {
            Selection passing = evaluation.filter(output.having(), sound);
            keepVisible(passing, flags, rowCount);
        }
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < output.columns().size(); i++) {
            columns[i] = evaluation.column(output.columns().get(i).expression(), sound);
        }
        columns[columns.length - 2] = new LongColumn(rowCount, windows.starts(), null);
        columns[columns.length - 1] = new LongColumn(rowCount, windows.ends(), null);
        BytesColumn keys = makesKey ? makeKeys(sound, rowCount) : windows.keys();
        Failures failures = evaluation.endScope();
        BytesColumn branded = brand(keys, rowCount);
        for (int i = 0; i < failures.size(); i++) {
            int row = failures.row(i);
            flags[row] = LinkRows.failed(flags[row]);
            side.failedKey(
                    link,
                    view,
                    windows.ends()[row],
                    branded.copyBytes(row),
                    failures.code(i),
                    failures.reason(i, names::get));
        }
        return new LinkRows(
                new Batch(schema, rowCount, columns),
                windows.withKeys(branded),
                eventTimes(windows, rowCount),
                flags,
                emission,
                extras);
    }

    private BytesColumn makeKeys(Selection selection, int rowCount) {
        return RowKeys.of(output, UnaryOperator.identity(), evaluation, selection, rowCount);
    }

    /** Moves the keys behind those of the branches before; their branch is one byte. */
    private BytesColumn brand(BytesColumn keys, int rowCount) {
        if (firstBranch == 0) {
            return keys;
        }
        BytesColumnBuilder branded = new BytesColumnBuilder(rowCount);
        for (int row = 0; row < rowCount; row++) {
            byte[] key = keys.copyBytes(row);
            if (GroupTable.isOverflow(key, 0, key.length)) {
                GroupTable.moveOverflow(key, firstBranch);
            } else if (key.length > 0) {
                key[0] = (byte) (key[0] + firstBranch);
            }
            branded.append(key);
        }
        return branded.build();
    }

    private static long[] eventTimes(RowWindows windows, int rowCount) {
        long[] times = new long[rowCount];
        for (int row = 0; row < rowCount; row++) {
            long end = windows.ends()[row];
            times[row] = windows.starts()[row] == end ? end : end - 1;
        }
        return times;
    }

    private static Selection without(int flag, byte[] flags, int rowCount) {
        int[] rows = new int[rowCount];
        int size = 0;
        for (int row = 0; row < rowCount; row++) {
            rows[size] = row;
            size += (flags[row] & flag) == 0 ? 1 : 0;
        }
        return size == rowCount ? Selection.all(rowCount) : Selection.of(rows, size);
    }

    private static void keepVisible(Selection passing, byte[] flags, int rowCount) {
        int next = 0;
        for (int row = 0; row < rowCount; row++) {
            if (next < passing.size() && passing.row(next) == row) {
                next++;
            } else {
                flags[row] &= ~LinkRows.VISIBLE;
            }
        }
    }
}
