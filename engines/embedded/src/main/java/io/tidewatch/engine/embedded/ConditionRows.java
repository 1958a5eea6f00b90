package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.AlertKey;
import io.tidewatch.alerting.AlertRows;
import io.tidewatch.alerting.Marks;
import io.tidewatch.alerting.Observation;
import io.tidewatch.alerting.PositionRange;
import io.tidewatch.kernel.aggregate.Exemplar;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.plan.MonitorRows;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a monitor as its alerts see them. */
final class ConditionRows implements AlertRows {
    private final MonitorRows monitorRows;
    private final LinkRows rows;
    private final @Nullable Windows windows;

    /** @param windows the grid of the monitor's windows, if it has one */
    ConditionRows(MonitorRows monitorRows, @Nullable Windows windows) {
        this.monitorRows = monitorRows;
        this.rows = monitorRows.rows();
        this.windows = windows;
    }

    @Override
    public int rowCount() {
        return rows.rowCount();
    }

    @Override
    public AlertKey key(int row) {
        return new AlertKey(rows.windows().keys().copyBytes(row), rows.windows().keyGroup(row));
    }

    @Override
    public Observation observation(int row) {
        if (rows.is(LinkRows.OVERFLOW, row)) {
            return Observation.OVERFLOW;
        }
        if (rows.is(LinkRows.FOLDED, row)) {
            return Observation.FOLDED;
        }
        if (rows.is(LinkRows.FAILED, row) || monitorRows.isConditionFailed(row)) {
            return Observation.FAILED;
        }
        return rows.is(LinkRows.VISIBLE, row) ? Observation.SHOWN : Observation.HIDDEN;
    }

    @Override
    public boolean isWhen(int row) {
        return monitorRows.whenIsTrue(row);
    }

    @Override
    public boolean isClear(int row) {
        return monitorRows.clearIsTrue(row);
    }

    @Override
    public long windowStart(int row) {
        return rows.windows().starts()[row];
    }

    @Override
    public long windowEnd(int row) {
        return rows.windows().ends()[row];
    }

    @Override
    public long seenUntil(int row) {
        LinkRows.Extras extras = rows.extras();
        long[] latestPanes = extras == null ? null : extras.latestPanes();
        return windows == null || latestPanes == null
                ? windowEnd(row)
                : windows.paneEnd(latestPanes[row]);
    }

    @Override
    public long ordinal(int row) {
        return rows.ordinal(row);
    }

    @Override
    public @Nullable Object value(int row, int column) {
        return Values.get(
                rows.batch().schema().field(column).type(), rows.batch().column(column), row);
    }

    @Override
    public Marks marks(int row) {
        return new Marks(rows.is(LinkRows.APPROXIMATE, row), rows.isIncomplete(row));
    }

    @Override
    public List<PositionRange> positions(int row) {
        PositionRanges ranges = rows.positions(row);
        List<PositionRange> positions = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            positions.add(
                    new PositionRange(ranges.partition(i), ranges.least(i), ranges.greatest(i)));
        }
        return positions;
    }

    @Override
    public List<Exemplar> exemplars(int row) {
        LinkRows.Extras extras = rows.extras();
        BytesColumn exemplars = extras == null ? null : extras.exemplars();
        return exemplars == null
                ? List.of()
                : Exemplar.readAll(new ByteReader(
                        exemplars.bytes(), exemplars.start(row), exemplars.length(row)));
    }
}
