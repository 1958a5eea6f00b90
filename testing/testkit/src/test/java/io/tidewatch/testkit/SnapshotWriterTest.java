package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.engine.embedded.EmbeddedEngine;
import io.tidewatch.engine.embedded.Snapshot;
import io.tidewatch.engine.embedded.SnapshotWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots that a thread writes while the engine goes on are those of the moments when they were taken. */
class SnapshotWriterTest {
    private static final int ROWS = 6;

    private final MonitorScenario scenario = EndOfInputTest.counting(0);
    private final Script script = scenario.partition("events");
    private final List<Snapshot> written = new ArrayList<>();
    private EmbeddedEngine engine;

    @BeforeEach
    void start() {
        for (long row = 0; row < ROWS; row++) {
            script.row(10 * row, row);
        }
        engine = engine();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private EmbeddedEngine engine() {
        EmbeddedEngine made = new EmbeddedEngine(scenario.job(), 2);
        made.addPartition(0);
        return made;
    }

    private void row(int row) {
        Epochs.run(engine, List.of(script.records(row, row + 1)));
    }

    /** The state behind so many rows, each an epoch of its own. */
    private byte[] stateBehind(int rows) {
        try (EmbeddedEngine other = engine()) {
            for (int row = 0; row < rows; row++) {
                Epochs.run(other, List.of(script.records(row, row + 1)));
            }
            return other.snapshot(null).toBytes();
        }
    }

    @Test
    void theEngineGoesOnWhileASnapshotIsWritten() throws IOException {
        CountDownLatch goOn = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SnapshotWriter writer = new SnapshotWriter(engine, (snapshot, earlier) -> {
            await(goOn);
            snapshot.writeTo(out);
        })) {
            row(0);
            writer.take();
            assertThat(writer.isWriting()).isTrue();
            row(1);
            goOn.countDown();
        }
        assertThat(out.toByteArray()).isEqualTo(stateBehind(1));
    }

    @Test
    void twoSnapshotsAreInMemory() throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        try (SnapshotWriter writer = new SnapshotWriter(engine, (snapshot, earlier) -> {
            assertThat(earlier)
                    .isSameAs(written.isEmpty() ? null : written.get(written.size() - 1));
            written.add(snapshot);
            bytes.add(snapshot.toBytes());
        })) {
            for (int row = 0; row < ROWS; row++) {
                row(row);
                writer.take();
            }
        }
        for (int row = 0; row < ROWS; row++) {
            assertThat(bytes.get(row)).isEqualTo(stateBehind(row + 1));
        }
        for (Snapshot gone : written.subList(0, ROWS - 2)) {
            assertThatThrownBy(gone::toBytes).isInstanceOf(IllegalStateException.class);
        }
        for (int row = ROWS - 2; row < ROWS; row++) {
            assertThat(written.get(row).toBytes()).isEqualTo(bytes.get(row));
        }
    }

    @Test
    void afterAFailureChangesCountFromTheLastThatWasWritten() throws IOException {
        SnapshotWriter writer = new SnapshotWriter(engine, (snapshot, earlier) -> {
            written.add(earlier);
            written.add(snapshot);
            if (written.size() == 4) {
                throw new IOException("no space left");
            }
        });
        row(0);
        writer.take();
        row(1);
        writer.take();
        row(2);
        assertThatThrownBy(writer::take)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no space left");
        assertThat(written).hasSize(4);
        writer.take();
        writer.close();
        assertThat(written).hasSize(6);
        assertThat(written.get(4)).isSameAs(written.get(1));
        assertThat(written.get(1).toBytes()).isEqualTo(stateBehind(1));
        assertThat(written.get(5).toBytes()).isEqualTo(stateBehind(3));
        assertThatThrownBy(written.get(3)::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasNotWrittenIsToldOfAtTheEnd() throws IOException {
        SnapshotWriter writer = new SnapshotWriter(engine, (snapshot, earlier) -> {
            throw new IllegalStateException("broken");
        });
        row(0);
        writer.take();
        assertThatThrownBy(writer::close)
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("broken");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
