package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonDecodingBenchmarkTest {
    @Test
    void bothBodiesGiveTheNaiveAnswer() throws IOException {
        long expected = IntStream.range(0, JsonDecodingBenchmark.LINES)
                .filter(line -> JsonDecodingBenchmark.status(line) >= 500)
                .mapToLong(JsonDecodingBenchmark::bytes)
                .sum();
        JsonDecodingBenchmark benchmark = new JsonDecodingBenchmark();
        assertThat(benchmark.tidewatch()).isEqualTo(expected);
        assertThat(benchmark.jackson()).isEqualTo(expected);
    }
}
