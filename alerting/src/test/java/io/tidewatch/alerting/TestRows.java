package io.tidewatch.alerting;

import io.tidewatch.kernel.aggregate.Exemplar;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a monitor with one key column, {@code host}, and one value, {@code load}. */
final class TestRows implements AlertRows {
    static final KeyFields KEYS = new KeyFields(Schema.of(new Field("host", Type.VARCHAR)));
    static final Schema VALUES = Schema.of(new Field("load", Type.BIGINT));

    /** One row. */
    record Row(
            String host,
            long start,
            long end,
            Observation observation,
            boolean when,
            boolean clear,
            @Nullable Long load,
            Marks marks,
            long seenUntil,
            long ordinal) {
        /** A row that is shown, of a key seen right up to the window's end. */
        static Row of(String host, long start, long end, boolean when) {
            return new Row(
                    host,
                    start,
                    end,
                    Observation.SHOWN,
                    when,
                    !when,
                    when ? 1L : 0L,
                    Marks.NONE,
                    end,
                    0);
        }

        /** A row without a window. */
        static Row at(String host, long time, boolean when) {
            return of(host, time, time, when);
        }

        Row as(Observation other) {
            return new Row(host, start, end, other, when, clear, load, marks, seenUntil, ordinal);
        }

        Row withClear(boolean other) {
            return new Row(
                    host, start, end, observation, when, other, load, marks, seenUntil, ordinal);
        }

        Row withLoad(@Nullable Long other) {
            return new Row(
                    host, start, end, observation, when, clear, other, marks, seenUntil, ordinal);
        }

        Row withMarks(Marks other) {
            return new Row(
                    host, start, end, observation, when, clear, load, other, seenUntil, ordinal);
        }

        Row withSeenUntil(long other) {
            return new Row(host, start, end, observation, when, clear, load, marks, other, ordinal);
        }

        Row withOrdinal(long other) {
            return new Row(
                    host, start, end, observation, when, clear, load, marks, seenUntil, other);
        }
    }

    private final List<Row> rows;

    TestRows(List<Row> rows) {
        this.rows = new ArrayList<>(rows);
    }

    static TestRows of(Row... rows) {
        return new TestRows(List.of(rows));
    }

    /** The key of a host, in one of a few key groups. */
    static AlertKey keyOf(@Nullable String host) {
        ByteWriter out = new ByteWriter(16);
        Column[] columns = {BytesColumn.of(host)};
        new KeyEncoder(0, 0, List.of(Type.VARCHAR)).encode(columns, 0, out);
        byte[] bytes = out.copyBytes();
        return new AlertKey(bytes, (int) (Hash.of(bytes, 0, bytes.length) >>> 57) % 3);
    }

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public AlertKey key(int row) {
        return keyOf(rows.get(row).host());
    }

    @Override
    public Observation observation(int row) {
        return rows.get(row).observation();
    }

    @Override
    public boolean isWhen(int row) {
        return rows.get(row).when();
    }

    @Override
    public boolean isClear(int row) {
        return rows.get(row).clear();
    }

    @Override
    public long windowStart(int row) {
        return rows.get(row).start();
    }

    @Override
    public long windowEnd(int row) {
        return rows.get(row).end();
    }

    @Override
    public long seenUntil(int row) {
        return rows.get(row).seenUntil();
    }

    @Override
    public long ordinal(int row) {
        return rows.get(row).ordinal();
    }

    @Override
    public @Nullable Object value(int row, int column) {
        return rows.get(row).load();
    }

    @Override
    public Marks marks(int row) {
        return rows.get(row).marks();
    }

    @Override
    public List<PositionRange> positions(int row) {
        return List.of(new PositionRange(0, rows.get(row).start(), rows.get(row).end()));
    }

    @Override
    public List<Exemplar> exemplars(int row) {
        return List.of(new Exemplar(7, 0, rows.get(row).end()));
    }
}
