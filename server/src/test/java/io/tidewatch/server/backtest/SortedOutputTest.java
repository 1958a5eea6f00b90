package io.tidewatch.server.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.CopiedRow;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TransitionRow;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortedOutputTest {
    private final List<ResultRow> given = new ArrayList<>();
    private final SortedOutput output = new SortedOutput(new JobOutput() {
        @Override
        public void result(ResultRow row) {
            given.add(row);
        }

        @Override
        public void transition(TransitionRow row) {
            throw new AssertionError(row);
        }
    });

    private static CopiedRow row(String monitor, long start, long end, int revision) {
        return new CopiedRow(
                monitor,
                List.of(),
                ByteBuffer.allocate(0),
                start,
                end,
                List.of(),
                revision,
                true,
                false,
                false,
                false,
                false);
    }

    /** As a row that reads from the results of its epoch. */
    private static ResultRow reading(CopiedRow row) {
        return (ResultRow) Proxy.newProxyInstance(
                ResultRow.class.getClassLoader(),
                new Class<?>[] {ResultRow.class},
                (proxy, method, arguments) -> method.invoke(row, arguments));
    }

    @Test
    void resultsComeByTimeThenMonitorThenRevision() {
        CopiedRow last = row("a", 5, 10, 0);
        CopiedRow amended = row("b", 0, 5, 1);
        CopiedRow first = row("a", 0, 5, 0);
        CopiedRow second = row("b", 0, 5, 0);
        List.of(last, amended, first, second).forEach(output::result);
        assertThat(given).isEmpty();
        output.close();
        assertThat(given).containsExactly(first, second, amended, last);
    }

    /** Or one row would keep the results of its whole epoch in memory. */
    @Test
    void whatIsHeldBackStandsForItself() {
        CopiedRow row = row("a", 0, 5, 0);
        output.result(reading(row));
        output.close();
        assertThat(given).containsExactly(row);
    }
}
