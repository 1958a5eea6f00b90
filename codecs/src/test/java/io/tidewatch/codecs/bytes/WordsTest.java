package io.tidewatch.codecs.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void findsTheFirstByteThatStopsAString() {
        Choices.random("stops", 50_000, choices -> {
            byte[] bytes = new byte[8];
            int first = 8;
            for (int i = 7; i >= 0; i--) {
                bytes[i] = (byte)
                        (choices.flag() ? choices.between(0, 255) : choices.between('A', 'Z'));
                boolean stops = bytes[i] < ' ' || bytes[i] == '"' || bytes[i] == '\\';
                first = stops ? i : first;
            }
            long found = Words.stops(Words.at(bytes, 0));
            assertThat(Long.numberOfTrailingZeros(found) >>> 3).isEqualTo(first);
        });
    }

    @Test
    void findsEveryByteThatStopsAStringAmongOthers() {
        for (int b = 0; b < 256; b++) {
            byte[] bytes = "aaaaaaaa".getBytes(US_ASCII);
            bytes[3] = (byte) b;
            boolean stops = b < ' ' || b == '"' || b == '\\' || b >= 0x80;
            assertThat(Words.stops(Words.at(bytes, 0)) != 0).as("byte %d", b).isEqualTo(stops);
        }
    }

    @Test
    void findsNothingButTheBytesThatStopAString() {
        Choices.random("all stops", 50_000, choices -> {
            byte[] bytes = new byte[8];
            int expected = 0;
            for (int i = 0; i < 8; i++) {
                bytes[i] = (byte)
                        (choices.flag()
                                ? choices.between(0, 255)
                                : choices.of(
                                        (int) '"', (int) '#', (int) '\\', (int) ']', 0x1F, 0x20));
                boolean stops = bytes[i] < ' ' || bytes[i] == '"' || bytes[i] == '\\';
                expected |= stops ? 1 << i : 0;
            }
            long found = Words.stops(Words.at(bytes, 0));
            assertThat(Words.highBits(found)).isEqualTo(expected);
        });
    }

    @Test
    void passesOverBytesUpToOneOfTwo() {
        Choices.random("pass", 20_000, choices -> {
            byte[] bytes = new byte[choices.upTo(40)];
            byte first = (byte) choices.between(0, 127);
            byte second = choices.flag() ? first : (byte) choices.between(0, 127);
            for (int i = 0; i < bytes.length; i++) {
                boolean near = choices.oneIn(12);
                int b = near ? first + choices.between(-1, 1) : choices.between('A', 'C');
                bytes[i] = (byte) (choices.oneIn(12) ? choices.between(0, 255) : b);
            }
            int start = choices.upTo(bytes.length);
            int expected = start;
            while (expected < bytes.length
                    && bytes[expected] >= 0
                    && bytes[expected] != first
                    && bytes[expected] != second) {
                expected++;
            }
            int at = Words.pass(bytes, start, Words.eight(first), Words.eight(second));
            // Where fewer than eight bytes are left, the caller goes on.
            boolean stopped = at == expected;
            boolean hasFewLeft = at >= start && at < expected && at + 8 > bytes.length;
            assertThat(stopped || hasFewLeft).as("%d of %d", at, expected).isTrue();
        });
    }

    @Test
    void readsEightDigits() {
        Choices.random("digits", 20_000, choices -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                text.append((char) ('0' + choices.between(0, 9)));
            }
            long word = Words.at(text.toString().getBytes(US_ASCII), 0);
            assertThat(Words.areDigits(word)).isTrue();
            assertThat(Words.digits(word)).isEqualTo(Long.parseLong(text.toString()));
        });
    }

    @Test
    void tellsDigitsFromAllOtherBytes() {
        for (int place = 0; place < 8; place++) {
            for (int b = 0; b < 256; b++) {
                byte[] bytes = "12345678".getBytes(ISO_8859_1);
                bytes[place] = (byte) b;
                assertThat(Words.areDigits(Words.at(bytes, 0)))
                        .as("byte %d at %d", b, place)
                        .isEqualTo(b >= '0' && b <= '9');
            }
        }
    }
}
