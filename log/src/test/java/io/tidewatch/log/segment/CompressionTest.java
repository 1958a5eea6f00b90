package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Entries;
import io.tidewatch.log.LogReader;
import io.tidewatch.log.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
    private static final String FIRST = "00000000000000000000.seg";

    /** Where the header says what kind of segment it is. */
    private static final int KIND_AT = 5;

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @Test
    void closedSegmentsAreCompressedAndReadFromAnyOffset() throws Exception {
        try (SegmentLog log = open(1 << 19)) {
            List<String> all = fill(log, 40, 1 << 15);
            awaitCompressed();
            Path first = file(FIRST);
            assertThat(Files.size(first)).isLessThan(1 << 17);
            for (int offset = 0; offset < all.size(); offset += 7) {
                assertThat(Entries.texts(log, 0, offset))
                        .isEqualTo(all.subList(offset, all.size()));
                assertThat(log.offsetAt(0, 10L * offset)).isEqualTo(offset);
            }
            // More than one block: reading from an offset needs only its own.
            try (SegmentCursor cursor = SegmentCursor.open(new SystemDisk(), first, 0, 0)) {
                SegmentIndex index =
                        new SegmentIndices(new SystemDisk(), heard, 1 << 20).of(cursor);
                assertThat(index.entries().length / SegmentIndex.ENTRY_LONGS).isGreaterThan(1);
                SegmentIndex.Place place = index.placeOf(12);
                assertThat(place.offset()).isBetween(1L, 12L);
                cursor.seek(place);
                LogRecord record = cursor.next(0);
                assertThat(record == null ? -1 : record.offset()).isEqualTo(place.offset());
            }
        }
        try (SegmentLog log = open(1 << 19)) {
            assertThat(Entries.texts(log, 0, 3)).hasSize(37);
        }
        assertThat(heard.lines()).isEmpty();
    }

    /** A reader that was about to open the active segment: its places are those of the file that it finds. */
    @Test
    void aSegmentMayBeClosedAndCompressedWhileAReaderOpensIt() throws Exception {
        AtomicReference<Callable<?>> meanwhile = new AtomicReference<>();
        FaultyDisk disk = new FaultyDisk() {
            @Override
            public DiskFile open(Path file) throws IOException {
                Callable<?> task = meanwhile.getAndSet(null);
                if (task != null) {
                    try {
                        task.call();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
                return super.open(file);
            }
        };
        try (SegmentLog log = open(1 << 19, disk)) {
            List<String> all = new ArrayList<>(fill(log, 15, 1 << 15));
            meanwhile.set(() -> {
                all.addAll(fill(log, 10, 1 << 15));
                awaitCompressed();
                return null;
            });
            assertThat(Entries.texts(log, 0, 14)).isEqualTo(all.subList(14, all.size()));
        }
        assertThat(heard.lines()).isEmpty();
    }

    @Test
    void aReaderThatHasTheOldFileOpenGoesOn() throws Exception {
        try (SegmentLog log = open(1 << 19);
                LogReader reader = log.read(0, 0)) {
            fill(log, 3, 1 << 15);
            LogRecord first = reader.next();
            assertThat(first == null ? -1 : first.offset()).isZero();
            fill(log, 37, 1 << 15);
            awaitCompressed();
            for (long offset = 1; offset < 40; offset++) {
                LogRecord record = reader.next();
                assertThat(record == null ? -1 : record.offset()).isEqualTo(offset);
            }
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void refusesEveryFlippedBitOfACompressedSegment() throws Exception {
        try (SegmentLog log = open(100)) {
            fill(log, 4, 40);
            awaitCompressed();
            byte[] whole = Files.readAllBytes(file(FIRST));
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file(FIRST), damaged);
                assertCorrupt(log, "bit " + bit);
            }
            for (int length = 0; length < whole.length; length++) {
                Files.write(file(FIRST), Arrays.copyOf(whole, length));
                assertCorrupt(log, "cut at " + length);
            }
            Files.delete(file(FIRST));
            assertThatThrownBy(() -> Entries.texts(log, 0, 0))
                    .hasMessageContaining("the file is missing");
            Files.write(file(FIRST), whole);
            assertThat(Entries.texts(log, 0, 0)).hasSize(4);
        }
    }

    @Test
    void leavesADamagedSegmentAloneAndSaysSo() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (SegmentLog log = open(100, disk)) {
            log.append(0, Entries.tick(0, "x".repeat(100))).get();
            byte[] damaged = Files.readAllBytes(file(FIRST));
            damaged[60] ^= 1;
            Files.write(file(FIRST), damaged);
            log.append(0, Entries.tick(1, "next")).get();
            while (heard.lines().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(heard.lines()).hasSize(1);
            assertThat(heard.lines().get(0)).contains(FIRST).contains("offset 0 is damaged");
            assertThat(Files.readAllBytes(file(FIRST))).isEqualTo(damaged);
        }
    }

    private void assertCorrupt(SegmentLog log, String what) {
        assertThatThrownBy(() -> Entries.texts(log, 0, 0))
                .as(what)
                .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.LOG_CORRUPT))
                .hasMessageContaining(FIRST);
    }

    private List<String> fill(SegmentLog log, int count, int bytes) throws Exception {
        Choices choices = Choices.ofSeed(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = ("r" + choices.upTo(9)).repeat(bytes / 2);
            long received = 10 * log.endOffset(0);
            long offset = log.append(0, Entries.tick(received, text)).get().offset();
            texts.add(Entries.text(new LogRecord(offset, Entries.tick(received, text))));
        }
        return texts;
    }

    /** Waits until all closed segments are compressed. */
    private void awaitCompressed() throws IOException {
        boolean all = false;
        while (!all) {
            all = true;
            List<Path> files = segments();
            for (Path file : files.subList(0, files.size() - 1)) {
                all &= Files.readAllBytes(file)[KIND_AT] == SegmentHeader.COMPRESSED;
            }
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    private SegmentLog open(int segmentBytes) {
        return open(segmentBytes, new SystemDisk());
    }

    private SegmentLog open(int segmentBytes, Disk disk) {
        SegmentLimits limits = new SegmentLimits(1 << 20, segmentBytes, 8, 1, 1 << 20);
        SegmentSettings settings =
                new SegmentSettings(Durability.SYNC, 0, Long.MAX_VALUE, Long.MAX_VALUE, limits);
        return SegmentLog.open(folder, 1, settings, heard, disk, () -> 77);
    }

    private Path file(String name) {
        return folder.resolve("0").resolve(name);
    }
}
