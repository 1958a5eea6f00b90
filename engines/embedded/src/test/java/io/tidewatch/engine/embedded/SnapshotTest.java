package io.tidewatch.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static byte[][] keyGroups(int changed) {
        byte[][] keyGroups = new byte[KeyGroups.COUNT][];
        Arrays.setAll(keyGroups, keyGroup ->
                new byte[] {(byte) keyGroup, 7, keyGroup == changed ? (byte) 1 : 0});
        return keyGroups;
    }

    @Test
    void readsWhatItWrote() {
        byte[] bytes = Snapshot.of(new byte[] {1, 2}, new byte[] {3}, keyGroups(-1), null)
                .toBytes();
        Snapshot read = Snapshot.parse(bytes);
        assertThat(read.positions()).containsExactly(1, 2);
        assertThat(read.common()).containsExactly(3);
        assertThat(read.keyGroup(5)).containsExactly(5, 7, 0);
        assertThat(read.toBytes()).isEqualTo(bytes);
    }

    @Test
    void sharesTheKeyGroupsThatDidNotChange() {
        Snapshot first = Snapshot.of(new byte[0], new byte[0], keyGroups(-1), null);
        Snapshot second = Snapshot.of(new byte[0], new byte[0], keyGroups(9), first);
        assertThat(second.changedCount()).isEqualTo(1);
        assertThat(second.keyGroup(8)).isSameAs(first.keyGroup(8));
        assertThat(second.keyGroup(9)).isNotSameAs(first.keyGroup(9));
    }

    @Test
    void refusesEveryDamagedByteAndEveryTruncation() {
        byte[] bytes = Snapshot.of(new byte[] {1, 2}, new byte[] {3}, keyGroups(-1), null)
                .toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertCorrupt(damaged);
            assertCorrupt(Arrays.copyOf(bytes, i));
        }
    }

    private static void assertCorrupt(byte[] bytes) {
        assertThatThrownBy(() -> Snapshot.parse(bytes))
                .isInstanceOfSatisfying(
                        TidewatchException.class, failure -> assertThat(failure.code())
                                .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT));
    }
}
