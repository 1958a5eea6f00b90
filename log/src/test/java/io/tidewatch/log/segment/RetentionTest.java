package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.log.Entries;
import io.tidewatch.log.LogReader;
import io.tidewatch.log.LogRecord;
import io.tidewatch.log.OffsetGoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted, and what is not; one record per segment. */
class RetentionTest {
    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @Test
    void deletesByReceiveTimeButNeverAtOrBehindTheFloor() throws Exception {
        try (SegmentLog log = filled(100, Long.MAX_VALUE, 10)) {
            // Record n was received at 10 n; the segment of record n ends before record n + 1.
            assertThat(log.expire(0, 3, 1_000)).isEqualTo(3);
            assertThat(log.expire(0, 3, 1_000)).isEqualTo(3);
            assertThat(log.expire(0, 10, 150)).isEqualTo(5);
            assertThat(log.expire(0, 10, 161)).isEqualTo(7);
            assertThat(Entries.texts(log, 0, 7)).hasSize(3);
        }
    }

    @Test
    void deletesBySizeAndKeepsTheActiveSegment() throws Exception {
        try (SegmentLog log = filled(Long.MAX_VALUE, 0, 10)) {
            assertThat(log.expire(0, Long.MAX_VALUE, 0)).isEqualTo(9);
            assertThat(Entries.texts(log, 0, 9)).hasSize(1);
            assertThat(segments()).isOne();
        }
        try (SegmentLog log = open(Long.MAX_VALUE, 0)) {
            assertThat(log.firstOffset(0)).isEqualTo(9);
            assertThat(log.offsetAt(0, 0)).isEqualTo(9);
            assertThat(log.append(0, Entries.tick(1, "a")).get().receiveMillis())
                    .isEqualTo(90);
        }
    }

    @Test
    void doesABoundedPieceOfWorkAtATime() throws Exception {
        try (SegmentLog log = filled(Long.MAX_VALUE, 0, 40)) {
            assertThat(log.expire(0, 40, 0)).isEqualTo(SegmentPartition.EXPIRED_MAX);
            assertThat(log.expire(0, 40, 0)).isEqualTo(2L * SegmentPartition.EXPIRED_MAX);
            assertThat(log.expire(0, 40, 0)).isEqualTo(39);
        }
    }

    @Test
    void tellsAReaderWhatIsGone() throws Exception {
        try (SegmentLog log = filled(Long.MAX_VALUE, 0, 5);
                LogReader reader = log.read(0, 0)) {
            LogRecord first = reader.next();
            assertThat(first == null ? -1 : first.offset()).isZero();
            log.expire(0, 4, 0);
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(OffsetGoneException.class, e -> {
                        assertThat(e.firstOffset()).isEqualTo(4);
                        assertThat(e.endOffset()).isEqualTo(5);
                    })
                    .hasMessageContaining("offset 1 was deleted by retention");
        }
    }

    private SegmentLog filled(long keepMillis, long keepBytes, int count) throws Exception {
        SegmentLog log = open(keepMillis, keepBytes);
        for (int i = 0; i < count; i++) {
            log.append(0, Entries.tick(10L * i, "r" + i)).get();
        }
        return log;
    }

    private SegmentLog open(long keepMillis, long keepBytes) {
        SegmentLimits limits = new SegmentLimits(1 << 20, 1, 8, 1 << 20, 1 << 20);
        return SegmentLog.open(
                folder,
                1,
                new SegmentSettings(Durability.SYNC, 0, keepMillis, keepBytes, limits),
                heard);
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            return files.filter(file -> file.toString().endsWith(".seg")).count();
        }
    }
}
