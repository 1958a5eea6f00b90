package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Entries;
import io.tidewatch.log.Entry;
import io.tidewatch.log.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A torn tail is cut, damage is refused: at every byte and every bit. */
class TailTest {
    private static final String SEGMENT = "00000000000000000000.seg";

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    /** A crash in the middle of a write: the mark is of the group before. */
    @Test
    void cutsATornTailAtTheLastGoodRecord() throws Exception {
        List<Integer> ends = writeGroups("first", "second", "third");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        List<String> all = read();
        SyncMark.Mark second = new SyncMark.Mark(0, salt(whole), ends.get(1));
        for (int length = ends.get(1); length <= whole.length; length++) {
            Files.write(file(SEGMENT), Arrays.copyOf(whole, length));
            mark(second);
            int records = length == whole.length ? 3 : 2;
            heard.lines().clear();
            assertThat(read()).as("cut at %d", length).isEqualTo(all.subList(0, records));
            int rest = length - ends.get(records - 1);
            assertThat(heard.lines())
                    .isEqualTo(
                            rest == 0
                                    ? List.of()
                                    : List.of(SEGMENT + " cut at " + ends.get(records - 1)
                                            + " before " + rest));
            assertThat(Files.size(file(SEGMENT))).isEqualTo((long) ends.get(records - 1));
        }
    }

    /** Without the mark, as a loss of power may leave it: what later records say of earlier ones is enough. */
    @Test
    void cutsAtEveryByteWhenTheMarkIsLost() throws Exception {
        List<Integer> ends = writeGroups("first", "second", "third");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        List<String> all = read();
        for (int length = SegmentHeader.BYTES; length <= whole.length; length++) {
            Files.write(file(SEGMENT), Arrays.copyOf(whole, length));
            Files.delete(file(SyncMark.FILE_NAME));
            int cut = length;
            int records = (int) ends.stream().filter(end -> end <= cut).count();
            assertThat(read()).as("cut at %d", length).isEqualTo(all.subList(0, records));
        }
    }

    @Test
    void refusesAFileThatLostDurableBytes() throws Exception {
        writeGroups("first", "second");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        byte[] mark = Files.readAllBytes(file(SyncMark.FILE_NAME));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(SEGMENT), Arrays.copyOf(whole, length));
            Files.write(file(SyncMark.FILE_NAME), mark);
            assertCorrupt("cut at " + length);
            assertThat(Files.size(file(SEGMENT))).isEqualTo(length);
        }
    }

    @Test
    void refusesEveryFlippedBitOfWhatWasDurable() throws Exception {
        writeGroups("first", "second", "third");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        byte[] mark = Files.readAllBytes(file(SyncMark.FILE_NAME));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            Files.write(file(SEGMENT), flipped(whole, bit));
            Files.write(file(SyncMark.FILE_NAME), mark);
            assertCorrupt("bit " + bit);
        }
    }

    /** Where the mark is lost, every bit before the last group is vouched for by that group. */
    @Test
    void refusesEveryFlippedBitBeforeALaterGroupWithoutTheMark() throws Exception {
        List<Integer> ends = writeGroups("first", "second", "third");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        for (int bit = 0; bit < 8 * ends.get(1); bit++) {
            Files.write(file(SEGMENT), flipped(whole, bit));
            Files.deleteIfExists(file(SyncMark.FILE_NAME));
            assertCorrupt("bit " + bit);
        }
    }

    /** A disk may write the end of an unforced write and not its beginning: that is a torn tail, too. */
    @Test
    void cutsBeforeAGapInAnUnforcedWrite() throws Exception {
        List<Integer> ends = writeGroups("first", "second");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        int salt = salt(whole);
        ByteWriter group = new ByteWriter(16);
        group.writeRaw(whole, 0, whole.length);
        for (int i = 2; i < 5; i++) {
            SegmentFormat.write(
                    group, salt, whole.length, new LogRecord(i, Entries.tick(i, "unforced")));
        }
        byte[] torn = group.copyBytes();
        torn[whole.length + 3] ^= 1;
        Files.write(file(SEGMENT), torn);
        assertThat(read()).hasSize(2);
        assertThat(heard.lines())
                .containsExactly(SEGMENT + " cut at " + ends.get(1) + " before "
                        + (torn.length - ends.get(1)));
    }

    /** Bytes of users that look like later records, but for the salt, must not make a torn tail look like damage. */
    @Test
    void isNotDeceivedByPayloadsThatLookLikeRecords() throws Exception {
        writeGroups("first");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        ByteWriter feigned = new ByteWriter(16);
        SegmentFormat.write(
                feigned, salt(whole) + 1, 1_000_000, new LogRecord(1, Entries.tick(1, "x")));
        ByteWriter out = new ByteWriter(16);
        out.writeRaw(whole, 0, whole.length);
        Entry entry = Entry.of(Entry.TICK, 5, feigned.copyBytes());
        SegmentFormat.write(out, salt(whole), whole.length, new LogRecord(1, entry));
        out.writeByte(0);
        byte[] torn = out.copyBytes();
        torn[whole.length + 4] ^= 1;
        Files.write(file(SEGMENT), torn);
        assertThat(read()).hasSize(1);
    }

    @Test
    void goesOnBehindACutTail() throws Exception {
        List<Integer> ends = writeGroups("first", "second");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        Files.write(file(SEGMENT), Arrays.copyOf(whole, whole.length - 1));
        mark(new SyncMark.Mark(0, salt(whole), ends.get(0)));
        try (SegmentLog log = open()) {
            assertThat(log.append(0, Entries.tick(300, "again")).get().offset()).isEqualTo(1);
        }
        assertThat(read()).hasSize(2).last().asString().endsWith("again");
    }

    @Test
    void refusesAMissingNewestSegment() throws Exception {
        writeGroups("first");
        Files.delete(file(SEGMENT));
        assertThatThrownBy(this::open)
                .hasMessageContaining(SEGMENT)
                .hasMessageContaining("the newest segment is missing");
    }

    @Test
    void refusesAnotherVersionAndAFileInTheWrongPlace() throws Exception {
        writeGroups("first");
        byte[] whole = Files.readAllBytes(file(SEGMENT));
        byte[] later = whole.clone();
        later[7] = 2;
        Files.write(file(SEGMENT), later);
        assertThatThrownBy(this::open)
                .hasMessageContaining("version 2, which this version of Tidewatch");
        Files.delete(file(SEGMENT));
        Files.write(file("00000000000000000009.seg"), whole);
        assertThatThrownBy(this::open).hasMessageContaining("the file is in the wrong place");
    }

    @Test
    void removesWhatACrashLeftOfUnfinishedWork() throws Exception {
        writeGroups("first");
        Files.writeString(file("00000000000000000001.seg.part"), "half");
        assertThat(read()).hasSize(1);
        assertThat(Files.exists(file("00000000000000000001.seg.part"))).isFalse();
    }

    private void assertCorrupt(String what) {
        assertThatThrownBy(this::open)
                .as(what)
                .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.LOG_CORRUPT))
                .hasMessageContaining(SEGMENT)
                .hasMessageContaining("nothing was changed");
    }

    /** Writes each text as a group of its own; gives where in the file each ends. */
    private List<Integer> writeGroups(String... texts) throws Exception {
        List<Integer> ends = new ArrayList<>();
        try (SegmentLog log = open()) {
            long received = 100;
            for (String text : texts) {
                log.append(0, Entries.tick(received++, text)).get();
                ends.add((int) Files.size(file(SEGMENT)));
            }
        }
        return ends;
    }

    private List<String> read() {
        try (SegmentLog log = open()) {
            return Entries.texts(log, 0, 0);
        }
    }

    private SegmentLog open() {
        return SegmentLog.open(folder, 1, SegmentSettings.DEFAULT, heard);
    }

    private void mark(SyncMark.Mark mark) throws IOException {
        try (SyncMark file = SyncMark.open(new SystemDisk(), folder.resolve("0"))) {
            file.write(mark);
        }
    }

    private Path file(String name) {
        return folder.resolve("0").resolve(name);
    }

    private static int salt(byte[] segment) {
        return new ByteReader(segment, 12, 4).readInt();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }
}
