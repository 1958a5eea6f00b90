package io.tidewatch.server.suite;

import java.util.List;

/**
 * How a test went.
 *
 * @param problems what differed from what was expected; none if it passed
 */
public record Outcome(String name, double seconds, List<String> problems) {
    public Outcome {
        problems = List.copyOf(problems);
    }

    public boolean passed() {
        return problems.isEmpty();
    }
}
