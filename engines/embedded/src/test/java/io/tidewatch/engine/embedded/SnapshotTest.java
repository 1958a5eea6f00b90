package io.tidewatch.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final int NONE = -1;

    private static Snapshot written(int changed, @Nullable Snapshot retired) {
        Snapshot snapshot = Snapshot.begin(retired);
        snapshot.positions().writeByte(1);
        snapshot.positions().writeByte(2);
        snapshot.common().writeByte(3);
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter out = snapshot.keyGroup(keyGroup);
            out.writeByte(keyGroup);
            out.writeByte(7);
            out.writeByte(keyGroup == changed ? 1 : 0);
        }
        return snapshot;
    }

    @Test
    void readsWhatItWrote() {
        byte[] bytes = written(NONE, null).toBytes();
        Snapshot read = Snapshot.parse(bytes);
        assertThat(read.positions().copyBytes()).containsExactly(1, 2);
        assertThat(read.common().copyBytes()).containsExactly(3);
        assertThat(read.keyGroup(5).copyBytes()).containsExactly(5, 7, 0);
        assertThat(read.toBytes()).isEqualTo(bytes);
    }

    @Test
    void tellsWhichKeyGroupsChanged() {
        Snapshot first = written(NONE, null);
        assertThat(written(NONE, null).changedSince(first).isEmpty()).isTrue();
        assertThat(written(9, null).changedSince(first))
                .isEqualTo(BitSet.valueOf(new long[] {1 << 9}));
    }

    @Test
    void aKeyGroupThatLostItsLastByteChanged() {
        Snapshot first = written(NONE, null);
        Snapshot second = written(NONE, null);
        second.keyGroup(127).truncate(2);
        assertThat(second.changedSince(first).stream().toArray()).containsExactly(127);
    }

    @Test
    void takesTheMemoryOfOneThatIsNotNeededAnyMore() {
        Snapshot first = written(3, null);
        first.keyGroup(4).writeLong(Long.MAX_VALUE);
        byte[] memory = first.keyGroup(4).array();
        Snapshot second = written(NONE, first);
        assertThat(second.keyGroup(4).array()).isSameAs(memory);
        assertThat(second.toBytes()).isEqualTo(written(NONE, null).toBytes());
        assertThatThrownBy(first::toBytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a later snapshot was written into the memory of this one");
    }

    @Test
    void refusesEveryDamagedByteAndEveryTruncation() {
        byte[] bytes = written(NONE, null).toBytes();
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
