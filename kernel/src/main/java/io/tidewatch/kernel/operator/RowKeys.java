package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the keys of rows. Rows that are not selected have none, which is no bytes. */
final class RowKeys {
    private RowKeys() {}

    /**
     * The keys that an output gives its rows.
     *
     * @param over brings expressions over the shaped row to what {@code evaluation} has
     */
    static BytesColumn of(
            LinkOutput output,
            UnaryOperator<Expression> over,
            Evaluation evaluation,
            Selection selection,
            int rowCount) {
        List<Column> columns = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (OutputColumn part : output.key()) {
            columns.add(evaluation.column(over.apply(part.expression()), selection));
            types.add(part.expression().type());
        }
        LongColumn branches = numbers(output.head().branch(), over, evaluation, selection);
        LongColumn groupingIds = numbers(output.head().groupingId(), over, evaluation, selection);
        Column[] parts = columns.toArray(new Column[0]);
        return encoded(parts, types, branches, groupingIds, selection, rowCount);
    }

    private static @Nullable LongColumn numbers(
            @Nullable Expression expression,
            UnaryOperator<Expression> over,
            Evaluation evaluation,
            Selection selection) {
        return expression == null
                ? null
                : (LongColumn) evaluation.column(over.apply(expression), selection);
    }

    /** The bytes of values, as a key of the first branch that has all of them. */
    static BytesColumn of(Column[] columns, List<Type> types, Selection selection, int rowCount) {
        return encoded(columns, types, null, null, selection, rowCount);
    }

    private static BytesColumn encoded(
            Column[] columns,
            List<Type> types,
            @Nullable LongColumn branches,
            @Nullable LongColumn groupingIds,
            Selection selection,
            int rowCount) {
        KeyEncoder encoder = new KeyEncoder(0, 0, types);
        ByteWriter out = new ByteWriter(16 * rowCount);
        int[] starts = new int[rowCount];
        int[] lengths = new int[rowCount];
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            starts[row] = out.size();
            encoder.encode(number(branches, row), number(groupingIds, row), columns, row, out);
            lengths[row] = out.size() - starts[row];
        }
        return new BytesColumn(rowCount, out.array(), starts, lengths, null);
    }

    private static long number(@Nullable LongColumn column, int row) {
        return column == null || column.isNull(row) ? 0 : column.value(row);
    }
}
