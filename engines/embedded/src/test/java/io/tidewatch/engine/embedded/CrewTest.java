package io.tidewatch.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void afterAFailureNothingMoreIsDone(int size) {
        AtomicInteger done = new AtomicInteger();
        try (Crew crew = new Crew(size)) {
            CompletableFuture<Void> first = crew.after(Crew.NOTHING, done::addAndGet, 1);
            CompletableFuture<Void> failed = crew.after(
                    first,
                    row -> {
                        throw new IllegalArgumentException("a broken " + row);
                    },
                    "row");
            CompletableFuture<Void> last = crew.after(failed, done::addAndGet, 1);
            assertThatThrownBy(() -> Crew.awaitAll(List.of(Crew.NOTHING, last)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a broken row");
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void aFailureIsThrownWhenAllHaveEnded() {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        try (Crew crew = new Crew(2)) {
            assertThatThrownBy(() -> crew.each(2, number -> {
                        if (number == 0) {
                            failing.countDown();
                            throw new IllegalArgumentException("a broken row");
                        }
                        lingerAfter(failing);
                        done.incrementAndGet();
                    }))
                    .hasMessage("a broken row");
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void theFirstOfSeveralFailuresIsThrownWhoeverWasFaster() {
        CountDownLatch failing = new CountDownLatch(1);
        try (Crew crew = new Crew(2)) {
            assertThatThrownBy(() -> crew.each(2, number -> {
                        if (number == 1) {
                            failing.countDown();
                        } else {
                            lingerAfter(failing);
                        }
                        throw new IllegalArgumentException("row " + number);
                    }))
                    .hasMessage("row 0");
        }
    }

    @Test
    void theCallerDoesItAllWhileTheOthersAreBusy() {
        CountDownLatch done = new CountDownLatch(1);
        try (Crew crew = new Crew(2)) {
            CompletableFuture<Void> one = crew.after(Crew.NOTHING, CrewTest::lingerAfter, done);
            CompletableFuture<Void> other = crew.after(Crew.NOTHING, CrewTest::lingerAfter, done);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            crew.each(3, number -> threads.add(Thread.currentThread()));
            assertThat(threads).containsExactly(Thread.currentThread());
            done.countDown();
            Crew.awaitAll(List.of(one, other));
        }
    }

    /** Gives whoever waits for the latch as well time to go on too early. */
    private static void lingerAfter(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 1_000_000; i++) {
            Thread.onSpinWait();
        }
    }
}
