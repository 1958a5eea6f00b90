package io.tidewatch.benchmarks;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.kernel.type.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The same web requests as JSON lines, CSV and lines of a combined log: bytes per second; and gzip beside its inflater. */
final class CodecBenchmark implements Benchmark {
    /** Few enough for their text, again and again, to fill the bytes in any format. */
    static final int REQUESTS = 10_000;

    private static final int BYTES = 1 << 28;
    private static final int PIECE_BYTES = 1 << 18;

    @Override
    public void measure(Effort effort, Report report) throws IOException {
        int bytes = effort.events(BYTES);
        byte[] json = WebRequests.text(new Format.Json(), REQUESTS, bytes);
        Contest contest = new Contest("bytes", bytes);
        contest.add("JSON", () -> () -> failedBytes(new Format.Json(), json));
        for (Format format : List.of(Format.Csv.DEFAULT, new Format.Combined())) {
            byte[] text = WebRequests.text(format, REQUESTS, bytes);
            contest.add(format.kind().name(), () -> () -> failedBytes(format, text));
        }
        contest.go(effort, report);
        report.ratio(
                "bytes per second of CSV, of JSON's", contest.times("JSON", "CSV"), "at least 0.6");
        report.ratio(
                "bytes per second of combined log lines, of JSON's",
                contest.times("JSON", "COMBINED"),
                "at least 0.6");
        byte[] packed = packed(json);
        Contest gzip = new Contest("bytes, inflated", json.length)
                .add("inflating alone", () -> () -> inflate(new ByteArrayInputStream(packed)))
                .add("decoding alone", () -> () -> failedBytes(new Format.Json(), json))
                .add("gzip and decoding", () -> () -> failedBytesOfGzip(packed))
                .go(effort.longBodies(), report);
        report.ratio(
                "time of gzip and decoding, of inflating alone",
                gzip.times("gzip and decoding", "inflating alone"),
                "printed");
    }

    static StreamFormat streamFormat(Format format) {
        return new StreamFormat(
                format,
                List.of(
                        FieldSpec.of("status", Type.BIGINT),
                        FieldSpec.of("bytes", Type.BIGINT),
                        FieldSpec.of("time", Type.TIMESTAMP)),
                OptionalInt.of(2),
                Limits.DEFAULT);
    }

    /** The bytes of the requests that failed. */
    static long failedBytes(Format format, byte[] text) {
        Decoder decoder = Decoders.of(streamFormat(format));
        long sum = 0;
        int start = 0;
        while (start < text.length) {
            int end = Math.min(text.length, start + PIECE_BYTES);
            Decoded decoded = decoder.decode(text, start, end, end == text.length);
            sum += failedBytes(decoded);
            start += decoded.consumed();
        }
        return sum;
    }

    /** As {@link #failedBytes}, of JSON lines that are packed. */
    static long failedBytesOfGzip(byte[] packed) throws IOException {
        Decoder decoder = Decoders.of(streamFormat(new Format.Json()));
        long sum = 0;
        byte[] buffer = new byte[PIECE_BYTES];
        int held = 0;
        try (InputStream in = Inputs.decompressed(new ByteArrayInputStream(packed))) {
            for (int count = in.read(buffer);
                    count >= 0;
                    count = in.read(buffer, held, PIECE_BYTES - held)) {
                Decoded decoded = decoder.decode(buffer, 0, held + count, false);
                sum += failedBytes(decoded);
                held += count - decoded.consumed();
                System.arraycopy(buffer, decoded.consumed(), buffer, 0, held);
            }
        }
        return sum + failedBytes(decoder.decode(buffer, 0, held, true));
    }

    private static long failedBytes(Decoded decoded) {
        long sum = 0;
        for (int row = 0; row < decoded.rowCount(); row++) {
            sum += decoded.batch().longs(0).value(row) >= 500
                    ? decoded.batch().longs(1).value(row)
                    : 0;
        }
        return sum;
    }

    /** How many bytes a packed stream has; closes it. */
    static long inflate(InputStream packed) throws IOException {
        byte[] buffer = new byte[PIECE_BYTES];
        long sum = 0;
        try (InputStream in = new GZIPInputStream(packed, 1 << 16)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum += count;
            }
        }
        return sum;
    }

    static byte[] packed(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }
}
