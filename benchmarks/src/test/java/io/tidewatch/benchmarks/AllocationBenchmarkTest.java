package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AllocationBenchmarkTest {
    /** A new array of longs alone would be eight bytes per event. */
    @Test
    void decodingUsesItsArraysAgain() throws IOException {
        assertThat(AllocationBenchmark.ofDecoding(4)).isGreaterThan(0).isLessThan(4);
    }

    @Test
    void thePipelineAllocatesLittle() throws IOException {
        assertThat(AllocationBenchmark.ofPipeline(4)).isGreaterThan(0).isLessThan(8);
    }
}
