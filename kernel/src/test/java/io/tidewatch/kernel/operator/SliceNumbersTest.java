package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceNumbersTest {
    private final SliceNumbers numbers = new SliceNumbers();
    private final byte[] table = new byte[100_000];

    @Test
    void knowsASliceByItsStartAndItsLength() {
        assertThat(numbers.find(table, 0, 0)).isEqualTo(-1);
        numbers.remember(7, 3, 42);
        assertThat(numbers.find(table, 7, 3)).isEqualTo(42);
        assertThat(numbers.find(table, 7, 4)).isEqualTo(-1);
        assertThat(numbers.find(table, 8, 3)).isEqualTo(-1);
    }

    @Test
    void forgetsWhatWasClearedAndSlicesOfAnotherArray() {
        assertThat(numbers.find(table, 7, 3)).isEqualTo(-1);
        numbers.remember(7, 3, 42);
        numbers.clear();
        assertThat(numbers.find(table, 7, 3)).isEqualTo(-1);
        numbers.remember(7, 3, 43);
        assertThat(numbers.find(table, 7, 3)).isEqualTo(43);
        assertThat(numbers.find(new byte[100], 7, 3)).isEqualTo(-1);
        assertThat(numbers.find(table, 7, 3)).isEqualTo(-1);
    }

    @Test
    void neverConfusesSlicesThatShareAPlace() {
        for (int start = 0; start < 90_000; start += 7) {
            int found = numbers.find(table, start, 5);
            assertThat(found).isEqualTo(-1);
            numbers.remember(start, 5, start);
            assertThat(numbers.find(table, start, 5)).isEqualTo(start);
        }
        for (int start = 0; start < 90_000; start += 7) {
            assertThat(numbers.find(table, start, 5)).isIn(-1, start);
        }
    }
}
