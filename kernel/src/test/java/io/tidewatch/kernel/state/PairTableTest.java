package io.tidewatch.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTableTest {
    @Test
    void givesSlotsLikeAList() {
        Choices.random("pairs get slots in the order of their first appearance", 300, choices -> {
            PairTable table = new PairTable();
            for (int round = 0; round < 2; round++) {
                List<List<Integer>> pairs = new ArrayList<>();
                int firstMax = choices.upTo(100);
                int secondMax = choices.upTo(5);
                for (int i = choices.upTo(300); i > 0; i--) {
                    List<Integer> pair = List.of(choices.upTo(firstMax), choices.upTo(secondMax));
                    if (!pairs.contains(pair)) {
                        pairs.add(pair);
                    }
                    assertThat(table.slotOf(pair.get(0), pair.get(1)))
                            .isEqualTo(pairs.indexOf(pair));
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
}
