package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call over rows, computed by a way that {@link Choices} picks: rows are spread over accumulators and slots
 * in any order, batch and form of selection, then combined in any order and grouping, through bytes or not. A value of an
 * internal function is a {@code ByteBuffer} where it is bytes.
 */
record Evaluation(
        @Nullable Object value,
        boolean approximate,
        @Nullable FinishFailure failure) {
    static final long WINDOW_MILLIS = 60_000;

    private static final int UNUSED_SLOT = Integer.MIN_VALUE;

    /** The result in one batch, one slot and no combination. */
    static Evaluation plain(AggregateCall call, List<Row> rows) {
        Accumulators accumulators = call.create();
        accumulators.ensureSlots(1);
        for (Row row : rows) {
            accumulate(call, accumulators, 0, List.of(row), Choices.ofSeed(0));
        }
        return finish(call, accumulators, 0);
    }

    static Evaluation shuffled(AggregateCall call, List<Row> rows, Choices choices) {
        List<Row> order = new ArrayList<>(rows);
        choices.shuffle(order);
        List<Piece> pieces = new ArrayList<>();
        int accumulatorCount = choices.between(1, 3);
        List<Accumulators> all = new ArrayList<>();
        for (int i = 0; i < accumulatorCount; i++) {
            all.add(call.create());
        }
        int slotCount = choices.between(1, 4);
        for (int from = 0; from < order.size() || pieces.isEmpty(); ) {
            int to = Math.min(order.size(), from + choices.upTo(8));
            Accumulators accumulators = choices.of(all);
            int slot = choices.upTo(slotCount - 1) * choices.between(1, 20);
            accumulators.ensureSlots(slot + 1);
            accumulate(call, accumulators, slot, order.subList(from, to), choices);
            Piece piece = new Piece(accumulators, slot);
            if (!pieces.contains(piece)) {
                pieces.add(piece);
            }
            from = to;
        }
        while (pieces.size() > 1) {
            choices.shuffle(pieces);
            combine(pieces.remove(0), pieces.get(0), choices);
        }
        Evaluation result = finish(call, pieces.get(0).accumulators, pieces.get(0).slot);
        choices.record(result.value);
        return result;
    }

    private static void combine(Piece from, Piece to, Choices choices) {
        ByteWriter before = new ByteWriter(16);
        from.accumulators.write(from.slot, before);
        if (choices.flag()) {
            to.accumulators.combine(to.slot, from.accumulators, from.slot);
            ByteWriter after = new ByteWriter(16);
            from.accumulators.write(from.slot, after);
            assertThat(after.copyBytes()).isEqualTo(before.copyBytes());
        } else {
            ByteReader reader = new ByteReader(before.copyBytes());
            to.accumulators.combineFrom(to.slot, reader);
            assertThat(reader.hasRemaining()).isFalse();
        }
        from.accumulators.clear(from.slot);
    }

    /** Adds rows to one slot, with rows of other slots and unselected rows between them. */
    private static void accumulate(
            AggregateCall call,
            Accumulators accumulators,
            int slot,
            List<Row> rows,
            Choices choices) {
        boolean sparse = choices.flag();
        List<Row> batch = new ArrayList<>();
        int[] selected = new int[rows.size()];
        int[] slots = new int[3 * rows.size() + 1];
        java.util.Arrays.fill(slots, UNUSED_SLOT);
        int count = 0;
        for (Row row : rows) {
            for (int i = sparse ? choices.upTo(2) : 0; i > 0; i--) {
                batch.add(choices.of(rows));
            }
            selected[count++] = batch.size();
            slots[batch.size()] = slot;
            batch.add(row);
        }
        for (int partition : batch.stream().mapToInt(Row::partition).distinct().toArray()) {
            int[] ofPartition = java.util.Arrays.stream(selected)
                    .filter(row -> batch.get(row).partition() == partition)
                    .toArray();
            Selection selection = sparse || ofPartition.length < batch.size()
                    ? Selection.of(ofPartition, ofPartition.length)
                    : Selection.all(batch.size());
            accumulators.accumulate(input(call, batch, partition), selection, slots);
        }
    }

    private static AggregateInput input(AggregateCall call, List<Row> rows, int partition) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < call.argumentTypes().size(); i++) {
            Type type = call.argumentTypes().get(i);
            ColumnBuilder builder = ColumnBuilder.of(type, rows.size());
            for (Row row : rows) {
                Values.append(type, builder, row.values().get(i));
            }
            columns.add(builder.build());
        }
        RowOrigins origins = new RowOrigins(
                partition,
                rows.stream().mapToLong(Row::time).toArray(),
                rows.stream().mapToLong(Row::offset).toArray(),
                rows.stream().mapToLong(Row::hash).toArray());
        return new AggregateInput(origins, columns);
    }

    static Evaluation finish(AggregateCall call, Accumulators accumulators, int slot) {
        assertThat(accumulators.retainedBytes()).isPositive();
        FinishContext context = FinishContext.ofWindow(WINDOW_MILLIS);
        ColumnBuilder out = ColumnBuilder.of(call.resultType(), 1);
        accumulators.finish(Selection.of(new int[] {slot, slot}, 2), context, out);
        Column column = out.build();
        Object value = value(call, column, 0);
        assertThat(value(call, column, 1)).isEqualTo(value);
        return new Evaluation(value, accumulators.isApproximate(slot), context.failure(slot));
    }

    private static @Nullable Object value(AggregateCall call, Column column, int row) {
        return call.function().isInternal() && column instanceof BytesColumn bytes
                ? ByteBuffer.wrap(bytes.copyBytes(row))
                : Values.get(call.resultType(), column, row);
    }

    private record Piece(Accumulators accumulators, int slot) {}
}
