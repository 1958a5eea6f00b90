package io.tidewatch.testkit.twin;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.window.Windows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Windows on a grid by their definitions.
 *
 * @param windowing what the kernel takes for them
 * @param holding the windows that hold a time
 */
record TwinWindows(Windowing windowing, LongFunction<List<Window>> holding) {
    /** All [offset + i · hop, + size) that hold the time. */
    static TwinWindows hopping(long size, long hop, long offset) {
        return new TwinWindows(new Windowing.Grid(Windows.hopping(size, hop, offset)), at -> {
            List<Window> windows = new ArrayList<>();
            for (long i = Math.floorDiv(at - offset - size, hop) - 1; offset + i * hop <= at; i++) {
                addIfHolds(new Window(offset + i * hop, offset + i * hop + size), at, windows);
            }
            return windows;
        });
    }

    static TwinWindows cumulating(long size, long step, long offset) {
        return new TwinWindows(new Windowing.Grid(Windows.cumulating(size, step, offset)), at -> {
            List<Window> windows = new ArrayList<>();
            long start = Math.floorDiv(at - offset, size) * size + offset;
            for (long length = step; length <= size; length += step) {
                addIfHolds(new Window(start, start + length), at, windows);
            }
            return windows;
        });
    }

    /** Every local day, with those before it. */
    static TwinWindows days(ZoneId zone, int count) {
        Windows windows = Windows.hopping(count * 86_400_000L, 86_400_000, 0, zone);
        return new TwinWindows(new Windowing.Grid(windows), at -> {
            LocalDate day = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
            List<Window> holding = new ArrayList<>();
            for (int later = 1; later <= count; later++) {
                LocalDate end = day.plusDays(later);
                holding.add(new Window(startOf(end.minusDays(count), zone), startOf(end, zone)));
            }
            return holding;
        });
    }

    /** Windows of some milliseconds. */
    static TwinWindows any(Choices choices) {
        int offset = choices.oneIn(3) ? choices.between(-9, 9) : 0;
        return switch (choices.upTo(3)) {
            case 0 -> hopping(choices.between(16, 36), choices.between(1, 2), offset);
            case 1 -> {
                int size = choices.between(1, 25);
                yield hopping(size, size, offset);
            }
            case 2 -> hopping(choices.between(1, 30), choices.between(1, 12), offset);
            default -> {
                int step = choices.between(1, 7);
                yield cumulating((long) step * choices.between(1, 4), step, offset);
            }
        };
    }

    private static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static void addIfHolds(Window window, long at, List<Window> windows) {
        if (window.start() <= at && at < window.end()) {
            windows.add(window);
        }
    }
}
