package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> done = new ArrayList<>();

    private Runnable failing(RuntimeException failure) {
        return () -> {
            done.add(failure.getMessage());
            throw failure;
        };
    }

    @Test
    void everyStepIsDoneAndTheFirstFailureThrown() {
        IllegalStateException second = new IllegalStateException("second");
        assertThatThrownBy(() -> Closing.all(List.of(
                        () -> done.add("first"),
                        failing(second),
                        failing(new IllegalStateException("third")),
                        failing(second),
                        () -> done.add("last"))))
                .isSameAs(second)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting("message")
                        .containsExactly("third"));
        assertThat(done).containsExactly("first", "second", "third", "second", "last");
    }
}
