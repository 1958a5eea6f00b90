package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Entries;
import io.tidewatch.log.EventLog;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or fail: what was acknowledged stays, what was not says so. */
class DiskFaultTest {
    private static final int ROOM_MAX = 200;

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void aFullDiskRefusesAndRecoversByItself() throws Exception {
        for (int room = 0; room < ROOM_MAX; room += 7) {
            disk.room(Long.MAX_VALUE);
            try (SegmentLog log = open(folder.resolve("r" + room), 1 << 20)) {
                log.append(0, Entries.tick(1, "before")).get();
                disk.room(room);
                assertThat(failure(log, "x".repeat(ROOM_MAX))).isEqualTo(ErrorCode.LOG_FULL);
                assertThat(failure(log, "y".repeat(ROOM_MAX))).isEqualTo(ErrorCode.LOG_FULL);
                assertThat(Entries.texts(log, 0, 0)).hasSize(1);
                disk.room(Long.MAX_VALUE);
                assertThat(log.append(0, Entries.tick(1, "after")).get().offset())
                        .isOne();
                assertThat(Entries.texts(log, 0, 0)).hasSize(2);
            }
            try (SegmentLog log = open(folder.resolve("r" + room), 1 << 20)) {
                assertThat(Entries.texts(log, 0, 0))
                        .hasSize(2)
                        .last()
                        .asString()
                        .endsWith("after");
            }
        }
        assertThat(heard.lines()).isEmpty();
    }

    @Test
    void aDiskThatIsFullWhenASegmentIsBegunRecoversToo() throws Exception {
        try (SegmentLog log = open(folder, 1)) {
            for (int i = 0; i < 5; i++) {
                log.append(0, Entries.tick(i, "a" + i)).get();
                disk.room(i);
                assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_FULL);
                assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_FULL);
                disk.room(Long.MAX_VALUE);
            }
            assertThat(log.append(0, Entries.tick(9, "last")).get().offset()).isEqualTo(5);
        }
        try (SegmentLog log = open(folder, 1)) {
            assertThat(Entries.texts(log, 0, 0)).hasSize(6).last().asString().endsWith("last");
        }
    }

    /** What PostgreSQL learned: after a failed force, the next one may claim what is not so. */
    @Test
    void aFailedForceIsFinal() throws Exception {
        try (SegmentLog log = open(folder, 1 << 20)) {
            log.append(0, Entries.tick(1, "good")).get();
            disk.forceFails(true);
            assertThat(failure(log, "lost?")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            disk.forceFails(false);
            int forces = disk.forces();
            assertThat(failure(log, "more")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            assertThat(disk.forces()).isEqualTo(forces);
            assertThat(Entries.texts(log, 0, 0)).hasSize(1);
        }
        assertThat(heard.lines()).hasSize(1);
        assertThat(heard.lines().get(0))
                .contains("cannot be forced to disk")
                .contains("reading goes on");
        try (SegmentLog log = open(folder, 1 << 20)) {
            assertThat(Entries.texts(log, 0, 0)).hasSizeBetween(1, 2);
            log.append(0, Entries.tick(2, "again")).get();
            assertThat(Entries.texts(log, 0, 0)).last().asString().endsWith("again");
        }
    }

    @Test
    void tooManyOpenFilesAreFinalUntilItIsOpenedAgain() throws Exception {
        try (SegmentLog log = open(folder, 1)) {
            log.append(0, Entries.tick(1, "good")).get();
            disk.createFails(true);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            disk.createFails(false);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
        }
        assertThat(heard.lines()).hasSize(1);
        assertThat(heard.lines().get(0)).contains("Too many open files");
        try (SegmentLog log = open(folder, 1)) {
            assertThat(log.append(0, Entries.tick(1, "again")).get().offset()).isOne();
        }
    }

    @Test
    void aWriteThatFailsOrCannotBeCutIsFinal() throws Exception {
        try (SegmentLog log = open(folder.resolve("write"), 1 << 20)) {
            disk.writeFails(true);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            disk.writeFails(false);
        }
        try (SegmentLog log = open(folder.resolve("cut"), 1 << 20)) {
            disk.room(5);
            disk.truncateFails(true);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            disk.truncateFails(false);
            disk.room(Long.MAX_VALUE);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
        }
        assertThat(heard.lines()).hasSize(2);
        try (SegmentLog log = open(folder.resolve("cut"), 1 << 20)) {
            assertThat(log.append(0, Entries.tick(1, "again")).get().offset()).isZero();
        }
        assertThat(heard.lines()).hasSize(3).last().asString().contains(" cut at 36 before 5");
    }

    @Test
    void onePartitionThatFailsLeavesTheOthersAlone() throws Exception {
        try (SegmentLog log =
                SegmentLog.open(folder, 2, SegmentSettings.DEFAULT, heard, disk, () -> 1)) {
            disk.forceFails(true);
            assertThat(failure(log, "refused")).isEqualTo(ErrorCode.LOG_READ_ONLY);
            disk.forceFails(false);
            assertThat(log.append(1, Entries.tick(1, "other")).get().offset()).isZero();
        }
    }

    private SegmentLog open(Path at, int segmentBytes) {
        SegmentLimits limits = new SegmentLimits(1 << 20, segmentBytes, 8, 1 << 20, 1 << 20);
        SegmentSettings settings =
                new SegmentSettings(Durability.SYNC, 0, Long.MAX_VALUE, Long.MAX_VALUE, limits);
        return SegmentLog.open(at, 1, settings, heard, disk, () -> 1);
    }

    private static ErrorCode failure(EventLog log, String text) throws InterruptedException {
        try {
            log.append(0, Entries.tick(1, text)).get();
            return ErrorCode.INTERNAL;
        } catch (ExecutionException e) {
            return e.getCause() instanceof TidewatchException failure
                    ? failure.code()
                    : ErrorCode.INTERNAL;
        }
    }
}
