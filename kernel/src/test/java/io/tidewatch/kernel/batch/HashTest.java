package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The published check values of XXH64, whose input is the top bytes of a sequence of products. */
final class HashTest {
    private static final long SEED = 2654435761L;
    private static final long FACTOR = 0x9E3779B185EBCA8DL;

    @Test
    void equalsThePublishedCheckValues() {
        assertThat(hash(0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(hash(0, SEED)).isEqualTo(0xAC75FDA2929B17EFL);
        assertThat(hash(1, 0)).isEqualTo(0xE934A84ADB052768L);
        assertThat(hash(1, SEED)).isEqualTo(0x5014607643A9B4C3L);
        assertThat(hash(4, 0)).isEqualTo(0x9136A0DCA57457EEL);
        assertThat(hash(14, 0)).isEqualTo(0x8282DCC4994E35C8L);
        assertThat(hash(14, SEED)).isEqualTo(0xC3BD6BF63DEB6DF0L);
        assertThat(hash(222, 0)).isEqualTo(0xB641AE8CB691C174L);
        assertThat(hash(222, SEED)).isEqualTo(0x20CB8AB7AE10C14AL);
    }

    @Test
    void equalsTheKnownHashesOfWords() {
        assertThat(ofText("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(ofText("abc")).isEqualTo(0x44BC2CF5AD770999L);
        assertThat(ofText("message digest")).isEqualTo(0x066ED728FCEEB3BEL);
    }

    @Test
    void aQuickHashIsThatOfTheBytesAndSeesEveryBit() {
        byte[] bytes = input(222);
        for (int start = 0; start < 20; start++) {
            for (int length = 0; length < 50; length++) {
                byte[] copy = java.util.Arrays.copyOfRange(bytes, start, start + length);
                long hash = Hash.quick(copy, 0, length);
                assertThat(Hash.quick(bytes, start, length)).isEqualTo(hash);
                for (int bit = 0; bit < 8 * length; bit++) {
                    copy[bit / 8] ^= (byte) (1 << bit % 8);
                    assertThat(Hash.quick(copy, 0, length)).isNotEqualTo(hash);
                    copy[bit / 8] ^= (byte) (1 << bit % 8);
                }
                assertThat(Hash.quick(new byte[length + 1], 0, length + 1))
                        .isNotEqualTo(Hash.quick(new byte[length], 0, length));
            }
        }
    }

    @Test
    void aSliceHashesLikeItsCopyAndANumberLikeItsBytes() {
        byte[] bytes = input(222);
        for (int start = 0; start < 40; start++) {
            for (int length = 0; length < 100; length++) {
                byte[] copy = java.util.Arrays.copyOfRange(bytes, start, start + length);
                assertThat(Hash.of(bytes, start, length)).isEqualTo(Hash.of(copy, 0, length));
            }
        }
        ByteWriter writer = new ByteWriter(8);
        writer.writeLong(0x0123456789ABCDEFL);
        assertThat(Hash.of(0x0123456789ABCDEFL)).isEqualTo(Hash.of(writer.array(), 0, 8));
    }

    @Test
    void refusesASliceOutsideItsArray() {
        assertThatThrownBy(() -> Hash.of(new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static long ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Hash.of(bytes, 0, bytes.length);
    }

    private static long hash(int length, long seed) {
        return Hash.of(input(length), 0, length, seed);
    }

    private static byte[] input(int length) {
        byte[] bytes = new byte[length];
        long product = SEED;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (product >>> 56);
            product *= FACTOR;
        }
        return bytes;
    }
}
