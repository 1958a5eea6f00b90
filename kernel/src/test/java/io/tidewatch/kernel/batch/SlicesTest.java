package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlicesTest {
    @Test
    void slicesAreEqualIfAllTheirBytesAre() {
        Choices.random("slices", 2_000, choices -> {
            int length = choices.upTo(choices.oneIn(4) ? 200 : 20);
            byte[] left = new byte[length + choices.upTo(20)];
            byte[] right = new byte[length + choices.upTo(20)];
            int leftStart = choices.upTo(left.length - length);
            int rightStart = choices.upTo(right.length - length);
            for (int i = 0; i < left.length; i++) {
                left[i] = (byte) choices.between(-128, 127);
            }
            System.arraycopy(left, leftStart, right, rightStart, length);
            if (choices.flag() && right.length > 0) {
                right[choices.upTo(right.length - 1)] ^= (byte) (1 << choices.upTo(7));
            }
            boolean equal = Arrays.equals(
                    left, leftStart, leftStart + length, right, rightStart, rightStart + length);
            assertThat(Slices.equal(left, leftStart, right, rightStart, length)).isEqualTo(equal);
        });
    }

    @Test
    void prefixesAreInTheOrderOfTheFirstEightBytes() {
        Choices.random("prefixes", 2_000, choices -> {
            byte[] left = bytes(choices);
            byte[] right = bytes(choices);
            int byBytes = Arrays.compareUnsigned(Arrays.copyOf(left, 8), Arrays.copyOf(right, 8));
            int byPrefix = Long.compareUnsigned(
                    Slices.prefix(left, 0, left.length), Slices.prefix(right, 0, right.length));
            assertThat(Integer.signum(byPrefix)).isEqualTo(Integer.signum(byBytes));
        });
    }

    private static byte[] bytes(Choices choices) {
        byte[] bytes = new byte[choices.upTo(12)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) choices.between(-2, 2);
        }
        return bytes;
    }
}
