package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results that people see, taken out of the rows of monitors and written behind one another. They wait in few large
 * arrays until all of an epoch are {@linkplain OrderedResults in order}; a million objects would have to be kept alive, and
 * moved by the garbage collector, in the meantime.
 */
public final class WrittenResults {
    /** With so many bytes it is full. */
    private static final int BYTES_MAX = 1 << 29;

    private static final List<Result.Kind> KINDS = List.of(Result.Kind.values());

    private final ByteWriter bytes = new ByteWriter(1024);
    private final List<Run> runs = new ArrayList<>();
    private int[] places = new int[16];
    private int size;

    /** Results that follow one another and have the due time, the window and the monitor in common. */
    static final class Run {
        /** Of due time, window and monitor. */
        static final Comparator<Run> ORDER = Comparator.comparingLong((Run run) -> run.dueTime)
                .thenComparingLong(run -> run.windowEnd)
                .thenComparingLong(run -> run.windowStart)
                .thenComparingInt(run -> run.monitor);

        private final WrittenResults in;
        private final int monitor;
        private final long dueTime;
        private final long windowStart;
        private final long windowEnd;
        private final List<Type> types;
        private final int first;
        private int end;

        private Run(WrittenResults in, MonitorRows rows, int row, List<Type> types) {
            this.in = in;
            this.monitor = rows.monitor();
            this.dueTime = ResultReader.dueTime(rows.rows(), row);
            this.windowStart = rows.rows().windows().starts()[row];
            this.windowEnd = rows.rows().windows().ends()[row];
            this.types = types;
            this.first = in.size;
        }

        private boolean isOf(LinkRows rows, int row) {
            return windowStart == rows.windows().starts()[row]
                    && windowEnd == rows.windows().ends()[row]
                    && dueTime == ResultReader.dueTime(rows, row);
        }

        int size() {
            return end - first;
        }

        /** Where the result stands that is so many behind the first. */
        int place(int number) {
            return in.places[first + number];
        }

        /** The first eight bytes of the key of a result, as an unsigned number. */
        long keyPrefix(int place) {
            ByteReader reader = in.reader(place);
            int length = reader.readCount();
            int start = reader.skip(length);
            long prefix = 0;
            for (int i = 0; i < Math.min(Long.BYTES, length); i++) {
                prefix |= (reader.array()[start + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
            }
            return prefix;
        }

        /** Compares a result with one of another run by key, ordinal and revision. */
        int compare(int place, Run other, int otherPlace) {
            ByteReader left = in.reader(place);
            ByteReader right = other.in.reader(otherPlace);
            int byKey = compareKeys(left, right);
            if (byKey != 0) {
                return byKey;
            }
            int byOrdinal = Long.compare(left.readVarLong(), right.readVarLong());
            return byOrdinal != 0
                    ? byOrdinal
                    : Integer.compare(left.readCount(), right.readCount());
        }

        /** The result that stands at a place. */
        Result result(int place) {
            ByteReader reader = in.reader(place);
            byte[] key = reader.readSlice();
            long ordinal = reader.readVarLong();
            int revision = reader.readCount();
            Result.Kind kind = KINDS.get(reader.readByte());
            boolean approximate = reader.readBoolean();
            boolean incomplete = reader.readBoolean();
            @Nullable Object[] values = new Object[types.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = RowCodec.readValue(types.get(i), reader);
            }
            return new Result(
                    monitor,
                    key,
                    windowStart,
                    windowEnd,
                    ordinal,
                    revision,
                    kind,
                    approximate,
                    incomplete,
                    dueTime,
                    Collections.unmodifiableList(Arrays.asList(values)));
        }
    }

    /** Whether no more may be added, so that places stay small numbers. */
    public boolean isFull() {
        return bytes.size() >= BYTES_MAX;
    }

    /** Adds each row that is visible or withdrawn. */
    public void add(MonitorRows monitorRows) {
        LinkRows rows = monitorRows.rows();
        List<Type> types = rows.batch().schema().fields().stream()
                .limit(monitorRows.shownColumns())
                .map(Field::type)
                .toList();
        Run run = null;
        for (int row = 0; row < rows.rowCount(); row++) {
            if (!ResultReader.isShown(rows, row)) {
                continue;
            }
            if (run == null || !run.isOf(rows, row)) {
                run = new Run(this, monitorRows, row, types);
                runs.add(run);
            }
            write(rows, row, types.size());
            run.end = size;
        }
    }

    List<Run> runs() {
        return runs;
    }

    private void write(LinkRows rows, int row, int columns) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = bytes.size();
        BytesColumn keys = rows.windows().keys();
        bytes.writeSlice(keys.bytes(), keys.start(row), keys.length(row));
        bytes.writeVarLong(rows.ordinal(row));
        bytes.writeVarLong(rows.emission().revision());
        bytes.writeByte(KINDS.indexOf(ResultReader.kind(rows, row)));
        bytes.writeBoolean(rows.is(LinkRows.APPROXIMATE, row));
        bytes.writeBoolean(rows.isIncomplete(row));
        for (int column = 0; column < columns; column++) {
            RowCodec.writeValue(rows.batch().column(column), row, bytes);
        }
    }

    private ByteReader reader(int place) {
        return new ByteReader(bytes.array(), place, bytes.size() - place);
    }

    private static int compareKeys(ByteReader left, ByteReader right) {
        int leftLength = left.readCount();
        int leftStart = left.skip(leftLength);
        int rightLength = right.readCount();
        int rightStart = right.skip(rightLength);
        return Arrays.compareUnsigned(
                left.array(),
                leftStart,
                leftStart + leftLength,
                right.array(),
                rightStart,
                rightStart + rightLength);
    }
}
