package io.tidewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventLog} promises. An adapter's test extends this class and says how to open its log; offsets may have
 * gaps, so nothing here counts on which they are.
 */
public abstract class EventLogContract {
    private static final long SOON = 30_000;

    /** Opens the log of this test, which is the same one each time; it is empty at first. */
    protected abstract EventLog open(int partitionCount);

    @Test
    void givesRecordsAsTheyWereAppended() throws Exception {
        try (EventLog log = open(2)) {
            long first = append(log, 1, Entries.rows(3, 100, "a"));
            long second = append(log, 1, Entries.tick(101, "b"));
            long third = append(log, 1, Entries.rows(1, 102, ""));
            assertThat(Entries.texts(log, 1, log.firstOffset(1)))
                    .containsExactly(
                            first + "+3 type 1 @100 p/7 json/3 a",
                            second + "+1 type 2 @101 /0 /0 b",
                            third + "+1 type 1 @102 p/7 json/3 ");
            assertThat(second).isGreaterThanOrEqualTo(first + 3);
            assertThat(third).isGreaterThan(second);
            assertThat(log.endOffset(1)).isGreaterThan(third);
            assertThat(log.partitionCount()).isEqualTo(2);
        }
    }

    @Test
    void keepsPartitionsApart() throws Exception {
        try (EventLog log = open(3)) {
            for (int i = 0; i < 12; i++) {
                append(log, i % 3, Entries.tick(i, "t" + i));
            }
            for (int partition = 0; partition < 3; partition++) {
                assertThat(payloads(log, partition, log.firstOffset(partition)))
                        .containsExactly(
                                "t" + partition,
                                "t" + (partition + 3),
                                "t" + (partition + 6),
                                "t" + (partition + 9));
            }
        }
    }

    @Test
    void readsFromEveryOffset() throws Exception {
        try (EventLog log = open(1)) {
            long first = append(log, 0, Entries.rows(3, 100, "a"));
            long second = append(log, 0, Entries.rows(2, 101, "b"));
            assertThat(payloads(log, 0, first + 2)).containsExactly("a", "b");
            assertThat(payloads(log, 0, second)).containsExactly("b");
            assertThat(payloads(log, 0, second + 1)).containsExactly("b");
            assertThat(payloads(log, 0, log.endOffset(0))).isEmpty();
        }
    }

    @Test
    void receiveTimesNeverFall() throws Exception {
        try (EventLog log = open(1)) {
            append(log, 0, Entries.tick(500, "a"));
            Appended raised = log.append(0, Entries.tick(400, "b")).get();
            assertThat(raised.receiveMillis()).isEqualTo(500);
            append(log, 0, Entries.tick(501, "c"));
        }
        try (EventLog log = open(1)) {
            assertThat(log.append(0, Entries.tick(1, "d")).get().receiveMillis())
                    .isEqualTo(501);
            List<String> texts = Entries.texts(log, 0, log.firstOffset(0));
            assertThat(texts)
                    .extracting(text -> text.replaceAll(".*@(\\d+) .*", "$1"))
                    .containsExactly("500", "500", "501", "501");
        }
    }

    @Test
    void findsTheFirstRecordOfATime() throws Exception {
        try (EventLog log = open(1)) {
            long first = append(log, 0, Entries.rows(2, 100, "a"));
            append(log, 0, Entries.tick(100, "b"));
            long third = append(log, 0, Entries.tick(200, "c"));
            assertThat(log.offsetAt(0, Long.MIN_VALUE)).isEqualTo(first);
            assertThat(log.offsetAt(0, 100)).isEqualTo(first);
            assertThat(payloads(log, 0, log.offsetAt(0, 101))).containsExactly("c");
            assertThat(log.offsetAt(0, 200)).isEqualTo(third);
            assertThat(log.offsetAt(0, 201)).isEqualTo(log.endOffset(0));
        }
    }

    @Test
    void keepsRecordsWhenItIsOpenedAgain() throws Exception {
        long second;
        try (EventLog log = open(1)) {
            append(log, 0, Entries.rows(2, 100, "a"));
            second = append(log, 0, Entries.tick(101, "b"));
        }
        try (EventLog log = open(1)) {
            long third = append(log, 0, Entries.tick(102, "c"));
            assertThat(third).isGreaterThan(second);
            assertThat(payloads(log, 0, log.firstOffset(0))).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aReaderFollowsTheEnd() throws Exception {
        try (EventLog log = open(1);
                LogReader reader = log.read(0, log.endOffset(0))) {
            assertThat(reader.next()).isNull();
            assertThat(reader.await(1)).isFalse();
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> waiting = other.submit(() -> reader.await(SOON));
                append(log, 0, Entries.tick(1, "a"));
                assertThat(waiting.get(SOON, TimeUnit.MILLISECONDS)).isTrue();
            } finally {
                other.shutdown();
            }
            LogRecord record = reader.next();
            assertThat(record == null ? "nothing" : Entries.text(record)).endsWith(" a");
            assertThat(reader.offset()).isEqualTo(record == null ? -1 : record.nextOffset());
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void manyThreadsAppendAndEachKeepsItsOrder() throws Exception {
        int threads = 4;
        int each = 50;
        try (EventLog log = open(1)) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<List<Long>>> runs = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread + ":";
                runs.add(pool.submit(() -> appendMany(log, name, each)));
            }
            for (Future<List<Long>> run : runs) {
                assertThat(run.get(SOON, TimeUnit.MILLISECONDS)).isSorted().doesNotHaveDuplicates();
            }
            pool.shutdown();
            List<String> all = payloads(log, 0, log.firstOffset(0));
            assertThat(all).hasSize(threads * each);
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread + ":";
                assertThat(all.stream().filter(text -> text.startsWith(name)))
                        .containsExactlyElementsOf(numbered(name, each));
            }
        }
    }

    @Test
    void refusesOffsetsBeyondTheEnd() throws Exception {
        try (EventLog log = open(1)) {
            append(log, 0, Entries.tick(1, "a"));
            long beyond = log.endOffset(0) + 5;
            try (LogReader reader = log.read(0, beyond)) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(OffsetGoneException.class)
                        .hasMessageContaining("offset " + beyond + " is beyond the end");
            }
        }
    }

    @Test
    void neverExpiresWhatIsStillNeeded() throws Exception {
        try (EventLog log = open(1)) {
            long needed = append(log, 0, Entries.tick(1, "a"));
            append(log, 0, Entries.tick(2, "b"));
            assertThat(log.expire(0, needed, Long.MAX_VALUE / 2)).isLessThanOrEqualTo(needed);
            assertThat(payloads(log, 0, needed)).containsExactly("a", "b");
        }
    }

    @Test
    void refusesAppendsWhenItIsClosed() {
        EventLog log = open(1);
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(0, Entries.tick(1, "a")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<Long> appendMany(EventLog log, String name, int count) throws Exception {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (String text : numbered(name, count)) {
            answers.add(log.append(0, Entries.tick(1, text)));
        }
        List<Long> offsets = new ArrayList<>();
        for (CompletableFuture<Appended> answer : answers) {
            offsets.add(answer.get(SOON, TimeUnit.MILLISECONDS).offset());
        }
        return offsets;
    }

    private static List<String> numbered(String name, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(name + i);
        }
        return texts;
    }

    private static long append(EventLog log, int partition, Entry entry)
            throws ExecutionException, InterruptedException {
        return log.append(partition, entry).get().offset();
    }

    private static List<String> payloads(EventLog log, int partition, long offset) {
        return Entries.texts(log, partition, offset).stream()
                .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                .toList();
    }
}
