package io.tidewatch.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final TimeSpec TIME = TimeSpec.defaults();

    @Test
    void itKnowsTheGreatestEndOfAWindowThatHoldsARow() {
        Choices.random("position: windows with gaps", 400, choices -> {
            List<Family> families = families(choices);
            List<Windows> windows = families.stream().map(Family::windows).toList();
            Position position = new Position(TIME, windows);
            List<Long> taken = new ArrayList<>();
            for (int batch = choices.upTo(4); batch > 0; batch--) {
                rows(choices, position, taken);
                if (choices.flag()) {
                    position = Position.read(TIME, windows, written(position));
                }
                for (Family family : families) {
                    assertThat(position.greatestEnd(family.windows()))
                            .as("%s of %s", family, taken)
                            .isEqualTo(family.greatestEnd(taken));
                }
            }
        });
    }

    @Test
    void itIsNotReadForOtherWindows() {
        ByteReader one = written(new Position(TIME, List.of(Windows.hopping(2, 10, 0))));
        assertThatThrownBy(() -> Position.read(TIME, List.of(), one))
                .hasMessage("families: 1 (expected: 0)");
    }

    /** Takes rows of which some do not count, and adds the times of the others. */
    private static void rows(Choices choices, Position position, List<Long> taken) {
        long[] times = new long[choices.between(1, 8)];
        int[] chosen = new int[times.length];
        int count = 0;
        for (int row = 0; row < times.length; row++) {
            times[row] = choices.oneIn(20) ? Times.MAX + 1 : choices.between(-150, 150);
            if (!choices.oneIn(4)) {
                chosen[count++] = row;
                taken.add(times[row]);
            }
        }
        position.rows(times, Selection.of(chosen, count), new long[times.length]);
    }

    private static ByteReader written(Position position) {
        ByteWriter out = new ByteWriter(16);
        position.write(out);
        return new ByteReader(out.copyBytes());
    }

    private static List<Family> families(Choices choices) {
        List<Family> families = new ArrayList<>();
        for (int i = choices.upTo(3); i > 0; i--) {
            long size = choices.between(1, 30);
            families.add(new Family(
                    size,
                    size + choices.between(1, 30),
                    choices.between(-40, 40),
                    choices.upTo(3)));
        }
        return families.stream().distinct().toList();
    }

    /**
     * Windows [offset + i · hop, + size) of local time.
     *
     * @param aheadSeconds how far the local clock is ahead of UTC
     */
    private record Family(long size, long hop, long offset, int aheadSeconds) {
        Windows windows() {
            return aheadSeconds == 0
                    ? Windows.hopping(size, hop, offset)
                    : Windows.hopping(size, hop, offset, ZoneOffset.ofTotalSeconds(aheadSeconds));
        }

        long greatestEnd(List<Long> times) {
            long greatest = Times.BEGINNING;
            for (long time : times) {
                for (long start = time - size + 1;
                        Times.isSupported(time) && start <= time;
                        start++) {
                    if (Math.floorMod(start + aheadSeconds * 1_000L - offset, hop) == 0) {
                        greatest = Math.max(greatest, start + size);
                    }
                }
            }
            return greatest;
        }
    }
}
