package io.tidewatch.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class WatermarkTrackerTest {
    private static final TimeSpec SPEC = TimeSpec.defaults().withOutOfOrder(5);

    @Test
    void risesRowByRowAndNeverFalls() {
        WatermarkTracker tracker = new WatermarkTracker(SPEC);
        long[] before = new long[4];
        tracker.rows(new long[] {100, 90, 120, 110}, Selection.all(4), before);
        assertThat(before).containsExactly(Times.BEGINNING, 95, 95, 115);
        assertThat(tracker.watermark()).isEqualTo(115);
    }

    @Test
    void rowsOutsideTheSelectionDoNotCount() {
        WatermarkTracker tracker = new WatermarkTracker(SPEC);
        long[] before = {-1, -1, -1};
        tracker.rows(new long[] {100, 9_000, 101}, Selection.of(new int[] {0, 2}, 2), before);
        assertThat(before).containsExactly(Times.BEGINNING, -1, 95);
        assertThat(tracker.watermark()).isEqualTo(96);
    }

    @Test
    void aTickRaisesButDoesNotLower() {
        WatermarkTracker tracker = new WatermarkTracker(SPEC);
        tracker.tick(50);
        assertThat(tracker.watermark()).isEqualTo(50);
        tracker.tick(40);
        assertThat(tracker.watermark()).isEqualTo(50);
    }

    @Test
    void receiveTimesNeverFall() {
        WatermarkTracker tracker = new WatermarkTracker(SPEC);
        assertThat(tracker.received(10)).isEqualTo(10);
        assertThat(tracker.received(8)).isEqualTo(10);
        assertThat(tracker.receiveTime()).isEqualTo(10);
    }

    @Test
    void batchBoundariesAndSnapshotsDoNotMatter() {
        Choices.random("watermarks", 200, choices -> {
            int count = choices.upTo(40);
            long[] times = new long[count];
            for (int i = 0; i < count; i++) {
                times[i] = choices.oneIn(10) ? Times.MIN : choices.upTo(200);
            }
            long[] expected = new long[count];
            long watermark = Times.BEGINNING;
            for (int i = 0; i < count; i++) {
                expected[i] = watermark;
                watermark = Math.max(watermark, times[i] - 5);
            }
            WatermarkTracker tracker = new WatermarkTracker(SPEC);
            long[] found = new long[count];
            int done = 0;
            while (done < count) {
                int size = choices.between(1, count - done);
                long[] before = new long[size];
                tracker.rows(
                        Arrays.copyOfRange(times, done, done + size),
                        choices.flag() ? Selection.all(size) : listed(size),
                        before);
                System.arraycopy(before, 0, found, done, size);
                done += size;
                tracker = choices.flag() ? reread(tracker) : tracker;
            }
            assertThat(found).isEqualTo(expected);
            assertThat(tracker.watermark()).isEqualTo(watermark);
        });
    }

    private static Selection listed(int size) {
        int[] rows = new int[size];
        Arrays.setAll(rows, row -> row);
        return Selection.of(rows, size);
    }

    private static WatermarkTracker reread(WatermarkTracker tracker) {
        ByteWriter out = new ByteWriter(16);
        tracker.write(out);
        ByteReader in = new ByteReader(out.copyBytes());
        WatermarkTracker read = WatermarkTracker.read(SPEC, in);
        assertThat(in.hasRemaining()).isFalse();
        assertThat(read.receiveTime()).isEqualTo(tracker.receiveTime());
        return read;
    }
}
