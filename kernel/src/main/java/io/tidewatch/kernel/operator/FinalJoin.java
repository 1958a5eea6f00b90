package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The final stage of {@link Join}: pairs the left and right rows of each window. */
final class FinalJoin extends FinalRows {
    /** The most pairs that one window and key may give; a row that would exceed it fails. */
    static final int PAIRS_MAX = 100_000;

    /** Joins are not shared. */
    private static final int ONLY_VIEW = 0;

    private final int link;
    private final Join join;
    private final List<Type> leftTypes;
    private final List<Type> rightTypes;
    private final Schema shapedSchema;
    private final SideOutput side;
    private final Evaluation evaluation = new Evaluation();

    FinalJoin(
            int link,
            OutputProjection projection,
            Schema shapedSchema,
            Link definition,
            SideOutput side) {
        super(projection, shapedSchema);
        this.link = link;
        this.join = (Join) definition.shape();
        this.leftTypes = definition.inputs().get(0).types();
        this.rightTypes = definition.inputs().get(1).types();
        this.shapedSchema = shapedSchema;
        this.side = side;
    }

    @Override
    void shape(List<WaitingRow> rows, Shaped shaped) {
        TreeMap<byte[], List<WaitingRow>> rightByKey = new TreeMap<>(Arrays::compareUnsigned);
        for (WaitingRow row : rows) {
            if (row.input() == 1) {
                rightByKey
                        .computeIfAbsent(row.route(), key -> new ArrayList<>())
                        .add(row);
            }
        }
        for (WaitingRow left : rows) {
            if (left.input() == 0) {
                List<WaitingRow> candidates = hasNullKey(left)
                        ? List.of()
                        : rightByKey.getOrDefault(left.route(), List.of());
                pair(left, candidates, shaped);
            }
        }
    }

    private void pair(WaitingRow left, List<WaitingRow> candidates, Shaped shaped) {
        if (candidates.size() > PAIRS_MAX) {
            side.failedKey(
                    link,
                    ONLY_VIEW,
                    left.end(),
                    left.key(),
                    ErrorCode.LIMIT_REACHED,
                    candidates.size() + " rows to join with (limit join_pairs: " + PAIRS_MAX + ")");
            shaped.add(left, alone(left), 0, LinkRows.FAILED);
            return;
        }
        Matches matches = matches(left, candidates);
        Selection rows = matches.rows();
        for (int i = 0; i < rows.size(); i++) {
            WaitingRow right = candidates.get(rows.row(i));
            PositionRanges positions = new PositionRanges();
            positions.addAll(left.positions());
            positions.addAll(right.positions());
            byte[] values = concat(left.values(), right.values());
            int approximate = right.approximate() ? LinkRows.APPROXIMATE : 0;
            shaped.add(left, values, 0, LinkRows.VISIBLE | approximate, positions);
        }
        if (matches.failed()) {
            shaped.add(left, alone(left), 0, LinkRows.FAILED);
        } else if (rows.isEmpty() && join.keepsUnmatched()) {
            shaped.add(left, alone(left), 0, LinkRows.VISIBLE);
        }
    }

    /** A left row with NULLs on the right. */
    private byte[] alone(WaitingRow left) {
        return concat(left.values(), new byte[rightTypes.size()]);
    }

    /**
     * The candidates for which the condition is TRUE.
     *
     * @param failed whether it could not be computed for some
     */
    private record Matches(Selection rows, boolean failed) {}

    private Matches matches(WaitingRow left, List<WaitingRow> candidates) {
        Selection all = Selection.all(candidates.size());
        if (join.condition() == null || candidates.isEmpty()) {
            return new Matches(all, false);
        }
        evaluation.start(pairs(left, candidates));
        evaluation.beginScope();
        Selection matches = evaluation.filter(join.condition(), all);
        Failures failures = evaluation.endScope();
        for (int i = 0; i < failures.size(); i++) {
            side.failedKey(
                    link,
                    ONLY_VIEW,
                    left.end(),
                    left.key(),
                    failures.code(i),
                    failures.reason(i, names()::get));
        }
        return new Matches(failures.without(matches), failures.size() > 0);
    }

    private Batch pairs(WaitingRow left, List<WaitingRow> candidates) {
        RowCodec leftCodec = new RowCodec(leftTypes);
        RowCodec rightCodec = new RowCodec(rightTypes);
        ColumnBuilder[] leftBuilders = leftCodec.builders(candidates.size());
        ColumnBuilder[] rightBuilders = rightCodec.builders(candidates.size());
        for (WaitingRow right : candidates) {
            leftCodec.read(new ByteReader(left.values()), leftBuilders);
            rightCodec.read(new ByteReader(right.values()), rightBuilders);
        }
        List<Column> columns = new ArrayList<>();
        Arrays.stream(leftBuilders).map(ColumnBuilder::build).forEach(columns::add);
        Arrays.stream(rightBuilders).map(ColumnBuilder::build).forEach(columns::add);
        columns.add(constant(left.start(), candidates.size()));
        columns.add(constant(left.end(), candidates.size()));
        return Batch.of(shapedSchema, candidates.size(), columns);
    }

    private static LongColumn constant(long value, int rowCount) {
        long[] values = new long[rowCount];
        Arrays.fill(values, value);
        return new LongColumn(rowCount, values, null);
    }

    /** Whether one of the key columns is NULL, which equals nothing. */
    private boolean hasNullKey(WaitingRow row) {
        RowCodec codec = new RowCodec(leftTypes.subList(0, join.keyCount()));
        ColumnBuilder[] builders = codec.builders(1);
        codec.read(new ByteReader(row.values()), builders);
        return Arrays.stream(builders)
                .map(ColumnBuilder::build)
                .anyMatch(column -> column.isNull(0));
    }

    private static byte[] concat(byte[] left, byte[] right) {
        ByteWriter out = new ByteWriter(left.length + right.length);
        out.writeRaw(left, 0, left.length);
        out.writeRaw(right, 0, right.length);
        return out.copyBytes();
    }
}
