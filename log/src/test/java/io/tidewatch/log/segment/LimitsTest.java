package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entries;
import io.tidewatch.log.LogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit by its name; and appends that are forced to disk together. */
class LimitsTest {
    @TempDir
    private Path folder;

    @Test
    void refusesARecordOfTooManyBytes() throws Exception {
        try (SegmentLog log =
                open(new SegmentLimits(500, 1 << 20, 8, 1, 1 << 20), new SystemDisk())) {
            assertThat(log.append(0, Entries.tick(1, "x".repeat(400))).get().offset())
                    .isZero();
            assertRefused(
                    log.append(0, Entries.tick(1, "x".repeat(410))), "limit record_bytes: 500");
            assertThat(Entries.texts(log, 0, 0)).hasSize(1);
        }
    }

    @Test
    void refusesMoreOpenSegmentsThanItMayHave() throws Exception {
        try (SegmentLog log =
                open(new SegmentLimits(500, 1 << 20, 2, 1, 1 << 20), new SystemDisk())) {
            log.append(0, Entries.tick(1, "a")).get();
            try (LogReader first = log.read(0, 0);
                    LogReader second = log.read(0, 0);
                    LogReader third = log.read(0, 0)) {
                assertThat(first.next()).isNotNull();
                assertThat(second.next()).isNotNull();
                assertThatThrownBy(third::next).hasMessageContaining("limit open_segments");
                first.close();
                assertThat(third.next()).isNotNull();
            }
        }
    }

    /** While one force lasts, appends gather; one more force serves them all, and no more wait than may. */
    @Test
    void appendsAreForcedTogetherAndNoMoreWaitThanMay() throws Exception {
        SlowDisk disk = new SlowDisk();
        try (SegmentLog log = open(new SegmentLimits(500, 1 << 20, 2, 1, 2_000), disk);
                disk) {
            disk.hold();
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            answers.add(log.append(0, Entries.tick(0, "first")));
            disk.awaitForce();
            int before = disk.forces();
            CompletableFuture<Appended> refused = answers.get(0);
            for (int i = 1; i < 100 && !refused.isCompletedExceptionally(); i++) {
                refused = log.append(0, Entries.tick(i, "later"));
                answers.add(refused);
            }
            assertRefused(refused, "limit unsynced_bytes: 2000");
            answers.remove(answers.size() - 1);
            assertThat(answers).hasSizeGreaterThan(5).noneMatch(CompletableFuture::isDone);
            assertThat(log.endOffset(0)).isZero();
            disk.close();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().offset()).isEqualTo(i);
            }
            // The one that was held, and one for all the others.
            assertThat(disk.forces()).isEqualTo(before + 2);
            assertThat(log.append(0, Entries.tick(1, "there is room again"))
                            .get()
                            .offset())
                    .isEqualTo(answers.size());
        }
    }

    /** What is written and not yet durable is not there, neither by offset nor by time. */
    @Test
    void readersSeeNothingThatIsNotDurable() throws Exception {
        SlowDisk disk = new SlowDisk();
        SegmentLimits limits = new SegmentLimits(1 << 20, 1 << 20, 8, 1, 1 << 20);
        try (SegmentLog log = open(limits, disk);
                disk) {
            disk.hold();
            CompletableFuture<Appended> first = log.append(0, Entries.tick(1, "first"));
            disk.awaitForce();
            List<CompletableFuture<Appended>> group = List.of(
                    log.append(0, Entries.tick(2, "x".repeat(SegmentIndex.INTERVAL_BYTES))),
                    log.append(0, Entries.tick(3, "third")),
                    log.append(0, Entries.tick(4, "fourth")));
            disk.release();
            assertThat(first.get().offset()).isZero();
            disk.awaitForce();
            assertThat(log.offsetAt(0, 100)).isOne();
            assertThat(log.offsetAt(0, 2)).isOne();
            assertThat(Entries.texts(log, 0, 0)).hasSize(1);
            disk.close();
            assertThat(group.get(2).get().offset()).isEqualTo(3);
            assertThat(log.offsetAt(0, 4)).isEqualTo(3);
        }
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> new SegmentLimits(1, 0, 1, 1, 1))
                .hasMessageContaining("segment_bytes: 0");
        assertThatThrownBy(() -> new SegmentLimits(1 << 30, 1, 1, 1, 1))
                .hasMessageContaining("record_bytes");
    }

    @Test
    void cannotLosePartitions() {
        SegmentLog.open(folder, 3, SegmentSettings.DEFAULT, new Heard()).close();
        assertThatThrownBy(() -> SegmentLog.open(folder, 2, SegmentSettings.DEFAULT, new Heard()))
                .hasMessageContaining("has more than 2 partitions already");
        try (SegmentLog log = SegmentLog.open(folder, 4, SegmentSettings.DEFAULT, new Heard())) {
            assertThat(log.partitionCount()).isEqualTo(4);
        }
    }

    private SegmentLog open(SegmentLimits limits, Disk disk) {
        SegmentSettings settings =
                new SegmentSettings(Durability.SYNC, 0, Long.MAX_VALUE, Long.MAX_VALUE, limits);
        return SegmentLog.open(folder, 1, settings, new Heard(), disk, () -> 1);
    }

    private static void assertRefused(CompletableFuture<Appended> answer, String limit) {
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.LIMIT_REACHED))
                .hasMessageContaining(limit);
    }

    /** A disk whose forces last until they are let go. */
    private static final class SlowDisk extends FaultyDisk implements AutoCloseable {
        private final Semaphore permits = new Semaphore(0);
        private final Semaphore begun = new Semaphore(0);
        private volatile boolean held;

        void hold() {
            held = true;
        }

        /** Lets one force go. */
        void release() {
            permits.release();
        }

        /** Waits until a force begins. */
        void awaitForce() throws InterruptedException {
            begun.acquire();
        }

        /** Lets all forces go. */
        @Override
        public void close() {
            held = false;
            release();
        }

        @Override
        void beforeForce() {
            if (held) {
                begun.release();
                permits.acquireUninterruptibly();
            }
        }
    }
}
