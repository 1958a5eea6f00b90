package io.tidewatch.server.log;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Writes down what a log gives: one line per row, refusal, tick and end. */
final class LogText implements LogSink {
    /** JSON lines with a field t, epoch milliseconds, that is the event time, and a field v. */
    static final StreamFormat FORMAT = StreamFormat.of(
            new Format.Json(),
            0,
            FieldSpec.of("t", Type.TIMESTAMP)
                    .withTimeFormat(new TimeFormat.Epoch(TimeFormat.Unit.MILLIS)),
            FieldSpec.of("v", Type.VARCHAR));

    private final List<String> lines = new ArrayList<>();

    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void partition(PartitionSpec spec) {
        lines.add(spec.number() + " " + spec.stream() + " " + spec.source());
    }

    @Override
    public void rows(int partition, Decoded rows, long firstOrdinal, OptionalLong receiveMillis) {
        String received = receiveMillis.isPresent() ? " @" + receiveMillis.getAsLong() : "";
        for (int row = 0; row < rows.rowCount(); row++) {
            lines.add(partition + ":" + (firstOrdinal + rows.ordinals()[row]) + " "
                    + rows.raw().toString(row) + received);
        }
        rows.refusals()
                .forEach(refusal -> lines.add(partition + ":" + (firstOrdinal + refusal.ordinal())
                        + " refused" + received));
    }

    @Override
    public void tick(int partition, long timeMillis, long receiveMillis) {
        lines.add(partition + " tick " + timeMillis + " @" + receiveMillis);
    }

    @Override
    public void table(int partition, String table, TableVersion version, long receiveMillis) {
        lines.add(partition + " table " + table + " " + version.contentHash().substring(0, 8)
                + " from " + version.effectiveFrom() + " @" + receiveMillis);
    }

    @Override
    public void end(int partition) {
        lines.add(partition + " end");
    }
}
