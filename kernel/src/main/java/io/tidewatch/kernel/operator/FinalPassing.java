package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.type.Schema;
import java.util.Arrays;
import java.util.List;

/** The final stage of {@link Rows}: passes rows on in time order, and counts those of one key and time. */
final class FinalPassing extends FinalRows {
    FinalPassing(OutputProjection projection, Schema shapedSchema) {
        super(projection, shapedSchema);
    }

    @Override
    void shape(List<WaitingRow> rows, Shaped shaped) {
        long ordinal = 0;
        for (int i = 0; i < rows.size(); i++) {
            WaitingRow row = rows.get(i);
            ordinal = i > 0 && Arrays.equals(row.key(), rows.get(i - 1).key()) ? ordinal + 1 : 0;
            shaped.add(row, row.values(), ordinal, row.visible() ? LinkRows.VISIBLE : 0);
        }
    }
}
