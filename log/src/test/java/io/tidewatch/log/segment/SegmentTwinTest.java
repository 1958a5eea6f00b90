package io.tidewatch.log.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entries;
import io.tidewatch.log.Entry;
import io.tidewatch.log.LogReader;
import io.tidewatch.log.LogRecord;
import io.tidewatch.log.OffsetGoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log equals a list in memory, whatever happens in which order. */
class SegmentTwinTest {
    @TempDir
    private Path folder;

    @Test
    void equalsAListInMemory() {
        Choices.random("a log of segments", 60, choices -> {
            try (Pair pair = new Pair(choices, Files.createTempDirectory(folder, "t"))) {
                for (int steps = choices.between(5, 40); steps > 0; steps--) {
                    pair.step();
                }
                pair.compare();
            }
        });
    }

    /** A log and its twin. */
    private static final class Pair implements AutoCloseable {
        private final Choices choices;
        private final Path folder;
        private final Heard heard = new Heard();
        private final SegmentSettings settings;
        private final List<LogRecord> twin = new ArrayList<>();
        private SegmentLog log;
        private long end;
        private long received = Long.MIN_VALUE;
        private LogReader follower;
        private int followed;

        Pair(Choices choices, Path folder) {
            this.choices = choices;
            this.folder = folder;
            SegmentLimits limits = new SegmentLimits(
                    1 << 20, choices.between(1, 3_000), 8, choices.of(1, 10_000), 1 << 20);
            settings = new SegmentSettings(
                    choices.of(Durability.values()),
                    choices.upTo(5),
                    choices.of(0, 50),
                    choices.of(0, 5_000),
                    limits);
            log = open();
            follower = log.read(0, 0);
        }

        void step() throws Exception {
            switch (choices.upTo(7)) {
                case 0, 1, 2 -> append();
                case 3 -> readFromSomewhere();
                case 4 -> readFromATime();
                case 5 -> expire();
                case 6 -> reopen();
                default -> follow();
            }
        }

        void compare() {
            assertThat(Entries.texts(log, 0, log.firstOffset(0)))
                    .isEqualTo(texts(log.firstOffset(0)));
            assertThat(log.endOffset(0)).isEqualTo(end);
            assertThat(heard.lines()).isEmpty();
        }

        @Override
        public void close() {
            follower.close();
            log.close();
        }

        private SegmentLog open() {
            return SegmentLog.open(folder, 1, settings, heard);
        }

        private void append() throws Exception {
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            for (int count = choices.between(1, 20); count > 0; count--) {
                Entry entry = Entries.rows(
                        choices.between(1, 5),
                        choices.upTo(200),
                        "x".repeat(choices.upTo(choices.of(3, 900))));
                entries.add(entry);
                answers.add(log.append(0, entry));
            }
            for (int i = 0; i < entries.size(); i++) {
                received = Math.max(received, entries.get(i).receiveMillis());
                LogRecord record = new LogRecord(end, entries.get(i).receivedAt(received));
                assertThat(answers.get(i).get()).isEqualTo(new Appended(end, received));
                twin.add(record);
                end = record.nextOffset();
            }
        }

        private void readFromSomewhere() {
            long offset = choices.upTo((int) end);
            if (offset >= log.firstOffset(0)) {
                assertThat(Entries.texts(log, 0, offset)).isEqualTo(texts(offset));
            } else {
                assertThatThrownBy(() -> Entries.texts(log, 0, offset))
                        .isInstanceOfSatisfying(
                                OffsetGoneException.class,
                                e -> assertThat(e.firstOffset()).isEqualTo(log.firstOffset(0)));
            }
        }

        private void readFromATime() {
            long time = choices.upTo(210);
            long expected = twin.stream()
                    .filter(record -> record.offset() >= log.firstOffset(0))
                    .filter(record -> record.entry().receiveMillis() >= time)
                    .mapToLong(LogRecord::offset)
                    .findFirst()
                    .orElse(end);
            assertThat(log.offsetAt(0, time)).isEqualTo(expected);
        }

        private void expire() {
            long floor = choices.upTo((int) end);
            long before = log.firstOffset(0);
            long now = choices.upTo(300);
            long first = log.expire(0, floor, now);
            assertThat(first).isBetween(before, Math.max(before, floor));
            assertThat(first == end || texts(first).get(0).startsWith(first + "+"))
                    .isTrue();
        }

        private void reopen() throws IOException {
            close();
            if (choices.oneIn(3)) {
                dropIndices();
            }
            log = open();
            compare();
            followed = twin.size();
            follower = log.read(0, end);
        }

        /** An index is a help, never needed. */
        private void dropIndices() throws IOException {
            try (Stream<Path> files = Files.list(folder.resolve("0"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".idx")).toList()) {
                    if (choices.flag()) {
                        Files.delete(file);
                    } else {
                        byte[] bytes = Files.readAllBytes(file);
                        bytes[choices.upTo(bytes.length - 1)] ^= 4;
                        Files.write(file, bytes);
                    }
                }
            }
        }

        /** A reader that stays open while segments are closed, compressed and deleted. */
        private void follow() {
            long position = follower.offset();
            try {
                for (int count = choices.upTo(30); count > 0; count--) {
                    LogRecord record = follower.next();
                    if (record == null) {
                        assertThat(followed).isEqualTo(twin.size());
                        return;
                    }
                    assertThat(Entries.text(record)).isEqualTo(Entries.text(twin.get(followed++)));
                }
            } catch (OffsetGoneException e) {
                assertThat(e.firstOffset()).isGreaterThan(position);
                followed = twin.size();
                follower.close();
                follower = log.read(0, end);
            }
        }

        private List<String> texts(long offset) {
            return twin.stream()
                    .filter(record -> record.nextOffset() > offset)
                    .map(Entries::text)
                    .toList();
        }
    }
}
