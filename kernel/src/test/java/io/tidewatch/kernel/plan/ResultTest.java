package io.tidewatch.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final byte[] KEY = {1, 2};

    @Test
    void idsDifferInEveryPartOfTheIdentity() {
        MonitorPlan monitor = monitor("errors", "v1");

        assertThat(List.of(
                        result(KEY, 0, 60, 0, 0).id(monitor),
                        result(KEY, 0, 60, 0, 1).id(monitor),
                        result(KEY, 0, 60, 1, 0).id(monitor),
                        result(KEY, 0, 61, 0, 0).id(monitor),
                        result(KEY, 1, 60, 0, 0).id(monitor),
                        result(new byte[] {1}, 0, 60, 0, 0).id(monitor),
                        result(KEY, 0, 60, 0, 0).id(monitor("errors", "v2")),
                        result(KEY, 0, 60, 0, 0).id(monitor("error", "sv1"))))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void whatARevisionSaysAndThatItIsWithdrawnHaveOneId() {
        MonitorPlan monitor = monitor("errors", "v1");
        Result shown = result(KEY, 0, 60, 0, 1);

        Result withdrawn = new CopiedResult(
                0, KEY, 0, 60, 0, 1, Result.Kind.WITHDRAWN, false, false, 90, List.of());

        assertThat(withdrawn.id(monitor)).isEqualTo(shown.id(monitor));
    }

    private static Result result(byte[] key, long start, long end, long ordinal, int revision) {
        return new CopiedResult(
                0,
                key,
                start,
                end,
                ordinal,
                revision,
                Result.Kind.FINAL,
                false,
                false,
                end,
                List.of(1L));
    }

    private static MonitorPlan monitor(String name, String version) {
        return new MonitorPlan(name, version, List.of(), List.of(0), null, null, false);
    }
}
