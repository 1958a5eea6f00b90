package io.tidewatch.server.source.generator;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.config.FieldConfig;
import io.tidewatch.server.config.GeneratorConfig;
import io.tidewatch.server.source.Source;
import java.util.List;
import java.util.OptionalDouble;

/** Gives generated rows, each when its turn comes by the clock, or all as fast as they are read. */
public final class GeneratorSource implements Source {
    private static final int ROWS_MAX = 1_024;

    private final String name;
    private final RowGenerator rows;
    private final GeneratorConfig config;
    private final Clock clock;
    private final boolean paced;
    private final long startedMillis;
    private final ByteWriter waiting = new ByteWriter(1 << 16);
    private int waitingFrom;
    private long next;

    private GeneratorSource(
            String name, GeneratorConfig config, RowGenerator rows, Clock clock, boolean paced) {
        this.name = name;
        this.config = config;
        this.rows = rows;
        this.clock = clock;
        this.paced = paced;
        this.startedMillis = clock.millis();
    }

    /** A source whose rows come at their rate, starting now. */
    public static GeneratorSource paced(
            String name,
            GeneratorConfig config,
            List<FieldConfig> fields,
            String timeField,
            Clock clock) {
        long start = config.startMillis().orElse(clock.millis());
        RowGenerator rows = new RowGenerator(config, fields, timeField, start);
        return new GeneratorSource(name, config, rows, clock, true);
    }

    /** A source of a bounded number of rows, or an endless one, whose rows come as fast as they are read. */
    public static GeneratorSource unpaced(
            String name, GeneratorConfig config, List<FieldConfig> fields, String timeField) {
        long start = config.startMillis().orElse(0);
        RowGenerator rows = new RowGenerator(config, fields, timeField, start);
        return new GeneratorSource(name, config, rows, Clock.SYSTEM, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] buffer, int start, int length) {
        if (waitingFrom == waiting.size()) {
            fill();
        }
        int count = Math.min(length, waiting.size() - waitingFrom);
        System.arraycopy(waiting.array(), waitingFrom, buffer, start, count);
        waitingFrom += count;
        return count;
    }

    @Override
    public Status status() {
        return next >= config.count().orElse(Long.MAX_VALUE) && waitingFrom == waiting.size()
                ? Status.ENDED
                : Status.WAITING;
    }

    @Override
    public OptionalDouble progress() {
        return config.count().isPresent()
                ? OptionalDouble.of((double) next / Math.max(1, config.count().getAsLong()))
                : OptionalDouble.empty();
    }

    private void fill() {
        waiting.truncate(0);
        waitingFrom = 0;
        long due = paced ? rows.rowsWithin(clock.millis() - startedMillis) : Long.MAX_VALUE;
        long limit = Math.min(due, config.count().orElse(Long.MAX_VALUE));
        // A batch that falls into a gap leaves nothing to read, so it goes on until something is
        // there or due.
        while (next < limit && waiting.size() == 0) {
            long end = Math.min(limit, next + ROWS_MAX);
            for (; next < end; next++) {
                rows.append(next, waiting);
            }
        }
    }
}
