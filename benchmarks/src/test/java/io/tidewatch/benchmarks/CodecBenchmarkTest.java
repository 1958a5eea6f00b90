package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.codecs.Format;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodecBenchmarkTest {
    private static final int REQUESTS = 3_000;

    @Test
    void everyFormatGivesTheNaiveAnswer() throws IOException {
        long once = IntStream.range(0, REQUESTS)
                .filter(request -> WebRequests.status(request) >= 500)
                .mapToLong(WebRequests::bytes)
                .sum();
        for (Format format :
                List.of(new Format.Json(), Format.Csv.DEFAULT, new Format.Combined())) {
            int length = WebRequests.text(format, REQUESTS, 1_000_000).length;
            byte[] text = WebRequests.text(format, REQUESTS, length);
            assertThat(CodecBenchmark.failedBytes(format, text)).isEqualTo(once);
        }
        byte[] json = WebRequests.text(new Format.Json(), REQUESTS, 1_000_000);
        assertThat(json.length).isGreaterThan(1 << 19);
        assertThat(CodecBenchmark.failedBytesOfGzip(CodecBenchmark.packed(json)))
                .isEqualTo(CodecBenchmark.failedBytes(new Format.Json(), json));
    }

    @Test
    void requestsFillTheBytesThatAreAskedFor() {
        int once = WebRequests.text(Format.Csv.DEFAULT, 50, 100_000).length;
        assertThat(once).isBetween(90_000, 100_000);
        assertThat(CodecBenchmark.failedBytes(
                        Format.Csv.DEFAULT, WebRequests.text(Format.Csv.DEFAULT, 50, 100_000)))
                .isPositive();
    }
}
