package io.tidewatch.kernel.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that have slots, looked for one by one or together, against a list of them. */
class KeySlotsTest {
    @Test
    void aTableKnowsItsKeysHoweverTheyAreLookedFor() {
        Choices.random("keys have slots", 200, choices -> check(choices, new KeyTable()));
    }

    @Test
    void numberedKeysAreKnownHoweverTheyAreLookedFor() {
        Choices.random("keys have numbers and slots", 200, choices -> {
            KeyNumbers numbers = new KeyNumbers();
            check(choices, new NumberedKeys(numbers));
            check(choices, new NumberedKeys(numbers));
        });
    }

    /** Some hashes are equal though the keys are not, and some bits of most. */
    private static void check(Choices choices, KeySlots keys) {
        Map<String, Integer> expected = new LinkedHashMap<>();
        int most = choices.of(3, 40, 3_000);
        long hashes = choices.of(1L, 7L, 0x1_0000_0001L, -1L);
        KeySlices wanted = new KeySlices();
        for (int round = choices.between(1, 6); round > 0; round--) {
            int count = choices.upTo(choices.oneIn(3) ? 2_000 : 30);
            byte[] bytes = new byte[4 * count];
            wanted.start(bytes);
            boolean together = choices.flag();
            for (int i = 0; i < count; i++) {
                byte[] key = ("" + choices.upTo(most)).getBytes(US_ASCII);
                System.arraycopy(key, 0, bytes, 4 * i, key.length);
                long hash = Hash.of(key, 0, key.length) & hashes;
                if (together) {
                    wanted.add(4 * i, key.length, hash);
                } else {
                    assertThat(keys.slotOf(bytes, 4 * i, key.length, hash))
                            .isEqualTo(slot(expected, key));
                }
            }
            keys.findAll(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                byte[] key = Arrays.copyOfRange(
                        bytes, wanted.start(i), wanted.start(i) + wanted.length(i));
                assertThat(wanted.slots()[i]).isEqualTo(slot(expected, key));
            }
        }
        assertThat(keys.size()).isEqualTo(expected.size());
        List<String> inOrder = new ArrayList<>(expected.keySet());
        for (int slot = 0; slot < inOrder.size(); slot++) {
            int start = keys.keyStart(slot);
            assertThat(new String(keys.keyBytes(), start, keys.keyLength(slot), US_ASCII))
                    .isEqualTo(inOrder.get(slot));
            assertThat(keys.find(keys, slot)).isEqualTo(slot);
        }
    }

    /** Of a key, which is added if it is new. */
    private static int slot(Map<String, Integer> expected, byte[] key) {
        String text = new String(key, US_ASCII);
        expected.putIfAbsent(text, expected.size());
        return expected.getOrDefault(text, -1);
    }
}
