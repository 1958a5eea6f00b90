package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void sectionsStandInOneAnother() {
        ByteWriter out = new ByteWriter(16);
        int outer = out.beginSection();
        out.writeByte(7);
        int inner = out.beginSection();
        out.writeLong(-1);
        out.endSection(inner);
        out.endSection(outer);
        out.endSection(out.beginSection());
        out.writeByte(8);
        ByteReader in = new ByteReader(out.array(), 0, out.size());
        ByteReader first = in.readSection();
        assertThat(in.readSection().hasRemaining()).isFalse();
        assertThat(in.readByte()).isEqualTo(8);
        assertThat(in.hasRemaining()).isFalse();
        assertThat(first.readByte()).isEqualTo(7);
        ByteReader second = first.readSection();
        assertThat(first.hasRemaining()).isFalse();
        assertThat(second.readLong()).isEqualTo(-1);
        assertThat(second.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aSectionOfALengthThatIsNotThereIsCorrupt(int length) {
        ByteWriter out = new ByteWriter(16);
        out.writeInt(length);
        out.writeByte(0);
        out.writeByte(0);
        ByteReader in = new ByteReader(out.array(), 0, out.size());
        assertThatThrownBy(in::readSection)
                .isInstanceOfSatisfying(
                        TidewatchException.class, failure -> assertThat(failure.code())
                                .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT));
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
