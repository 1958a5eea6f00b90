package io.tidewatch.codecs.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.type.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
    private static StreamFormat format(int recordBytes) {
        return new StreamFormat(
                new Format.Json(),
                List.of(FieldSpec.of("a", Type.VARCHAR)),
                OptionalInt.empty(),
                new Limits(recordBytes, 64));
    }

    private record All(List<String> raw, List<Long> places, List<Refusal> refusals) {}

    private static All readAll(RecordReader reader) throws IOException {
        All all = new All(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Decoded decoded = reader.next();
        while (decoded != null) {
            for (int row = 0; row < decoded.rowCount(); row++) {
                all.raw.add(decoded.raw().toString(row));
                all.places.add(decoded.place(row));
            }
            all.refusals.addAll(decoded.refusals());
            decoded = reader.next();
        }
        assertThat(reader.next()).isNull();
        return all;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsTheSameWithAnyBufferAndAnyStream() {
        Choices.random("readers equal decoders", 1000, choices -> {
            StringBuilder text = new StringBuilder();
            int lines = choices.upTo(12);
            for (int i = 0; i < lines; i++) {
                text.append("{\"a\":\"")
                        .append("x".repeat(choices.upTo(30)))
                        .append(choices.of("\"}\n", "\"}\r\n", "\n", "\"}"));
            }
            byte[] input = text.toString().getBytes(UTF_8);
            StreamFormat format = format(choices.of(5, 20, 1 << 20));
            InputStream in = new Trickle(input, choices);
            RecordReader reader =
                    new RecordReader(in, format, Decoders.of(format), choices.between(1, 40));
            All all = readAll(reader);
            Decoding.Outcome outcome = Decoding.of(format, input);
            assertThat(all.raw)
                    .isEqualTo(outcome.rows().stream().map(Decoding.Row::raw).toList());
            assertThat(all.places)
                    .isEqualTo(outcome.rows().stream().map(Decoding.Row::place).toList());
            assertThat(all.refusals).isEqualTo(outcome.refusals());
            assertThat(reader.position()).isEqualTo(outcome.end());
        });
    }

    @Test
    void doesNotLoadARecordBeyondTheLimit() throws IOException {
        InputStream endless = new InputStream() {
            private long left = 1L << 26;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int start, int length) {
                if (left == 0) {
                    return -1;
                }
                int count = (int) Math.min(length, left);
                Arrays.fill(bytes, start, start + count, (byte) 'x');
                left -= count;
                return count;
            }
        };
        All all = readAll(new RecordReader(endless, format(1000), Decoders.of(format(1000)), 64));
        assertThat(all.refusals).hasSize(1);
        assertThat(all.refusals.get(0).excerpt()).hasSize(121);
    }

    @Test
    void boundsBatches() throws IOException {
        String good = "{\"a\":1}\n".repeat(Batch.ROWS_MAX + 1);
        String bad = "x\n".repeat(Decoder.REFUSALS_MAX + 1);
        RecordReader reader = RecordReader.open(
                new ByteArrayInputStream((good + bad).getBytes(UTF_8)), format(100));
        List<String> sizes = new ArrayList<>();
        Decoded decoded = reader.next();
        while (decoded != null) {
            sizes.add(decoded.rowCount() + "+" + decoded.refusals().size());
            decoded = reader.next();
        }
        assertThat(sizes).containsExactly("8192+0", "1+1024", "0+1");
    }

    @Test
    void decompressesGzipOfSeveralMembers(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip("{\"a\":1}\n{\"a\""));
        members.write(gzip(":2}\n"));
        assertThat(readAll(RecordReader.open(new Slow(members.toByteArray()), format(100))).raw)
                .containsExactly("{\"a\":1}", "{\"a\":2}");
        Path file = Files.write(folder.resolve("x.gz"), members.toByteArray());
        try (RecordReader reader = new RecordReader(Inputs.open(file), format(100))) {
            assertThat(readAll(reader).raw).hasSize(2);
        }
    }

    @Test
    void readsShortAndEmptyStreams() throws IOException {
        for (String text : List.of("", "{", "\u001f", "{}")) {
            RecordReader reader = RecordReader.open(new Slow(text.getBytes(UTF_8)), format(100));
            All all = readAll(reader);
            assertThat(all.raw.size() + all.refusals.size()).isEqualTo(text.isEmpty() ? 0 : 1);
        }
    }

    @Test
    void givesWhatCameBeforeAFailure() throws IOException {
        byte[] whole = gzip("{\"a\":1}\n".repeat(1000));
        byte[] cut = Arrays.copyOf(whole, whole.length - 9);
        RecordReader reader = RecordReader.open(new ByteArrayInputStream(cut), format(100));
        Decoded decoded = reader.next();
        assertThat(decoded == null ? 0 : decoded.rowCount()).isPositive();
        assertThatThrownBy(() -> readAll(reader)).isInstanceOf(EOFException.class);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    /** Gives its bytes in pieces of any size, and says now and then that it has no more at hand. */
    private static final class Trickle extends FilterInputStream {
        private final Choices choices;

        Trickle(byte[] bytes, Choices choices) {
            super(new ByteArrayInputStream(bytes));
            this.choices = choices;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            return super.read(bytes, start, choices.between(1, length));
        }

        @Override
        public int available() throws IOException {
            return choices.flag() ? super.available() : 0;
        }
    }

    /** One byte at a time, and never any at hand. */
    private static final class Slow extends FilterInputStream {
        Slow(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            return super.read(bytes, start, Math.min(1, length));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
