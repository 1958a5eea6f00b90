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
        int bytes = 1 << 27;
        for (Format format :
                List.of(new Format.Json(), Format.Csv.DEFAULT, new Format.Combined())) {
            assertThat(WebRequests.text(format, CodecBenchmark.REQUESTS, bytes).length)
                    .isBetween((int) (0.98 * bytes), bytes);
        }
    }
}
