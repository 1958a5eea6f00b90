package io.tidewatch.server.source.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.clock.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostSourceTest {
    @Test
    void measuresOncePerInterval() {
        FakeClock clock = new FakeClock(0);
        HostSource source = new HostSource(
                1_000,
                into -> {
                    into.value("cpu", "busy", "", 0.5);
                    into.value("disk", "busy", "sda", Double.NaN);
                    into.process("cpu", "a\"b", 7, 1.25);
                },
                clock);
        assertThat(read(source)).isEqualTo("""
                {"ts":"1970-01-01T00:00:00.000Z","kind":"cpu","metric":"busy","instance":"","value":0.5}
                {"ts":"1970-01-01T00:00:00.000Z","kind":"process","metric":"cpu","instance":"a\\"b","pid":7,"value":1.25}
                """);
        assertThat(read(source)).isEmpty();
        clock.advance(999);
        assertThat(read(source)).isEmpty();
        clock.advance(1);
        assertThat(read(source).lines()).hasSize(2);
        clock.advance(10_500);
        assertThat(read(source).lines()).hasSize(2);
        assertThat(read(source)).isEmpty();
        clock.advance(500);
        assertThat(read(source).lines()).hasSize(2);
    }

    @Test
    void measuresThisMachine() {
        Machine machine = new Machine(5, Clock.SYSTEM);
        List<String> metrics = new ArrayList<>();
        Measurements into = new Measurements() {
            @Override
            public void value(String kind, String metric, String instance, double value) {
                metrics.add(kind + " " + metric);
            }

            @Override
            public void process(String metric, String name, long pid, double value) {
                metrics.add("process " + metric);
                assertThat(pid).isPositive();
                assertThat(name).isNotEmpty();
            }
        };
        machine.measure(into);
        machine.measure(into);
        assertThat(metrics)
                .contains(
                        "memory used_ratio",
                        "load 1m",
                        "process cpu",
                        "process memory",
                        "cpu busy");
        assertThat(metrics.stream().filter("process cpu"::equals).count()).isLessThanOrEqualTo(10);
    }

    private static String read(HostSource source) {
        byte[] buffer = new byte[8_192];
        int count = source.read(buffer, 0, buffer.length);
        return new String(buffer, 0, count, UTF_8);
    }
}
