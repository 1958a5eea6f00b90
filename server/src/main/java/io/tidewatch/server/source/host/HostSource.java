package io.tidewatch.server.source.host;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.config.HostFields;
import io.tidewatch.server.config.SourceConfig;
import io.tidewatch.server.source.JsonLine;
import io.tidewatch.server.source.Source;

/** Measures this machine at an interval; each measured value is a row, all of one moment have the same time. */
public final class HostSource implements Source {
    private final long intervalMillis;
    private final Probe probe;
    private final Clock clock;
    private final ByteWriter waiting = new ByteWriter(1 << 14);
    private int waitingFrom;
    private long nextMillis;

    HostSource(long intervalMillis, Probe probe, Clock clock) {
        this.intervalMillis = intervalMillis;
        this.probe = probe;
        this.clock = clock;
        this.nextMillis = clock.millis();
    }

    /** A source that measures from now on. */
    public static HostSource of(SourceConfig.Host config, Clock clock) {
        return new HostSource(
                config.intervalMillis(), new Machine(config.processCount(), clock), clock);
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public int read(byte[] buffer, int start, int length) {
        if (waitingFrom == waiting.size() && clock.millis() >= nextMillis) {
            measure();
        }
        int count = Math.min(length, waiting.size() - waitingFrom);
        System.arraycopy(waiting.array(), waitingFrom, buffer, start, count);
        waitingFrom += count;
        return count;
    }

    @Override
    public Status status() {
        return Status.WAITING;
    }

    private void measure() {
        long now = clock.millis();
        // A measurement that took too long, or a machine that slept, skips turns instead of
        // catching up.
        nextMillis += intervalMillis * Math.max(1, (now - nextMillis) / intervalMillis);
        if (nextMillis <= now) {
            nextMillis += intervalMillis;
        }
        waiting.truncate(0);
        waitingFrom = 0;
        probe.measure(new Rows(Timestamps.format(now)));
    }

    /** Writes values as rows of one moment. */
    private final class Rows implements Measurements {
        private final String time;
        private final JsonLine line = new JsonLine(waiting);

        Rows(String time) {
            this.time = time;
        }

        @Override
        public void value(String kind, String metric, String instance, double value) {
            if (Double.isFinite(value)) {
                start(kind, metric, instance);
                line.number(HostFields.VALUE, value);
                line.end();
            }
        }

        @Override
        public void process(String metric, String name, long pid, double value) {
            if (Double.isFinite(value)) {
                start("process", metric, name);
                line.number(HostFields.PID, pid);
                line.number(HostFields.VALUE, value);
                line.end();
            }
        }

        private void start(String kind, String metric, String instance) {
            line.start();
            line.string(HostFields.TIME, time);
            line.string(HostFields.KIND, kind);
            line.string(HostFields.METRIC, metric);
            line.string(HostFields.INSTANCE, instance);
        }
    }
}
