package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexSortTest {
    @Test
    void sortsAsAListOfObjectsIsSorted() {
        Choices.random("indices are sorted, and what is equal keeps its order", 500, choices -> {
            int size = choices.upTo(choices.oneIn(3) ? 200 : 40);
            int most = choices.upTo(size);
            int[] values = new int[size];
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values[i] = choices.upTo(most);
                expected.add(i);
            }
            choices.shuffle(expected);
            int[] indices = expected.stream().mapToInt(Integer::intValue).toArray();
            IndexSort.sort(indices, (left, right) -> Integer.compare(values[left], values[right]));
            expected.sort(Comparator.comparingInt(index -> values[index]));
            assertThat(indices)
                    .containsExactly(
                            expected.stream().mapToInt(Integer::intValue).toArray());
        });
    }
}
