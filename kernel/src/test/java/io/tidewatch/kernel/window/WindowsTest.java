package io.tidewatch.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.time.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows on a grid without a zone, against enumeration from the definition. */
final class WindowsTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @Test
    void tumblingWithAnOffset() {
        Windows windows = Windows.tumbling(10 * MINUTE, 3 * MINUTE);
        assertThat(holding(windows, at("2015-02-15T10:15:00Z")))
                .containsExactly("2015-02-15T10:13:00.000Z .. 2015-02-15T10:23:00.000Z");
    }

    @Test
    void tumblingWithASizeThatFitsNoClock() {
        Windows windows = Windows.tumbling(20 * MINUTE + 10_525, 0);
        assertThat(holding(windows, at("2015-02-15T10:15:00.500Z")))
                .containsExactly("2015-02-15T10:10:31.125Z .. 2015-02-15T10:30:41.650Z");
    }

    @Test
    void hoppingWithAnOffset() {
        Windows windows = Windows.hopping(10 * MINUTE, 5 * MINUTE, 2 * MINUTE);
        assertThat(holding(windows, at("2015-02-15T10:15:00Z")))
                .containsExactly(
                        "2015-02-15T10:07:00.000Z .. 2015-02-15T10:17:00.000Z",
                        "2015-02-15T10:12:00.000Z .. 2015-02-15T10:22:00.000Z");
    }

    @Test
    void cumulatingWindowsShareTheirStart() {
        Windows windows = Windows.cumulating(15 * MINUTE, 5 * MINUTE, 0);
        assertThat(holding(windows, at("2015-02-15T10:06:00Z")))
                .containsExactly(
                        "2015-02-15T10:00:00.000Z .. 2015-02-15T10:10:00.000Z",
                        "2015-02-15T10:00:00.000Z .. 2015-02-15T10:15:00.000Z");
    }

    @Test
    void aHopLargerThanTheSizeLeavesHoles() {
        Windows windows = Windows.hopping(2 * MINUTE, 5 * MINUTE, 0);
        assertThat(windows.contains(at("2015-02-15T10:01:59.999Z"))).isTrue();
        assertThat(windows.contains(at("2015-02-15T10:02:00Z"))).isFalse();
        assertThat(windows.contains(at("2015-02-15T10:04:59.999Z"))).isFalse();
        assertThat(windows.contains(at("2015-02-15T10:05:00Z"))).isTrue();
    }

    @Test
    void windowsEqualTheirDefinition() {
        Choices.random("windows", 400, choices -> {
            Definition definition = Definition.any(choices);
            Windows windows = definition.windows();
            long base =
                    choices.of(0L, 0L, Times.MIN + 1_000, Times.MAX - 1_000, 1_431_857_103_000L);
            for (int i = 0; i < 40; i++) {
                long time = base + choices.between(-120, 120);
                if (Times.isSupported(time)) {
                    definition.check(windows, time);
                }
            }
            assertThat(windows.hasGaps())
                    .isEqualTo(LongStream.range(0, definition.step())
                            .anyMatch(time -> !windows.contains(time)));
        });
    }

    @Test
    void everyWindowIsAUnionOfPanes() {
        Choices.random("panes", 300, choices -> {
            Definition definition = Definition.any(choices);
            Windows windows = definition.windows();
            long time = choices.between(-500, 500);
            assertThat(windows.paneStart(time)).isLessThanOrEqualTo(time);
            assertThat(windows.paneEnd(windows.paneStart(time))).isGreaterThan(time);
            long end = windows.nextEnd(time);
            long pane = windows.startOf(end);
            int panes = 0;
            while (pane < end) {
                assertThat(windows.paneStart(pane)).isEqualTo(pane);
                long paneEnd = windows.paneEnd(pane);
                for (long inPane = pane; inPane < paneEnd; inPane++) {
                    assertThat(windows.paneStart(inPane)).isEqualTo(pane);
                    assertThat(windows.firstEnd(inPane)).isEqualTo(windows.firstEnd(pane));
                    assertThat(windows.lastEnd(inPane)).isEqualTo(windows.lastEnd(pane));
                }
                pane = paneEnd;
                panes++;
            }
            assertThat(pane).isEqualTo(end);
            assertThat(panes).isLessThanOrEqualTo(Windows.PANES_MAX);
        });
    }

    @Test
    void timesOutsideTheSupportedRangeAreInNoWindow() {
        for (Windows windows : everyKind()) {
            for (long time :
                    new long[] {Long.MIN_VALUE, Times.MIN - 1, Times.MAX + 1, Long.MAX_VALUE}) {
                assertThat(windows.contains(time)).isFalse();
                assertThat(windows.firstEnd(time)).isGreaterThan(windows.paneStart(time));
                assertThat(windows.lastEnd(time)).isGreaterThan(Grid.MIN);
            }
            for (long time : new long[] {Times.MIN, Times.MAX}) {
                assertThat(windows.contains(time)).isTrue();
                assertThat(windows.startOf(windows.firstEnd(time))).isLessThanOrEqualTo(time);
                assertThat(windows.startOf(windows.lastEnd(time))).isLessThanOrEqualTo(time);
                assertThat(windows.paneStart(time)).isLessThanOrEqualTo(time);
                assertThat(windows.nextEnd(windows.lastEnd(time)))
                        .isGreaterThan(windows.lastEnd(time));
            }
            assertThat(windows.nextEnd(Times.BEGINNING)).isLessThan(Times.MIN);
        }
    }

    @Test
    void timesWhoseWindowsLeaveTheRangeAreKnown() {
        Windows tens = Windows.hopping(10, 5, 0);
        assertThat(tens.isWithinRange(Times.MIN - 1)).isFalse();
        assertThat(tens.isWithinRange(Times.MIN)).isFalse();
        assertThat(tens.isWithinRange(Times.MIN + 5)).isTrue();
        // The last window that ends within the range ends at MAX - 4.
        assertThat(tens.isWithinRange(Times.MAX - 10)).isTrue();
        assertThat(tens.isWithinRange(Times.MAX - 9)).isFalse();
        assertThat(tens.isWithinRange(Times.MAX)).isFalse();
        assertThat(Windows.tumbling(Times.DURATION_MAX, 0).isWithinRange(-1)).isFalse();
        // A hole is in no window that could leave the range.
        Windows holes = Windows.hopping(2, 5, 0);
        assertThat(holes.isWithinRange(Times.MAX)).isTrue();
        assertThat(holes.contains(Times.MAX)).isFalse();
    }

    @Test
    void theRangeOfTimesWithWindowsEqualsItsDefinition() {
        Choices.random("windows at the ends of time", 300, choices -> {
            Windows windows = Definition.any(choices).windows();
            long base = choices.of(Times.MIN, Times.MAX);
            for (int i = 0; i < 40; i++) {
                long time = base + choices.between(-200, 200);
                boolean within = Times.isSupported(time);
                for (long end = windows.nextEnd(time);
                        within && end <= windows.lastEnd(time);
                        end = windows.nextEnd(end)) {
                    within = Times.isSupported(end) && Times.isSupported(windows.startOf(end));
                }
                assertThat(windows.isWithinRange(time)).isEqualTo(within);
            }
        });
    }

    private static List<Windows> everyKind() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return List.of(
                Windows.tumbling(MINUTE, 0),
                Windows.tumbling(1, 0),
                Windows.tumbling(Times.DURATION_MAX, 0),
                Windows.hopping(Times.DURATION_MAX, Times.DURATION_MAX / 2 + 1, 0),
                Windows.hopping(10 * MINUTE, 3 * MINUTE, MINUTE),
                Windows.cumulating(DAY, HOUR, 7),
                Windows.tumbling(DAY, 0, berlin),
                Windows.tumbling(Times.DURATION_MAX, 0, berlin),
                Windows.hopping(7 * DAY, DAY, 0, berlin),
                Windows.cumulating(DAY, HOUR, 0, berlin));
    }

    @Test
    void equalFamiliesAreEqualObjectsWithEqualText() {
        assertThat(Windows.tumbling(10 * MINUTE, 13 * MINUTE))
                .isEqualTo(Windows.hopping(10 * MINUTE, 10 * MINUTE, -7 * MINUTE))
                .isEqualTo(Windows.cumulating(10 * MINUTE, 10 * MINUTE, 3 * MINUTE))
                .extracting(Windows::canonical)
                .isEqualTo("tumble 10m offset 3m");
        assertThat(Windows.hopping(10 * MINUTE, 5 * MINUTE, 7 * MINUTE).canonical())
                .isEqualTo("hop 10m every 5m offset 2m");
        assertThat(Windows.hopping(10 * MINUTE, 3 * MINUTE, 7 * MINUTE).canonical())
                .isEqualTo("hop 10m every 3m offset 1m");
        assertThat(Windows.cumulating(DAY, HOUR, 0).canonical()).isEqualTo("cumulate 1d step 1h");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Windows.tumbling(DAY, DAY + 6 * HOUR, berlin))
                .isEqualTo(Windows.tumbling(DAY, 6 * HOUR, berlin))
                .hasSameHashCodeAs(Windows.tumbling(DAY, 6 * HOUR, berlin))
                .isNotEqualTo(Windows.tumbling(DAY, 6 * HOUR, ZoneId.of("Europe/Paris")))
                .extracting(Windows::canonical)
                .isEqualTo("tumble 1d offset 6h zone Europe/Berlin");
    }

    @Test
    void aZoneWithAFixedOffsetIsAnOffset() {
        assertThat(Windows.tumbling(DAY, 0, ZoneOffset.UTC)).isEqualTo(Windows.tumbling(DAY, 0));
        assertThat(Windows.tumbling(DAY, 0, ZoneOffset.ofHours(2)))
                .isEqualTo(Windows.tumbling(DAY, 22 * HOUR));
        assertThat(Windows.hopping(10 * MINUTE, 3 * MINUTE, 0, ZoneOffset.UTC))
                .isEqualTo(Windows.hopping(10 * MINUTE, 3 * MINUTE, 0));
        assertThat(Windows.cumulating(DAY, HOUR, 0, ZoneOffset.ofHours(-3)))
                .isEqualTo(Windows.cumulating(DAY, HOUR, 3 * HOUR));
    }

    @Test
    void refusesWhatIsNoFamilyOfWindows() {
        assertThatThrownBy(() -> Windows.tumbling(0, 0))
                .hasMessage("size: 0ms (expected: 1ms to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> Windows.hopping(MINUTE, -5, 0))
                .hasMessage("hop: -5ms (expected: 1ms to 3652058d23h59m59s999ms)");
        assertThatThrownBy(() -> Windows.cumulating(10 * MINUTE, 3 * MINUTE, 0))
                .hasMessage("size: 10m (expected: a multiple of step 3m)");
        assertThatThrownBy(() ->
                        Windows.hopping(10 * MINUTE, 3 * MINUTE, 0, ZoneId.of("Asia/Kathmandu")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Windows.hopping(10 * MINUTE, 3 * MINUTE, 0, ZoneId.of("Europe/Berlin")))
                .hasMessage("size: 10m (expected: a multiple of hop 3m, for windows follow zone"
                        + " Europe/Berlin)");
        assertThatThrownBy(() -> Windows.hopping(HOUR, 100, 0))
                .hasMessage("windows per event: 36000 (expected: <= 10000; choose a larger hop or"
                        + " step, or a smaller size)");
        assertThatThrownBy(() -> Windows.hopping(25_001, 3, 0))
                .hasMessageStartingWith("panes per window: 16667 (expected: <= 10000;");
        assertThatThrownBy(() -> Windows.cumulating(10_001, 1, 0))
                .hasMessageStartingWith("panes per window: 10001 (expected: <= 10000;");
    }

    private static long at(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    private static List<String> holding(Windows windows, long time) {
        List<String> found = new ArrayList<>();
        for (long end = windows.firstEnd(time);
                end <= windows.lastEnd(time);
                end = windows.nextEnd(end)) {
            found.add(Timestamps.format(windows.startOf(end)) + " .. " + Timestamps.format(end));
        }
        return found;
    }

    private enum Kind {
        TUMBLING,
        HOPPING,
        CUMULATING
    }

    /** Windows by their definition alone: every start and end is tried. */
    private record Definition(Kind kind, long size, long step, long offset) {
        static Definition any(Choices choices) {
            long step = choices.between(1, 12);
            long offset = choices.between(-40, 40);
            return switch (choices.of(Kind.values())) {
                case TUMBLING -> new Definition(Kind.TUMBLING, step, step, offset);
                case HOPPING -> new Definition(Kind.HOPPING, choices.between(1, 40), step, offset);
                case CUMULATING ->
                    new Definition(Kind.CUMULATING, step * choices.between(1, 5), step, offset);
            };
        }

        Windows windows() {
            return switch (kind) {
                case TUMBLING -> Windows.tumbling(size, offset);
                case HOPPING -> Windows.hopping(size, step, offset);
                case CUMULATING -> Windows.cumulating(size, step, offset);
            };
        }

        boolean isWindow(long start, long end) {
            long length = end - start;
            return switch (kind) {
                case TUMBLING, HOPPING ->
                    length == size && Math.floorMod(start - offset, step) == 0;
                case CUMULATING ->
                    length > 0
                            && length <= size
                            && length % step == 0
                            && Math.floorMod(start - offset, size) == 0;
            };
        }

        void check(Windows windows, long time) {
            TreeSet<Long> ends = new TreeSet<>();
            for (long start = time - size + 1; start <= time; start++) {
                for (long end = time + 1; end <= start + size; end++) {
                    if (isWindow(start, end)) {
                        ends.add(end);
                        assertThat(windows.startOf(end)).isEqualTo(start);
                    }
                }
            }
            assertThat(windows.contains(time)).isEqualTo(!ends.isEmpty());
            if (ends.isEmpty()) {
                return;
            }
            List<Long> found = new ArrayList<>();
            long last = windows.lastEnd(time);
            for (long end = windows.firstEnd(time); end <= last; end = windows.nextEnd(end)) {
                found.add(end);
            }
            assertThat(found).containsExactlyElementsOf(ends);
            assertThat(windows.nextEnd(time)).isEqualTo(ends.first());
            assertThat(windows.previousEnd(ends.first())).isLessThanOrEqualTo(time);
            for (Long end : ends) {
                assertThat(windows.previousEnd(windows.nextEnd(end))).isEqualTo(end);
                assertThat(windows.nextEnd(windows.previousEnd(end))).isEqualTo(end);
                assertThat(windows.previousEnd(end + 1)).isEqualTo(end);
            }
            assertThat(windows.previousEnd(ends.first()))
                    .isLessThanOrEqualTo(time)
                    .isEqualTo(windows.previousEnd(time + 1));
            assertThat(windows.nextEnd(windows.previousEnd(time))).isGreaterThanOrEqualTo(time);
        }
    }
}
