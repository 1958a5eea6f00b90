package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteWriterTest {
    @Test
    void makesRoomOnceForWhatIsExpected() {
        ByteWriter out = new ByteWriter(16);
        out.writeInt(0x04030201);
        out.expect(1_000);
        byte[] room = out.array();
        for (int i = 0; i < 1_000; i++) {
            out.writeByte(i);
        }
        assertThat(out.array()).isSameAs(room);
        assertThat(out.copyBytes()).hasSize(1_004).startsWith(1, 2, 3, 4, 0, 1, 2);
    }

    @Test
    void growsBeyondWhatWasExpected() {
        ByteWriter out = new ByteWriter(16);
        out.expect(20);
        for (int i = 0; i < 100; i++) {
            out.writeByte(i);
        }
        assertThat(out.copyBytes()).hasSize(100).endsWith(97, 98, 99);
    }

    @Test
    void takesNoRoomForMoreThanAnArrayHolds() {
        ByteWriter out = new ByteWriter(16);
        out.expect(Long.MAX_VALUE);
        out.expect(Integer.MAX_VALUE);
        assertThat(out.array()).hasSize(16);
    }

    @Test
    void isSeldomCopiedHoweverOftenMoreIsExpected() {
        ByteWriter out = new ByteWriter(16);
        int copies = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] before = out.array();
            out.expect(9);
            out.writeLong(i);
            copies += out.array() == before ? 0 : 1;
        }
        assertThat(out.size()).isEqualTo(80_000);
        assertThat(copies).isLessThan(20);
    }
}
