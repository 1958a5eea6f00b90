package io.tidewatch.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Selection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTableTest {
    @Test
    void givesSlotsLikeAList() {
        Choices.random("pairs get slots in the order of their first appearance", 300, choices -> {
            PairTable table = new PairTable();
            for (int round = 0; round < 3; round++) {
                List<List<Integer>> pairs = new ArrayList<>();
                // Numbers around those up to which pairs have places of their own.
                int firstLeast = choices.oneIn(3) ? (1 << 14) - 50 : 0;
                int firstMost = firstLeast + choices.upTo(100);
                int secondMost = choices.upTo(12);
                for (int i = choices.upTo(60); i > 0; i--) {
                    if (choices.flag()) {
                        int first = choices.between(firstLeast, firstMost);
                        List<Integer> pair = List.of(first, choices.upTo(secondMost));
                        addIfNew(pairs, pair);
                        assertThat(table.slotOf(pair.get(0), pair.get(1)))
                                .isEqualTo(pairs.indexOf(pair));
                    } else {
                        checkRows(choices, table, pairs, firstLeast, firstMost, secondMost);
                    }
                    assertThat(table.size()).isEqualTo(pairs.size());
                }
                for (int slot = 0; slot < pairs.size(); slot++) {
                    assertThat(List.of(table.first(slot), table.second(slot)))
                            .isEqualTo(pairs.get(slot));
                }
                table.clear();
                assertThat(table.size()).isZero();
            }
        });
    }

    private static void checkRows(
            Choices choices,
            PairTable table,
            List<List<Integer>> pairs,
            int firstLeast,
            int firstMost,
            int secondMost) {
        int[] firsts = new int[choices.upTo(12)];
        int[] chosen = new int[firsts.length];
        int size = 0;
        int second = choices.upTo(secondMost);
        for (int row = 0; row < firsts.length; row++) {
            firsts[row] = choices.between(firstLeast, firstMost);
            if (choices.flag()) {
                chosen[size++] = row;
                addIfNew(pairs, List.of(firsts[row], second));
            }
        }
        int[] slots = new int[firsts.length];
        table.slotsOf(firsts, second, Selection.of(chosen, size), slots);
        for (int i = 0; i < size; i++) {
            assertThat(slots[chosen[i]])
                    .isEqualTo(pairs.indexOf(List.of(firsts[chosen[i]], second)));
        }
    }

    private static void addIfNew(List<List<Integer>> pairs, List<Integer> pair) {
        if (!pairs.contains(pair)) {
            pairs.add(pair);
        }
    }
}
