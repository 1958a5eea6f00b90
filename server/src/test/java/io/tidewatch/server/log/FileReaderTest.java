package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileReaderTest {
    private static final int RECORD_BYTES = 60;

    /** More than any input here has. */
    private static final int PARTS_MAX = 4_000;

    private static final PartitionSpec SPEC = new PartitionSpec(0, "s", "the file");

    @Test
    void anyNumberOfThreadsAndPartsOfAnySizeGiveWhatOneDecoderGives() {
        Choices.random("a file in parts is as in one", 400, choices -> {
            boolean csv = choices.oneIn(3);
            StreamFormat format = format(csv);
            byte[] input = (csv ? csv(choices) : json(choices)).getBytes(UTF_8);
            Rows whole = new Rows();
            Decoder decoder = Decoders.of(format);
            int at = 0;
            while (at < input.length) {
                Decoded decoded = decoder.decode(input, at, input.length, true);
                at += decoded.consumed();
                whole.rows(0, decoded, 0, OptionalLong.empty());
            }
            Rows parts = new Rows();
            FileReader reader =
                    reader(new Bytes(input, choices), format, choices.between(1, 200), parts);
            read(reader, parts, choices.between(1, 4));
            reader.check();
            assertThat(parts.lines).isEqualTo(whole.lines);
            assertThat(parts.ends).isEqualTo(1);
            assertThat(reader.isEnded()).isTrue();
            assertThat(reader.latest()).isEqualTo(whole.latest);
        });
    }

    @Test
    void anInputThatFailsEndsBehindItsLastWholeRecord() {
        Choices.random("an input fails", 200, choices -> {
            StreamFormat format = format(choices.flag());
            String text = format.format() instanceof Format.Csv ? "t,v\n1,a\n2,b\n3,c" : """
                    {"t":1,"v":"a"}
                    {"t":2,"v":"b"}
                    {"t":3,"v":"c"}""";
            Rows rows = new Rows();
            FileReader reader = reader(
                    new Bytes(text.getBytes(UTF_8), choices).failing(),
                    format,
                    choices.between(1, 50),
                    rows);
            read(reader, rows, choices.between(1, 4));
            reader.check();
            assertThat(rows.lines).hasSize(2);
            assertThat(reader.failure())
                    .contains("the file: the disk is gone, after 2 records; what comes then is"
                            + " missing");
        });
    }

    @Test
    void whatTheSinkThrowsEndsTheInputAndIsKept() {
        Choices.random("a sink fails", 100, choices -> {
            int good = choices.upTo(20);
            Rows rows = new Rows();
            rows.failAt = good;
            String lines = "{\"t\":1,\"v\":\"a\"}\n".repeat(30);
            FileReader reader =
                    reader(new Bytes(lines.getBytes(UTF_8), choices), format(false), 1, rows);
            read(reader, rows, choices.between(1, 4));
            assertThatThrownBy(reader::check).hasMessage("enough");
            assertThat(rows.lines).hasSize(good);
            assertThat(rows.ends).isZero();
        });
    }

    @Test
    void aLineThatNeverEndsCostsNoMoreThanTheLimit() {
        Rows rows = new Rows();
        String text = "x".repeat(100_000) + "\n{\"t\":1}\n" + "x".repeat(100_000);
        Bytes bytes = new Bytes(text.getBytes(UTF_8), Choices.ofSeed(1));
        FileReader reader = reader(bytes, format(false), 100, rows);
        read(reader, rows, 2);
        assertThat(rows.lines).hasSize(3);
        assertThat(rows.lines.get(0)).contains("line=1", "longer than 60 bytes");
        assertThat(rows.lines.get(1)).isEqualTo("1 1 null {\"t\":1} @100001");
        assertThat(rows.lines.get(2)).contains("line=3", "longer than 60 bytes");
        assertThat(bytes.mostAsked).isLessThanOrEqualTo(200);
    }

    /** Of such records a part holds more than are decoded ahead, and the rest of each comes before the next. */
    @Test
    void veryShortRecordsCostNoMoreThanAPart() {
        Rows rows = new Rows();
        int partBytes = 1 << 16;
        Bytes bytes =
                new Bytes(("t,v\n" + "x,y\n".repeat(100_000)).getBytes(UTF_8), Choices.ofSeed(1));
        FileReader reader = reader(bytes, format(true), partBytes, rows);
        read(reader, rows, 2);
        assertThat(rows.lines).hasSize(100_000);
        assertThat(bytes.mostAsked).isLessThanOrEqualTo(partBytes);
    }

    private static FileReader reader(Source source, StreamFormat format, int bytes, Rows rows) {
        FileReader reader = new FileReader(SPEC, source, format, bytes);
        reader.declare(rows, 2);
        return reader;
    }

    /** Reads to the end with so many threads. */
    private static void read(FileReader reader, Rows rows, int threads) {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                // Reads on behind the end, as threads do that do not know of it yet.
                for (int part = 0; part < PARTS_MAX; part++) {
                    reader.next(rows);
                }
            });
            started.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : started) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static StreamFormat format(boolean csv) {
        Format format = csv ? Format.Csv.DEFAULT : new Format.Json();
        FieldSpec time = FieldSpec.of("t", Type.TIMESTAMP)
                .withTimeFormat(new TimeFormat.Epoch(TimeFormat.Unit.MILLIS));
        return new StreamFormat(
                format,
                List.of(time, FieldSpec.of("v", Type.VARCHAR)),
                OptionalInt.of(0),
                new Limits(RECORD_BYTES, 4));
    }

    private static String json(Choices choices) {
        StringBuilder text = new StringBuilder(choices.oneIn(8) ? "\uFEFF" : "");
        int lines = choices.upTo(40);
        for (int i = 0; i < lines; i++) {
            String value = choices.of(
                    "", "a", "\u00e9\u20ac", "\\u0041\\n", "xyz".repeat(choices.upTo(5)));
            text.append(choices.of(
                    "{\"t\":" + choices.upTo(99) + ",\"v\":\"" + value + "\"}",
                    "{\"t\":" + choices.upTo(99) + "}",
                    "{\"v\":\"" + value + "\"}",
                    "{",
                    "  ",
                    "",
                    "x".repeat(choices.upTo(3 * RECORD_BYTES)),
                    "{\"t\":5" + " ".repeat(choices.upTo(RECORD_BYTES)) + "}"));
            text.append(choices.of("\n", "\r\n", "\n\n"));
        }
        return choices.flag() || text.isEmpty()
                ? text.toString()
                : text.substring(0, text.length() - 1);
    }

    private static String csv(Choices choices) {
        StringBuilder text = new StringBuilder("t,v\n");
        int lines = choices.upTo(40);
        for (int i = 0; i < lines; i++) {
            text.append(choices.of(
                    choices.upTo(99) + ",abc",
                    choices.upTo(99) + ",\"a\nb\"\"c\"",
                    "x,y",
                    "1,2,3",
                    "",
                    "4,\"never closed",
                    "5," + "z".repeat(choices.upTo(2 * RECORD_BYTES))));
            text.append(choices.of("\n", "\r\n"));
        }
        return text.toString();
    }

    /** Gives some bytes at a time; at their end it ends, or fails. */
    private static final class Bytes implements Source {
        private final byte[] bytes;
        private final Choices choices;
        private boolean fails;
        private int at;
        private int mostAsked;

        Bytes(byte[] bytes, Choices choices) {
            this.bytes = bytes;
            this.choices = Choices.ofSeed(choices.anyLong());
        }

        Bytes failing() {
            fails = true;
            return this;
        }

        @Override
        public String name() {
            return "bytes";
        }

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
            mostAsked = Math.max(mostAsked, length);
            if (fails && at == bytes.length) {
                throw new IOException("the disk is gone");
            }
            int count = Math.min(Math.min(length, 1 + choices.upTo(60)), bytes.length - at);
            System.arraycopy(bytes, at, buffer, start, count);
            at += count;
            return count;
        }

        @Override
        public Status status() {
            return at == bytes.length && !fails ? Status.ENDED : Status.WAITING;
        }
    }

    /** Writes down rows and refusals, without locks: they are given by one thread at a time. */
    private static final class Rows implements LogSink {
        private final List<String> lines = new ArrayList<>();
        private long latest = Long.MIN_VALUE;
        private int failAt = Integer.MAX_VALUE;
        private int ends;

        @Override
        public void partition(PartitionSpec spec) {}

        @Override
        public void rows(int partition, Decoded rows, long firstOrdinal, OptionalLong received) {
            int refused = 0;
            for (int row = 0; row < rows.rowCount(); row++) {
                if (lines.size() == failAt) {
                    throw new IllegalStateException("enough");
                }
                // Rows and refusals in the order of the input.
                while (refused < rows.refusals().size()
                        && rows.refusals().get(refused).ordinal() < rows.ordinals()[row]) {
                    lines.add(rows.refusals().get(refused++).toString());
                }
                BytesColumn values = rows.batch().bytes(1);
                latest = Math.max(latest, rows.eventTimes()[row]);
                lines.add(rows.ordinals()[row] + " " + rows.eventTimes()[row] + " "
                        + (values.isNull(row) ? "null" : values.toString(row)) + " "
                        + rows.raw().toString(row) + " @" + rows.place(row));
            }
            Stream.of(rows.refusals().toArray())
                    .skip(refused)
                    .forEach(r -> lines.add(r.toString()));
        }

        @Override
        public void tick(int partition, long timeMillis, long receiveMillis) {
            throw new AssertionError("a tick");
        }

        @Override
        public void table(int partition, String table, TableVersion version, long received) {
            throw new AssertionError("a table");
        }

        @Override
        public void end(int partition) {
            ends++;
        }
    }
}
