package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.LogRecord;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that failed says so each time, and still what it had set aside; what stands before a barrier is in no snapshot. */
class EngineFailureTest {
    private final MonitorScenario scenario = EndOfInputTest.counting(0);
    private final Script script =
            scenario.partition("events").row(5L, 1L).row(35L, 1L).row(6L, 1L);

    /** Rows that lack their offsets. */
    private static LogRecord broken(LogRecord record) {
        LogRecord.Events events = (LogRecord.Events) record;
        return new LogRecord.Events(events.batch(), events.eventTimes(), new long[0], null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatWasSetAsideIsKnownAfterAFailure(int workers) {
        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), workers)) {
            engine.addPartition(0);
            Epochs.run(engine, List.of(script.records(0, 3)));
            assertThat(engine.sideCounts().late(0).count()).isOne();
            engine.take(0, broken(script.records(2, 3).get(0)));
            script.records(2, 3).forEach(record -> engine.take(0, record));
            assertThatThrownBy(engine::epoch).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(engine::epoch).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(engine.sideCounts().late(0).count()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void thereIsNoSnapshotBeforeTheBarrier(int workers) {
        try (EmbeddedEngine engine = new EmbeddedEngine(scenario.job(), workers)) {
            engine.addPartition(0);
            script.records(0, 1).forEach(record -> engine.take(0, record));
            assertThatThrownBy(() -> engine.snapshot(null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call epoch() first");
            assertThatThrownBy(() -> engine.finish(OptionalLong.empty(), updates -> {}))
                    .isInstanceOf(IllegalStateException.class);
            engine.epoch();
            assertThat(engine.snapshot(null).toBytes()).isNotEmpty();
        }
    }
}
