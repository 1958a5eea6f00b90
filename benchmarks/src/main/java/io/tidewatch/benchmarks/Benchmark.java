package io.tidewatch.benchmarks;

import java.io.IOException;

/** A question about speed, with its yardsticks beside it. */
interface Benchmark {
    /** Measures and reports. */
    void measure(Effort effort, Report report) throws IOException;
}
