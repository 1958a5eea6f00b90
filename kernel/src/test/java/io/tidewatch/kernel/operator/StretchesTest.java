package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StretchesTest {
    private static final int TIMES = 120;

    @Test
    void everyMomentIsToldOnceAndWhatWasToldIsRemembered() {
        Choices.random("stretches", 2_000, choices -> {
            Stretches stretches = new Stretches();
            BitSet lacking = new BitSet();
            for (int i = choices.upTo(12); i > 0; i--) {
                int gap = choices.of(1, 5, 10, 20);
                int start = choices.upTo(TIMES / 20 - 1) * 20 / gap * gap;
                stretches.add(start, start + gap, IncompleteWindow.folded(start, start + gap, 3));
                lacking.set(start, start + gap);
            }
            BitSet told = new BitSet();
            for (int time = choices.upTo(9); time <= TIMES; time += choices.between(1, 30)) {
                tell(stretches, time, told);
                assertThat(told.get(0, time + 1)).isEqualTo(lacking.get(0, time + 1));
                stretches = choices.flag() ? copyOf(stretches) : stretches;
            }
            tell(stretches, TIMES, told);
            assertThat(told).isEqualTo(lacking);
            int start = choices.upTo(TIMES - 1);
            int end = choices.between(start + 1, TIMES);
            assertThat(stretches.touch(start, end))
                    .isEqualTo(!lacking.get(start, end).isEmpty());
        });
    }

    private static void tell(Stretches stretches, long through, BitSet told) {
        IncompleteWindow stretch = stretches.next(through);
        while (stretch != null) {
            assertThat(stretch.start()).isLessThanOrEqualTo(through);
            assertThat(stretch.stretch() && stretch.isFolded(3)).isTrue();
            int start = (int) stretch.start();
            int end = (int) stretch.end();
            assertThat(start == end || told.get(start, end).isEmpty()).isTrue();
            told.set(start, end);
            stretch = stretches.next(through);
        }
    }

    @Test
    void beyondTheLimitTheOldestCountAsOne() {
        Stretches stretches = new Stretches();
        int count = Stretches.REMEMBERED_MAX + 2;
        for (int i = 0; i < count; i++) {
            stretches.add(10L * i, 10L * i + 5, IncompleteWindow.folded(0, 1, 3));
        }
        tell(stretches, 10L * count, new BitSet());
        assertThat(stretches.touch(5, 10)).isTrue();
        assertThat(stretches.touch(15, 20)).isTrue();
        assertThat(stretches.touch(25, 30)).isFalse();
        assertThat(stretches.touch(10L * count - 10, 10L * count - 9)).isTrue();
        int[] remembered = new int[1];
        stretches.each((start, end, lacks) -> remembered[0]++);
        assertThat(remembered[0]).isEqualTo(Stretches.REMEMBERED_MAX);
    }

    private static Stretches copyOf(Stretches stretches) {
        ByteWriter out = new ByteWriter(64);
        stretches.each((start, end, lacks) -> Stretches.write(start, end, lacks, out));
        Stretches copy = new Stretches();
        ByteReader in = new ByteReader(out.copyBytes());
        while (in.hasRemaining()) {
            copy.read(in);
        }
        return copy;
    }
}
