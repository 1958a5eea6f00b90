package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.PartialStage;
import io.tidewatch.kernel.plan.Position;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One partition: its position and its partial stage. */
final class PartitionWorker implements Consumer<LogRecord> {
    private final int partition;
    private final int stream;
    private final TimeSpec time;
    private final List<Windows> gapped;
    private final PartialStage stage;
    private final SideCounts side;
    private final boolean wantsHashes;
    private final List<LogRecord.TableChange> tableChanges = new ArrayList<>();
    private Position position;
    private long[] watermarks = new long[0];

    PartitionWorker(JobPlan plan, int stream, int partition) {
        this.partition = partition;
        this.stream = stream;
        this.time = plan.streams().get(stream).time();
        this.gapped = plan.gappedWindows(stream);
        this.side = new SideCounts(plan);
        this.stage = new PartialStage(plan, stream, side);
        this.wantsHashes = plan.links().stream().anyMatch(link -> link.alerts());
        this.position = new Position(time, gapped);
    }

    int stream() {
        return stream;
    }

    SideCounts side() {
        return side;
    }

    long watermark() {
        return position.time().watermark();
    }

    /** How far it has been read. */
    Position position() {
        return position;
    }

    /** The offset behind the last record that was taken. */
    long nextOffset() {
        return position.nextOffset();
    }

    /** Takes the next record of its log. */
    @Override
    public void accept(LogRecord record) {
        if (record instanceof LogRecord.Tick tick) {
            position.time().received(tick.receiveTime());
            position.tick(tick.time());
        } else if (record instanceof LogRecord.TableChange change) {
            position.time().received(change.receiveTime());
            stage.tables().add(change.table(), change.version());
            tableChanges.add(change);
        } else if (record instanceof LogRecord.Events events) {
            takeEvents(events);
        }
    }

    void flush(EpochExchange exchange) {
        stage.flush(exchange);
        stage.tables().forget(watermark());
    }

    /** The changes of reference tables since the last call. */
    List<LogRecord.TableChange> takeTableChanges() {
        List<LogRecord.TableChange> taken = List.copyOf(tableChanges);
        tableChanges.clear();
        return taken;
    }

    /** How many versions of a reference table are kept. */
    int tableVersions(String table) {
        return stage.tables().count(table);
    }

    void write(ByteWriter out) {
        out.writeVarLong(stream);
        position.write(out);
        stage.tables().write(out);
    }

    void read(ByteReader in, TableVersions.Contents contents) {
        int writtenStream = in.readCount();
        if (writtenStream != stream) {
            throw new IllegalArgumentException(
                    "stream: " + writtenStream + " (expected: " + stream + ")");
        }
        position = Position.read(time, gapped, in);
        stage.tables().read(in, contents);
    }

    private void takeEvents(LogRecord.Events events) {
        int rowCount = events.rowCount();
        if (rowCount == 0) {
            return;
        }
        position.readUpTo(events.offsets()[rowCount - 1] + 1);
        Selection present = withoutFuture(events);
        if (watermarks.length < rowCount) {
            watermarks = new long[rowCount];
        }
        position.rows(events.eventTimes(), present, watermarks);
        RowOrigins origins = new RowOrigins(
                partition, events.eventTimes(), events.offsets(), hashes(events.raw(), rowCount));
        stage.accept(new SourceRows(events.batch(), origins, watermarks, null), present);
    }

    private Selection withoutFuture(LogRecord.Events events) {
        long[] receiveTimes = events.receiveTimes();
        int rowCount = events.rowCount();
        if (receiveTimes == null) {
            return Selection.all(rowCount);
        }
        int[] rows = new int[rowCount];
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            long received = position.time().received(receiveTimes[row]);
            if (!time.isFuture(events.eventTimes()[row], received)) {
                rows[count++] = row;
            } else {
                side.future(partition, events.offsets()[row], events.eventTimes()[row], received);
            }
        }
        return count == rowCount ? Selection.all(rowCount) : Selection.of(rows, count);
    }

    private long @Nullable [] hashes(@Nullable BytesColumn raw, int rowCount) {
        if (!wantsHashes) {
            return null;
        }
        long[] hashes = new long[rowCount];
        if (raw != null) {
            for (int row = 0; row < rowCount; row++) {
                hashes[row] = Hash.of(raw.bytes(), raw.start(row), raw.length(row));
            }
        }
        return hashes;
    }
}
