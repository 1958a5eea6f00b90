package io.tidewatch.codecs.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The stops beside a loop over the bytes. */
class JsonStopsTest {
    @Test
    void findsTheSameStopsAsALoop() {
        Choices.random("the stops of a buffer", 1000, choices -> {
            int partBytes = JsonStops.PART_BYTES;
            byte[] bytes = bytes(choices, 1 + choices.upTo(choices.of(20, 500, 3 * partBytes)));
            int whole = 1 + choices.upTo(bytes.length - 1);
            bytes[whole - 1] = '\n';
            JsonStops stops = new JsonStops();
            stops.begin(bytes, whole);
            for (int i = 0; i < 20; i++) {
                // Mostly forward, and sometimes back.
                assertEqualsLoop(stops, bytes, choices.upTo(whole - 1), choices);
            }
        });
    }

    @Test
    void findsTheStopsOfEveryLineOneAfterAnother() {
        Choices.random("the stops of lines", 200, choices -> {
            byte[] bytes = bytes(choices, 2 * JsonStops.PART_BYTES + choices.upTo(100));
            bytes[bytes.length - 1] = '\n';
            JsonStops stops = new JsonStops();
            stops.begin(bytes, bytes.length);
            int at = 0;
            stops.beginLine(at);
            while (at < bytes.length) {
                at = assertEqualsLoop(stops, bytes, at, choices) + 1;
            }
        });
    }

    @Test
    void forgetsTheBytesBeforeAnotherBeginning() {
        byte[] bytes = "abc\"def\n".getBytes(US_ASCII);
        JsonStops stops = new JsonStops();
        stops.begin(bytes, bytes.length);
        assertThat(stops.next(0)).isEqualTo(3);
        bytes[3] = 'x';
        stops.begin(bytes, bytes.length);
        assertThat(stops.next(0)).isEqualTo(7);
        byte[] others = Arrays.copyOf(bytes, bytes.length);
        others[1] = '\\';
        stops.begin(others, others.length);
        assertThat(stops.next(0)).isEqualTo(1);
    }

    private static int assertEqualsLoop(JsonStops stops, byte[] bytes, int start, Choices choices) {
        int expected = start;
        while (!isStop(bytes[expected])) {
            expected++;
        }
        if (choices.oneIn(3)) {
            stops.beginLine(start);
        }
        assertThat(stops.next(start)).as("from %d", start).isEqualTo(expected);
        return expected;
    }

    private static boolean isStop(byte b) {
        return b < ' ' || b == '"' || b == '\\';
    }

    /** Mostly letters; how far one stop is from the next one differs from time to time. */
    private static byte[] bytes(Choices choices, int length) {
        int oneIn = choices.of(2, 20, 200, 2000);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean isLetter = !choices.oneIn(oneIn);
            bytes[i] = (byte) (isLetter ? choices.between('#', '[') : choices.upTo(255));
        }
        return bytes;
    }
}
