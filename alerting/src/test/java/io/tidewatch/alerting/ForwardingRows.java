package io.tidewatch.alerting;

import io.tidewatch.kernel.aggregate.Exemplar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of another. */
class ForwardingRows implements AlertRows {
    private final AlertRows rows;

    ForwardingRows(AlertRows rows) {
        this.rows = rows;
    }

    @Override
    public int rowCount() {
        return rows.rowCount();
    }

    @Override
    public AlertKey key(int row) {
        return rows.key(row);
    }

    @Override
    public Observation observation(int row) {
        return rows.observation(row);
    }

    @Override
    public boolean isWhen(int row) {
        return rows.isWhen(row);
    }

    @Override
    public boolean isClear(int row) {
        return rows.isClear(row);
    }

    @Override
    public long windowStart(int row) {
        return rows.windowStart(row);
    }

    @Override
    public long windowEnd(int row) {
        return rows.windowEnd(row);
    }

    @Override
    public long seenUntil(int row) {
        return rows.seenUntil(row);
    }

    @Override
    public long ordinal(int row) {
        return rows.ordinal(row);
    }

    @Override
    public @Nullable Object value(int row, int column) {
        return rows.value(row, column);
    }

    @Override
    public Marks marks(int row) {
        return rows.marks(row);
    }

    @Override
    public List<PositionRange> positions(int row) {
        return rows.positions(row);
    }

    @Override
    public List<Exemplar> exemplars(int row) {
        return rows.exemplars(row);
    }
}
