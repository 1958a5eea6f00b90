package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GatherTest {
    @Test
    void aCopyKeepsItsStringsWhenTheBufferTheyStoodInIsUsedAgain() {
        byte[] buffer = "onetwothree".getBytes(UTF_8);
        BytesColumn source =
                new BytesColumn(3, buffer, new int[] {0, 3, 6}, new int[] {3, 3, 5}, new boolean[] {
                    false, true, false
                });
        BytesColumn copy = (BytesColumn) Gather.copyOf(source, new int[] {2, 1, -1, 0}, 4);
        Arrays.fill(buffer, (byte) '-');
        assertThat(copy.rowCount()).isEqualTo(4);
        assertThat(copy.toString(0)).isEqualTo("three");
        assertThat(copy.isNull(1)).isTrue();
        assertThat(copy.isNull(2)).isTrue();
        assertThat(copy.toString(3)).isEqualTo("one");
    }
}
