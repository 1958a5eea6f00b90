package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.log.Appended;
import io.tidewatch.log.Entries;
import io.tidewatch.log.LogReader;
import io.tidewatch.log.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed at random moments: what they acknowledged is there, once, in order. */
class KillTest {
    private static final int ROUNDS = 5;
    private static final int ACKNOWLEDGED_MAX = 400;

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @Test
    void whatWasAcknowledgedIsThereOnceAndInOrder() throws Exception {
        for (Durability durability : Durability.values()) {
            Path at = folder.resolve(durability.name());
            Choices choices = Choices.ofSeed(5);
            List<String> acknowledged = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.addAll(
                        killed(at, durability, round, choices.between(1, ACKNOWLEDGED_MAX)));
                check(at, acknowledged);
            }
        }
    }

    @Test
    void anotherProcessIsTurnedAwayByName() throws Exception {
        Process child = start(folder, Durability.SYNC, 0);
        try (BufferedReader out = child.inputReader(US_ASCII)) {
            assertThat(out.readLine()).isNotNull();
            assertThatThrownBy(() -> open(folder))
                    .hasMessageContaining("process " + child.pid() + " since ")
                    .hasMessageContaining("has this log open; stop it first");
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (SegmentLog log = open(folder)) {
            assertThatThrownBy(() -> open(folder))
                    .hasMessageContaining(
                            "this process (" + ProcessHandle.current().pid() + ")");
            assertThat(log.endOffset(0)).isPositive();
        }
        open(folder).close();
    }

    /** Appends in another process until it has acknowledged so much, kills it, and gives what it acknowledged. */
    private static List<String> killed(Path folder, Durability durability, int round, int count)
            throws IOException, InterruptedException {
        List<String> acknowledged = new ArrayList<>();
        Process child = start(folder, durability, round);
        try (BufferedReader out = child.inputReader(US_ASCII)) {
            String line = out.readLine();
            while (line != null) {
                acknowledged.add(line);
                if (acknowledged.size() == count) {
                    // SIGKILL; what the pipe still holds was acknowledged, too.
                    child.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        // A line may have been cut by the kill.
        String last = acknowledged.get(acknowledged.size() - 1);
        if (!last.endsWith(".")) {
            acknowledged.remove(last);
        }
        return acknowledged;
    }

    private void check(Path folder, List<String> acknowledged) {
        List<String> there = new ArrayList<>();
        Set<String> payloads = new HashSet<>();
        try (SegmentLog log = open(folder);
                LogReader reader = log.read(0, 0)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                String text = Entries.text(record);
                String payload = text.substring(text.lastIndexOf(' ') + 1);
                assertThat(payloads.add(payload)).as("%s stands once", payload).isTrue();
                there.add(record.offset() + " " + payload + ".");
            }
        }
        assertThat(there).containsSubsequence(acknowledged);
        assertThat(heard.lines()).noneMatch(line -> line.contains("left"));
    }

    private SegmentLog open(Path at) {
        return SegmentLog.open(at, 1, settings(Durability.SYNC), heard);
    }

    private static SegmentSettings settings(Durability durability) {
        SegmentLimits limits = new SegmentLimits(1 << 20, 2_000, 8, 1 << 20, 1 << 20);
        return new SegmentSettings(durability, 20, Long.MAX_VALUE, Long.MAX_VALUE, limits);
    }

    private static Process start(Path folder, Durability durability, int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        durability.name(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Appends without end, some records at a time, and prints what was acknowledged: offset and text. */
    static final class Child {
        private static final int IN_FLIGHT = 8;

        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            SegmentSettings settings = settings(Durability.valueOf(arguments[1]));
            SegmentLog log = SegmentLog.open(Path.of(arguments[0]), 1, settings, new Heard());
            Semaphore free = new Semaphore(IN_FLIGHT);
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            for (int i = 0; failures.isEmpty(); i++) {
                String text = arguments[2] + ":" + i;
                free.acquire();
                CompletableFuture<Appended> unused = log.append(0, Entries.tick(i, text))
                        .whenComplete((answer, failure) -> {
                            if (failure == null) {
                                System.out.println(answer.offset() + " " + text + ".");
                            } else {
                                failures.add(failure);
                            }
                            free.release();
                        });
            }
        }
    }
}
