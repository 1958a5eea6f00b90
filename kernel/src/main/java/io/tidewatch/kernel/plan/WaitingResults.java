package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.LongColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Slices;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Type;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The results that people see, taken out of the rows of monitors, in columns. They wait in few large arrays until all of an
 * epoch are {@linkplain OrderedResults in order}; a million objects would have to be kept alive, and moved by the garbage
 * collector, in the meantime.
 */
public final class WaitingResults {
    /** With so many rows, or bytes of one column, it is full. */
    private static final int ROWS_MAX = 1 << 26;

    private static final int BYTES_MAX = 1 << 29;

    private static final List<Result.Kind> KINDS = List.of(Result.Kind.values());

    /** What is marked beside an ordinal: the kind, and two flags. */
    private static final int MARK_BITS = 5;

    private static final int APPROXIMATE = 1 << 3;
    private static final int INCOMPLETE = 1 << 4;

    private final Map<Columns.Name, Columns> columns = new LinkedHashMap<>();
    private final List<Run> runs = new ArrayList<>();

    /** The results of one monitor. */
    private static final class Columns {
        private record Name(int monitor, List<Type> types) {}

        private final int monitor;
        private final List<Type> types;
        private final BytesColumnBuilder addedKeys = new BytesColumnBuilder(Batch.ROWS_MAX / 8);
        private final LongColumnBuilder addedMarks = new LongColumnBuilder(Batch.ROWS_MAX / 8);
        private final List<ColumnBuilder> added = new ArrayList<>();

        private BytesColumn keys = BytesColumn.of();
        /** Ordinals times 2⁵, plus marks. */
        private long[] marks = {};

        private List<Column> values = List.of();

        Columns(Name name) {
            monitor = name.monitor();
            types = name.types();
            types.forEach(type -> added.add(ColumnBuilder.of(type, Batch.ROWS_MAX / 8)));
        }

        int size() {
            return addedKeys.rowCount();
        }

        boolean isFull() {
            return size() >= ROWS_MAX
                    || addedKeys.byteCount() >= BYTES_MAX
                    || added.stream()
                            .anyMatch(each -> each instanceof BytesColumnBuilder bytes
                                    && bytes.byteCount() >= BYTES_MAX);
        }

        void add(LinkRows rows, Selection shown) {
            addedKeys.appendAll(rows.windows().keys(), shown);
            for (int i = 0; i < added.size(); i++) {
                added.get(i).appendAll(rows.batch().column(i), shown);
            }
            for (int i = 0; i < shown.size(); i++) {
                int row = shown.row(i);
                int mark = KINDS.indexOf(ResultReader.kind(rows, row))
                        | (rows.is(LinkRows.APPROXIMATE, row) ? APPROXIMATE : 0)
                        | (rows.isIncomplete(row) ? INCOMPLETE : 0);
                addedMarks.append(rows.ordinal(row) << MARK_BITS | mark);
            }
        }

        /** Makes what was added readable. */
        void close() {
            keys = addedKeys.build();
            LongColumn built = addedMarks.build();
            marks = built.values();
            values = added.stream().map(ColumnBuilder::build).toList();
        }
    }

    /** Results that follow one another and have the due time, the window, the monitor and the revision in common. */
    static final class Run {
        /** Of due time, window and monitor. */
        static final Comparator<Run> ORDER = Comparator.comparingLong((Run run) -> run.dueTime)
                .thenComparingLong(run -> run.windowEnd)
                .thenComparingLong(run -> run.windowStart)
                .thenComparingInt(run -> run.in.monitor);

        private final Columns in;
        private final long dueTime;
        private final long windowStart;
        private final long windowEnd;
        private final int revision;
        private final int first;
        private int end;

        private Run(Columns in, int first, LinkRows rows, int row) {
            this.in = in;
            this.first = first;
            this.end = first;
            this.dueTime = ResultReader.dueTime(rows, row);
            this.windowStart = rows.windows().starts()[row];
            this.windowEnd = rows.windows().ends()[row];
            this.revision = rows.emission().revision();
        }

        private boolean isOf(LinkRows rows, int row) {
            return windowStart == rows.windows().starts()[row]
                    && windowEnd == rows.windows().ends()[row]
                    && dueTime == ResultReader.dueTime(rows, row);
        }

        /** The places of its results are {@code [first(), end())}. */
        int first() {
            return first;
        }

        int end() {
            return end;
        }

        /** How many bytes the keys of a result and of one of another run begin with in common, at most {@code most}. */
        int commonBytes(int place, Run other, int otherPlace, int most) {
            BytesColumn left = in.keys;
            BytesColumn right = other.in.keys;
            int length = Math.min(left.length(place), right.length(otherPlace));
            int bytes = Math.min(most, length);
            int leftStart = left.start(place);
            int rightStart = right.start(otherPlace);
            int different = Arrays.mismatch(
                    left.bytes(),
                    leftStart,
                    leftStart + bytes,
                    right.bytes(),
                    rightStart,
                    rightStart + bytes);
            return different < 0 ? bytes : different;
        }

        /** Up to eight bytes of the key of a result from {@code skipped} on, as an unsigned number. */
        long keyPrefix(int place, int skipped) {
            BytesColumn keys = in.keys;
            return Slices.prefix(
                    keys.bytes(), keys.start(place) + skipped, keys.length(place) - skipped);
        }

        /** Compares a result with one of another run by key, ordinal and revision. */
        int compare(int place, Run other, int otherPlace) {
            BytesColumn left = in.keys;
            BytesColumn right = other.in.keys;
            int byKey = Arrays.compareUnsigned(
                    left.bytes(),
                    left.start(place),
                    left.start(place) + left.length(place),
                    right.bytes(),
                    right.start(otherPlace),
                    right.start(otherPlace) + right.length(otherPlace));
            if (byKey != 0) {
                return byKey;
            }
            int byOrdinal = Long.compare(ordinal(place), other.ordinal(otherPlace));
            return byOrdinal != 0 ? byOrdinal : Integer.compare(revision, other.revision);
        }

        private long ordinal(int place) {
            return in.marks[place] >>> MARK_BITS;
        }

        /** The result that stands at a place. */
        Result result(int place) {
            return new Waiting(this, place);
        }
    }

    /** A result that reads what it is asked for from where it waits. */
    private static final class Waiting implements Result {
        private final Run run;
        private final int place;

        Waiting(Run run, int place) {
            this.run = run;
            this.place = place;
        }

        private int mark() {
            return (int) run.in.marks[place];
        }

        @Override
        public int monitor() {
            return run.in.monitor;
        }

        @Override
        public byte[] key() {
            return run.in.keys.copyBytes(place);
        }

        @Override
        public long windowStart() {
            return run.windowStart;
        }

        @Override
        public long windowEnd() {
            return run.windowEnd;
        }

        @Override
        public long ordinal() {
            return run.ordinal(place);
        }

        @Override
        public int revision() {
            return run.revision;
        }

        @Override
        public Kind kind() {
            return KINDS.get(mark() & (APPROXIMATE - 1));
        }

        @Override
        public boolean approximate() {
            return (mark() & APPROXIMATE) != 0;
        }

        @Override
        public boolean incomplete() {
            return (mark() & INCOMPLETE) != 0;
        }

        @Override
        public long dueTime() {
            return run.dueTime;
        }

        @Override
        public List<@Nullable Object> values() {
            return new Row(run.in.types, run.in.values, place);
        }
    }

    /** The values of one result, each made when it is asked for. */
    private static final class Row extends AbstractList<@Nullable Object> implements RandomAccess {
        private final List<Type> types;
        private final List<Column> columns;
        private final int row;

        Row(List<Type> types, List<Column> columns, int row) {
            this.types = types;
            this.columns = columns;
            this.row = row;
        }

        @Override
        public @Nullable Object get(int index) {
            return Values.get(types.get(index), columns.get(index), row);
        }

        @Override
        public int size() {
            return types.size();
        }
    }

    /** Whether no more may be added, so that places stay small numbers. */
    public boolean isFull() {
        return columns.values().stream().anyMatch(Columns::isFull);
    }

    /** Adds each row that is visible or withdrawn. */
    public void add(MonitorRows monitorRows) {
        LinkRows rows = monitorRows.rows();
        Selection shown = ResultReader.shown(rows);
        if (shown.isEmpty()) {
            return;
        }
        List<Type> types = rows.batch().schema().fields().stream()
                .limit(monitorRows.shownColumns())
                .map(Field::type)
                .toList();
        Columns in = columns.computeIfAbsent(
                new Columns.Name(monitorRows.monitor(), types), Columns::new);
        int first = in.size();
        in.add(rows, shown);
        Run run = null;
        for (int i = 0; i < shown.size(); i++) {
            int row = shown.row(i);
            if (run == null || !run.isOf(rows, row)) {
                run = new Run(in, first + i, rows, row);
                runs.add(run);
            }
            run.end = first + i + 1;
        }
    }

    /** What was added; nothing may be added afterwards. */
    List<Run> close() {
        columns.values().forEach(Columns::close);
        return runs;
    }
}
