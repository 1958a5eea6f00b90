package io.tidewatch.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads two of eight fields of web requests as JSON lines: our decoder, and Jackson's streaming parser beside it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonDecodingBenchmark {
    static final int LINES = 4_096;

    private final StreamFormat format = new StreamFormat(
            new Format.Json(),
            List.of(FieldSpec.of("status", Type.BIGINT), FieldSpec.of("bytes", Type.BIGINT)),
            OptionalInt.empty(),
            Limits.DEFAULT);
    private final JsonFactory jackson = new JsonFactory();
    private final byte[] lines = lines();

    /** Returns the bytes of the requests that failed, so that every row is looked at. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public long tidewatch() {
        Decoder decoder = Decoders.of(format);
        long failedBytes = 0;
        int start = 0;
        while (start < lines.length) {
            Decoded decoded = decoder.decode(lines, start, lines.length, true);
            failedBytes += failedBytes(
                    decoded.batch().longs(0), decoded.batch().longs(1), decoded.rowCount());
            start += decoded.consumed();
        }
        return failedBytes;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long jackson() throws IOException {
        long failedBytes = 0;
        long status = 0;
        long bytes = 0;
        try (JsonParser parser = jackson.createParser(lines)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    switch (parser.currentName()) {
                        case "status" -> status = parser.getLongValue();
                        case "bytes" -> bytes = parser.getLongValue();
                        default -> {}
                    }
                } else if (token == JsonToken.END_OBJECT) {
                    failedBytes += status >= 500 ? bytes : 0;
                }
            }
        }
        return failedBytes;
    }

    private static long failedBytes(LongColumn status, LongColumn bytes, int rows) {
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += status.value(row) >= 500 ? bytes.value(row) : 0;
        }
        return sum;
    }

    private static byte[] lines() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append("{\"ts\":\"2026-01-01T00:00:")
                    .append(10 + i % 50)
                    .append(".000Z\",\"client\":\"10.0.0.")
                    .append(i % 256)
                    .append("\",\"method\":\"GET\",\"path\":\"/articles/")
                    .append(i % 1_000)
                    .append("\",\"status\":")
                    .append(status(i))
                    .append(",\"bytes\":")
                    .append(bytes(i))
                    .append(
                            ",\"referrer\":\"https://example.org/\\\"start\\\"\",\"agent\":\"Mozilla/5.0 (X11)\"}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static long status(int line) {
        return line % 17 == 0 ? 503 : 200;
    }

    static long bytes(int line) {
        return line * 31L;
    }
}
