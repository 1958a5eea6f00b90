package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.aggregate.Accumulators;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.window.Windows;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinalGroupsTest {
    private static final int HOP = 10;
    private static final int PANES_PER_WINDOW = 400;
    private static final int PANES = 4 * PANES_PER_WINDOW;

    @Test
    void aHopCombinesItsPanesAFewTimesEach() {
        Windows hop = Windows.hopping((long) HOP * PANES_PER_WINDOW, HOP, 0);
        assertThat(combinations(hop)).isBetween(5L * PANES, 6L * PANES);
    }

    @Test
    void aCumulatingWindowCombinesItsPanesOnce() {
        Windows cumulating = Windows.cumulating((long) HOP * PANES_PER_WINDOW, HOP, 0);
        assertThat(combinations(cumulating)).isEqualTo(PANES);
    }

    @Test
    void whatDoesNotOverlapIsNotCombined() {
        assertThat(combinations(Windows.tumbling(HOP, 0))).isZero();
    }

    /** How many combinations it takes to close the windows of panes with a row each, as time goes on. */
    private static long combinations(Windows windows) {
        Aggregation counts = new Aggregation(
                new Windowing.Grid(windows),
                -1,
                0,
                List.of(List.of()),
                List.of(new AggregateColumn(AggregateFunction.COUNT.resolve(), List.of(), -1)),
                0);
        GroupLayout layout = new GroupLayout(counts, List.of(), false);
        GroupShaper shaper = new GroupShaper(0, layout, List.of(), NOWHERE);
        FinalGroups groups = new FinalGroups(shaper, windows, new Lateness(0, 0), 100);
        for (int pane = 0; pane < PANES; pane++) {
            long start = (long) pane * HOP;
            groups.merge(rowIn(new UnitKey(true, start, start + HOP, 0), layout));
            groups.advance(start + HOP, (view, rows) -> {});
        }
        return groups.combinations();
    }

    private static ByteReader rowIn(UnitKey pane, GroupLayout layout) {
        GroupTable row = new GroupTable(layout.calls(), 100);
        byte[] key = {0, 0};
        row.slotOf(key, 0, key.length, 1);
        ByteWriter out = new ByteWriter(64);
        pane.write(out);
        PositionRanges.NONE.write(out);
        IncompleteWindow.write(null, out);
        out.writeVarLong(1);
        GroupTable.writeKey(row.keys(), 0, out);
        for (Accumulators each : row.accumulators()) {
            each.write(0, out);
        }
        return new ByteReader(out.copyBytes());
    }

    private static final SideOutput NOWHERE = new SideOutput() {
        @Override
        public void late(int link, SourceRows rows, int row, long windowEnd) {}

        @Override
        public void failed(int link, SourceRows rows, int row, ErrorCode code, String reason) {}

        @Override
        public void failedKey(
                int link, int view, long windowEnd, byte[] key, ErrorCode code, String reason) {}
    };
}
