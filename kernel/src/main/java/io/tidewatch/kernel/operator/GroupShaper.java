package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.FinishContext;
import io.tidewatch.kernel.aggregate.FinishFailure;
import io.tidewatch.kernel.aggregate.KeptRow;
import io.tidewatch.kernel.aggregate.PositionAccumulators;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.aggregate.RowAccumulators;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Gather;
import io.tidewatch.kernel.batch.KeyDecoder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes shaped rows of the groups of a closed window and hands them to the outputs that share the aggregation.
 */
final class GroupShaper {
    private final int link;
    private final GroupLayout layout;
    private final List<View> views;
    private final SideOutput side;

    GroupShaper(int link, GroupLayout layout, List<View> views, SideOutput side) {
        this.link = link;
        this.layout = layout;
        this.views = views;
        this.side = side;
    }

    GroupLayout layout() {
        return layout;
    }

    /**
     * One output of a shared aggregation.
     *
     * @param projection what its rows are
     * @param shapedSchema of its own shaped rows
     * @param aggregates which of the shared aggregates are its own, in its order
     */
    record View(OutputProjection projection, Schema shapedSchema, List<Integer> aggregates) {}

    /** The types of the shaped rows of an aggregation. */
    static List<Type> shapedTypes(
            Aggregation aggregation, List<Type> projectedTypes, List<Integer> aggregates) {
        List<Type> types = new ArrayList<>(projectedTypes.subList(0, aggregation.keyCount()));
        types.add(Type.BIGINT);
        if (aggregation.listsRows()) {
            types.addAll(projectedTypes);
        }
        aggregates.forEach(
                each -> types.add(aggregation.aggregates().get(each).call().resultType()));
        types.add(Type.TIMESTAMP);
        types.add(Type.TIMESTAMP);
        return types;
    }

    /** The windows of chosen slots: parallel arrays, at most {@link Batch#ROWS_MAX} long. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
    record Chunk(int[] slots, long[] starts, long[] ends, byte[] flags) {}

    /**
     * Shapes slots and projects them for one view.
     *
     * @param chunk each slot once
     */
    LinkRows shape(int view, GroupTable groups, Chunk chunk, LinkRows.Emission emission) {
        View target = views.get(view);
        if (layout.listedRows() >= 0) {
            return shapeListed(target, groups, chunk, emission);
        }
        int rowCount = chunk.slots().length;
        Selection slots = Selection.of(chunk.slots(), rowCount);
        FinishContext context = context(groups, chunk);
        List<Column> columns = new ArrayList<>(keyColumns(groups, slots));
        for (int aggregate : target.aggregates()) {
            ColumnBuilder builder =
                    ColumnBuilder.of(layout.calls().get(aggregate).resultType(), rowCount);
            groups.accumulators(aggregate).finish(slots, context, builder);
            columns.add(builder.build());
        }
        columns.add(new LongColumn(rowCount, chunk.starts(), null));
        columns.add(new LongColumn(rowCount, chunk.ends(), null));
        BytesColumn keys = keys(groups, slots);
        byte[] flags = chunk.flags().clone();
        markApproximate(target.aggregates(), groups, chunk.slots(), flags);
        markFailures(view, context, chunk, keys, flags);
        return target.projection()
                .project(
                        Batch.of(target.shapedSchema(), rowCount, columns),
                        new RowWindows(
                                chunk.starts(), chunk.ends(), keys, keyGroups(groups, slots)),
                        flags,
                        emission,
                        extras(groups, slots));
    }

    /** One shaped row for each row that the slots list. */
    private LinkRows shapeListed(
            View target, GroupTable groups, Chunk chunk, LinkRows.Emission emission) {
        RowAccumulators lists = (RowAccumulators) groups.accumulators(layout.listedRows());
        RowCodec codec = new RowCodec(layout.calls().get(layout.listedRows()).argumentTypes());
        ColumnBuilder[] values = codec.builders(16);
        List<Integer> origins = new ArrayList<>();
        List<Long> ordinals = new ArrayList<>();
        for (int i = 0; i < chunk.slots().length; i++) {
            long ordinal = 0;
            for (KeptRow row : lists.rows(chunk.slots()[i])) {
                codec.read(new ByteReader(row.bytes()), values);
                origins.add(i);
                ordinals.add(ordinal++);
            }
        }
        int[] rows = origins.stream().mapToInt(Integer::intValue).toArray();
        int rowCount = rows.length;
        Selection slots = Selection.of(chunk.slots(), chunk.slots().length);
        List<Column> columns = new ArrayList<>();
        keyColumns(groups, slots).forEach(column -> columns.add(Gather.of(column, rows, rowCount)));
        for (ColumnBuilder value : values) {
            columns.add(value.build());
        }
        long[] starts = Gather.longs(chunk.starts(), rows, rowCount);
        long[] ends = Gather.longs(chunk.ends(), rows, rowCount);
        columns.add(new LongColumn(rowCount, starts, null));
        columns.add(new LongColumn(rowCount, ends, null));
        byte[] slotFlags = chunk.flags().clone();
        markApproximate(List.of(layout.listedRows()), groups, chunk.slots(), slotFlags);
        byte[] flags = Gather.bytes(slotFlags, rows, rowCount);
        BytesColumn keys = (BytesColumn) Gather.of(keys(groups, slots), rows, rowCount);
        long[] rowOrdinals = ordinals.stream().mapToLong(Long::longValue).toArray();
        return target.projection()
                .project(
                        Batch.of(target.shapedSchema(), rowCount, columns),
                        new RowWindows(
                                starts,
                                ends,
                                keys,
                                Gather.bytes(keyGroups(groups, slots), rows, rowCount)),
                        flags,
                        emission,
                        new LinkRows.Extras(
                                null, null, rowOrdinals, positions(groups, chunk.slots(), rows)));
    }

    /** Marks the slots of which a limit made one of the aggregates an estimate or a part. */
    private static void markApproximate(
            List<Integer> aggregates, GroupTable groups, int[] slots, byte[] flags) {
        for (int aggregate : aggregates) {
            Accumulators accumulators = groups.accumulators(aggregate);
            for (int i = 0; i < slots.length; i++) {
                int mark = accumulators.isApproximate(slots[i]) ? LinkRows.APPROXIMATE : 0;
                flags[i] = (byte) (flags[i] | mark);
            }
        }
    }

    int viewCount() {
        return views.size();
    }

    private static FinishContext context(GroupTable groups, Chunk chunk) {
        int rowCount = chunk.slots().length;
        long[] lengths = new long[rowCount];
        boolean equal = true;
        for (int i = 0; i < rowCount; i++) {
            lengths[i] = chunk.ends()[i] - chunk.starts()[i];
            equal &= lengths[i] == lengths[0];
        }
        if (equal) {
            return FinishContext.ofWindow(rowCount == 0 ? 1 : lengths[0]);
        }
        long[] ofSlots = new long[groups.size()];
        for (int i = 0; i < rowCount; i++) {
            ofSlots[chunk.slots()[i]] = lengths[i];
        }
        return FinishContext.ofSlots(ofSlots);
    }

    private void markFailures(
            int view, FinishContext context, Chunk chunk, BytesColumn keys, byte[] flags) {
        if (!context.hasFailures()) {
            return;
        }
        for (int i = 0; i < flags.length; i++) {
            FinishFailure failure = context.failure(chunk.slots()[i]);
            if (failure != null) {
                flags[i] = LinkRows.failed(flags[i]);
                side.failedKey(
                        link,
                        view,
                        chunk.ends()[i],
                        keys.copyBytes(i),
                        failure.code(),
                        failure.reason());
            }
        }
    }

    /** The key columns, NULL outside the grouping set and for overflow rows, then GROUPING_ID. */
    private List<Column> keyColumns(GroupTable groups, Selection slots) {
        Aggregation aggregation = layout.aggregation();
        List<Type> types = layout.keyTypes();
        ColumnBuilder[] builders = new ColumnBuilder[types.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = ColumnBuilder.of(types.get(i), slots.size());
        }
        LongColumnBuilder groupingIds = new LongColumnBuilder(slots.size());
        byte[] bytes = groups.keys().keyBytes();
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            int start = groups.keys().keyStart(slot);
            int length = groups.keys().keyLength(slot);
            if (GroupTable.isOverflow(bytes, start, length)) {
                for (ColumnBuilder builder : builders) {
                    builder.appendNull();
                }
                groupingIds.append(0);
            } else {
                ByteReader in = new ByteReader(bytes, start, length);
                in.readVarLong();
                long groupingId = in.readVarLong();
                groupingIds.append(groupingId);
                appendKey(in, groupingId, builders);
            }
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnBuilder builder : builders) {
            columns.add(builder.build());
        }
        columns.add(groupingIds.build());
        assert aggregation.keyCount() == builders.length;
        return columns;
    }

    private void appendKey(ByteReader in, long groupingId, ColumnBuilder[] builders) {
        for (int i = 0; i < builders.length; i++) {
            boolean outside = (groupingId >>> (builders.length - 1 - i) & 1) != 0;
            if (outside) {
                builders[i].appendNull();
            } else {
                KeyDecoder.append(in, builders[i]);
            }
        }
    }

    private static BytesColumn keys(GroupTable groups, Selection slots) {
        int[] starts = new int[slots.size()];
        int[] lengths = new int[slots.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = groups.keys().keyStart(slots.row(i));
            lengths[i] = groups.keys().keyLength(slots.row(i));
        }
        return new BytesColumn(starts.length, groups.keys().keyBytes(), starts, lengths, null);
    }

    private static byte[] keyGroups(GroupTable groups, Selection slots) {
        byte[] keyGroups = new byte[slots.size()];
        for (int i = 0; i < keyGroups.length; i++) {
            keyGroups[i] = (byte) groups.keys().keyGroup(slots.row(i));
        }
        return keyGroups;
    }

    private LinkRows.@Nullable Extras extras(GroupTable groups, Selection slots) {
        if (layout.exemplars() < 0) {
            return null;
        }
        long[] latestPanes =
                layout.latestPane() < 0 ? null : longs(groups, layout.latestPane(), slots);
        BytesColumnBuilder exemplars = new BytesColumnBuilder(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            ByteWriter out = new ByteWriter(64);
            groups.accumulators(layout.exemplars()).write(slots.row(i), out);
            exemplars.append(out.array(), 0, out.size());
        }
        int[] all = new int[slots.size()];
        int[] chosen = new int[slots.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
            chosen[i] = slots.row(i);
        }
        return new LinkRows.Extras(
                latestPanes, exemplars.build(), null, positions(groups, chosen, all));
    }

    /** The positions of each row, where keys have their own. */
    private PositionRanges @Nullable [] positions(GroupTable groups, int[] slots, int[] rows) {
        if (layout.positions() < 0) {
            return null;
        }
        PositionAccumulators kept = (PositionAccumulators) groups.accumulators(layout.positions());
        PositionRanges[] positions = new PositionRanges[rows.length];
        for (int i = 0; i < rows.length; i++) {
            positions[i] = kept.positions(slots[rows[i]]);
        }
        return positions;
    }

    /** The results of a call of type TIMESTAMP or BIGINT, one per slot. */
    static long[] longs(GroupTable groups, int call, Selection slots) {
        LongColumnBuilder builder = new LongColumnBuilder(slots.size());
        groups.accumulators(call).finish(slots, FinishContext.ofWindow(1), builder);
        return builder.build().values();
    }
}
