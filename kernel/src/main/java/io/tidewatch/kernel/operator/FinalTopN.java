package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.ColumnOrder;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The final stage of {@link TopN}: ranks the rows of each window and partition. */
final class FinalTopN extends FinalRows {
    private final TopN topN;
    private final RowCodec codec;
    private final boolean showsAll;

    /** @param showsAll whether rows beyond the limit come out too, invisible, for the alert life cycle */
    FinalTopN(
            OutputProjection projection,
            Schema shapedSchema,
            TopN topN,
            List<Type> projectedTypes,
            boolean showsAll) {
        super(projection, shapedSchema);
        this.topN = topN;
        this.codec = new RowCodec(projectedTypes);
        this.showsAll = showsAll;
    }

    @Override
    void shape(List<WaitingRow> rows, Shaped shaped) {
        ColumnBuilder[] builders = codec.builders(rows.size());
        rows.forEach(row -> codec.read(new ByteReader(row.values()), builders));
        Column[] columns = Arrays.stream(builders).map(ColumnBuilder::build).toArray(Column[]::new);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            order.add(i);
        }
        Comparator<Integer> byPartition =
                Comparator.comparing(i -> rows.get(i).route(), Arrays::compareUnsigned);
        // The sort is stable and rows come in the order of their keys, which therefore breaks ties.
        order.sort(byPartition.thenComparing((left, right) -> compare(columns, left, right)));
        long rank = 0;
        for (int i = 0; i < order.size(); i++) {
            WaitingRow row = rows.get(order.get(i));
            boolean samePartition = i > 0
                    && Arrays.equals(row.route(), rows.get(order.get(i - 1)).route());
            rank = samePartition ? rank + 1 : 1;
            if (rank <= topN.limit() || showsAll) {
                shaped.add(
                        row,
                        withRank(row.values(), rank),
                        0,
                        rank <= topN.limit() ? LinkRows.VISIBLE : 0);
            }
        }
    }

    private int compare(Column[] columns, int left, int right) {
        for (TopN.Order term : topN.orders()) {
            Column column = columns[term.column()];
            boolean leftNull = column.isNull(left);
            boolean rightNull = column.isNull(right);
            if (leftNull || rightNull) {
                if (leftNull != rightNull) {
                    return leftNull == term.nullsFirst() ? -1 : 1;
                }
                continue;
            }
            int compared = ColumnOrder.compare(column, left, right);
            if (compared != 0) {
                return term.descending() ? -compared : compared;
            }
        }
        return 0;
    }

    private static byte[] withRank(byte[] values, long rank) {
        ByteWriter out = new ByteWriter(values.length + 11);
        out.writeRaw(values, 0, values.length);
        out.writeByte(1);
        out.writeZigZag(rank);
        return out.copyBytes();
    }
}
