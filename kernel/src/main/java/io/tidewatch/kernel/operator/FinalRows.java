package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The final stage of links whose rows come one by one: keeps them until their window (or, without a window, their
 * millisecond) is complete, then shapes them together.
 */
abstract sealed class FinalRows extends FinalLink permits FinalJoin, FinalPassing, FinalTopN {
    /** What follows in a block: what a window lacks. */
    static final int INCOMPLETE = 0;

    /** What follows in a block: a row. */
    static final int ROW = 1;

    /** What follows in a block: a stretch of sessions that lacks rows. */
    static final int STRETCH = 2;

    private final OutputProjection projection;
    private final Schema shapedSchema;
    private final Stretches stretches = new Stretches();
    private final TreeMap<WaitingWindow, Group> groups = new TreeMap<>();

    /** What is known of one window. */
    private static final class Group {
        private final List<WaitingRow> rows = new ArrayList<>();
        private @Nullable IncompleteWindow incomplete;
    }

    FinalRows(OutputProjection projection, Schema shapedSchema) {
        this.projection = projection;
        this.shapedSchema = shapedSchema;
    }

    /** What messages call the columns of the shaped row. */
    final List<String> names() {
        return projection.names();
    }

    /** A schema of types whose names nobody reads. */
    static Schema schemaOf(List<Type> types) {
        List<Field> fields = new ArrayList<>();
        for (Type type : types) {
            fields.add(new Field("$" + fields.size(), type));
        }
        return new Schema(fields);
    }

    @Override
    public final void merge(ByteReader in) {
        while (in.hasRemaining()) {
            int what = in.readByte();
            if (what == ROW) {
                WaitingRow row = WaitingRow.read(in);
                group(row.window()).rows.add(row);
            } else if (what == STRETCH) {
                stretches.read(in);
            } else {
                IncompleteWindow missing = WaitingWindow.readIncomplete(in);
                Group group = group(new WaitingWindow(missing.start(), missing.end()));
                group.incomplete = IncompleteWindow.or(group.incomplete, missing);
            }
        }
    }

    private Group group(WaitingWindow window) {
        return groups.computeIfAbsent(window, any -> new Group());
    }

    @Override
    final void closeUpTo(long newWatermark, LinkRowSink sink) {
        while (!groups.isEmpty() && groups.firstKey().dueTime() <= newWatermark) {
            Map.Entry<WaitingWindow, Group> first = groups.pollFirstEntry();
            tellStretches(first.getKey().dueTime(), sink);
            emit(first.getKey(), first.getValue(), false, sink);
        }
        tellStretches(newWatermark, sink);
    }

    private void tellStretches(long through, LinkRowSink sink) {
        for (IncompleteWindow stretch = stretches.next(through);
                stretch != null;
                stretch = stretches.next(through)) {
            give(
                    new Shaped(shapedSchema),
                    new LinkRows.Emission(0, stretch.start(), false, stretch, PositionRanges.NONE),
                    sink);
        }
    }

    @Override
    final void closeRest(LinkRowSink sink) {
        // A window, or a millisecond, is complete when the watermark passes it.
    }

    @Override
    public final long greatestEnd() {
        return groups.isEmpty() ? Times.BEGINNING : groups.lastKey().dueTime();
    }

    @Override
    public final void early(LinkRowSink sink) {
        groups.forEach((window, group) -> emit(window, group, true, sink));
    }

    @Override
    final void forget() {
        // Groups are dropped as they come out.
    }

    @Override
    final void writeState(ByteWriter out) {
        groups.forEach((window, group) -> {
            if (group.incomplete != null) {
                out.writeByte(INCOMPLETE);
                window.write(group.incomplete, out);
            }
        });
        stretches.each((start, end, lacks) -> {
            out.writeByte(STRETCH);
            Stretches.write(start, end, lacks, out);
        });
    }

    @Override
    public final void write(List<ByteWriter> outs) {
        for (Group group : groups.values()) {
            for (WaitingRow row : group.rows) {
                ByteWriter out = outs.get(KeyGroups.of(row.routeHash()));
                if (out != null) {
                    out.writeByte(ROW);
                    row.write(out);
                }
            }
        }
    }

    @Override
    public final long retainedBytes() {
        long bytes = 0;
        for (Group group : groups.values()) {
            for (WaitingRow row : group.rows) {
                bytes += 120L + row.route().length + row.key().length + row.values().length;
            }
        }
        return bytes;
    }

    /** Makes shaped rows of the rows of one window, which are in the order of {@link WaitingRow#ORDER}. */
    abstract void shape(List<WaitingRow> rows, Shaped shaped);

    private void emit(WaitingWindow window, Group group, boolean early, LinkRowSink sink) {
        List<WaitingRow> rows = new ArrayList<>(group.rows);
        rows.sort(WaitingRow.ORDER);
        IncompleteWindow incomplete = stretches.touch(window.start(), window.end())
                ? IncompleteWindow.or(
                        group.incomplete, IncompleteWindow.inherited(window.start(), window.end()))
                : group.incomplete;
        Shaped shaped = new Shaped(shapedSchema);
        shape(rows, shaped);
        give(
                shaped,
                new LinkRows.Emission(0, window.dueTime(), early, incomplete, PositionRanges.NONE),
                sink);
    }

    private void give(Shaped shaped, LinkRows.Emission emission, LinkRowSink sink) {
        int from = 0;
        do {
            int to = Math.min(shaped.rowCount(), from + Batch.ROWS_MAX);
            sink.rows(0, shaped.project(projection, from, to, emission));
            from = to;
        } while (from < shaped.rowCount());
    }

    /** Shaped rows in the making. */
    static final class Shaped {
        private final Schema schema;
        private final RowCodec codec;
        private final List<WaitingRow> origins = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();
        private final List<Long> ordinals = new ArrayList<>();
        private final List<Byte> flags = new ArrayList<>();
        private final List<PositionRanges> positions = new ArrayList<>();

        Shaped(Schema schema) {
            this.schema = schema;
            this.codec = new RowCodec(schema.fields().stream()
                    .limit(schema.size() - 2L)
                    .map(Field::type)
                    .toList());
        }

        int rowCount() {
            return origins.size();
        }

        /**
         * Adds a row.
         *
         * @param origin the row whose window and key it has
         * @param shaped the shaped row without its window, as {@code RowCodec} writes it
         * @param ordinal the place among the rows of the same key and window
         * @param flag {@link LinkRows#VISIBLE}, {@link LinkRows#FAILED} or 0; what the origin is marked with is added
         */
        void add(WaitingRow origin, byte[] shaped, long ordinal, int flag) {
            add(origin, shaped, ordinal, flag, origin.positions());
        }

        /** Likewise, for a row that is made of several. */
        void add(
                WaitingRow origin,
                byte[] shaped,
                long ordinal,
                int flag,
                PositionRanges rowPositions) {
            positions.add(rowPositions);
            origins.add(origin);
            values.add(shaped);
            ordinals.add(ordinal);
            flags.add((byte) (flag | (origin.approximate() ? LinkRows.APPROXIMATE : 0)));
        }

        private LinkRows project(
                OutputProjection projection, int from, int to, LinkRows.Emission emission) {
            int rowCount = to - from;
            ColumnBuilder[] builders = codec.builders(rowCount);
            long[] starts = new long[rowCount];
            long[] ends = new long[rowCount];
            long[] rowOrdinals = new long[rowCount];
            byte[] rowFlags = new byte[rowCount];
            byte[] keyGroups = new byte[rowCount];
            BytesColumnBuilder keys = new BytesColumnBuilder(rowCount);
            BytesColumnBuilder exemplars = new BytesColumnBuilder(rowCount);
            for (int i = 0; i < rowCount; i++) {
                WaitingRow origin = origins.get(from + i);
                codec.read(new ByteReader(values.get(from + i)), builders);
                starts[i] = origin.start();
                ends[i] = origin.end();
                rowOrdinals[i] = ordinals.get(from + i);
                rowFlags[i] = flags.get(from + i);
                keys.append(origin.key());
                keyGroups[i] = (byte) KeyGroups.of(origin.routeHash());
                exemplars.append(origin.exemplar());
            }
            Column[] columns = new Column[schema.size()];
            for (int i = 0; i < builders.length; i++) {
                columns[i] = builders[i].build();
            }
            columns[columns.length - 2] = new LongColumn(rowCount, starts, null);
            columns[columns.length - 1] = new LongColumn(rowCount, ends, null);
            return projection.project(
                    new Batch(schema, rowCount, columns),
                    new RowWindows(starts, ends, keys.build(), keyGroups),
                    rowFlags,
                    emission,
                    new LinkRows.Extras(
                            null,
                            exemplars.build(),
                            rowOrdinals,
                            positions.subList(from, to).toArray(new PositionRanges[0])));
        }
    }
}
