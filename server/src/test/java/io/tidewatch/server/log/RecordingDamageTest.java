package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that pass their checksum and yet are none that a run writes. */
class RecordingDamageTest {
    private static final byte[] PARTITION = declared(0);
    private static final byte[] ROWS = record(RecordingFormat.BYTES, 0, out -> {
        out.writeZigZag(1_000);
        out.writeByte(RecordingFormat.STARTS_FILE);
        out.writeSlice("{\"t\":5000}\n".getBytes(UTF_8));
    });
    private static final byte[] TICK = tick(0, 2_000, 7_000);
    private static final byte[] TABLE = table(2_000, Times.BEGINNING);
    private static final byte[] END = record(RecordingFormat.END, 0, out -> {});
    private static final List<byte[]> RECORDS = List.of(PARTITION, ROWS, TICK, TABLE, END);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("recording.tw");
    }

    @Test
    void recordsThatARunWritesAreRead() throws IOException {
        write(RECORDS);
        assertThat(replay())
                .containsExactly(
                        "0 a script",
                        "0:0 {\"t\":5000} @1000",
                        "0 tick 7000 @2000",
                        "0 table t 00000000 from -9223372036854775808 @2000",
                        "0 end");
    }

    @Test
    void whatARecordSaysByItselfIsTested() throws IOException {
        refuses(record(6, 0, out -> {}), "a record of kind 6");
        refuses(new byte[] {3, 0, 2}, "byte 3: 1 bytes wanted, 0 left");
        refuses(new byte[] {3, (byte) 0x80}, "byte 2: 1 bytes wanted, 0 left");
        refuses(Arrays.copyOf(TICK, TICK.length + 1), "bytes behind the end of a record of kind 3");
        refuses(tick(0, 2_000, Times.MAX + 1), "a tick at 253402300800000");
        refuses(tick(0, Long.MAX_VALUE, 0), "a receive time of 9223372036854775807");
        refuses(table(2_000, Long.MAX_VALUE), "a table in effect from 9223372036854775807");
        byte[] flags = ROWS.clone();
        flags[4] = 4;
        refuses(flags, "flags 4");
        byte[] longer = ROWS.clone();
        longer[5]++;
        refuses(longer, "byte 6: 12 bytes wanted, 11 left");
    }

    @Test
    void whatARecordSaysFitsThoseBefore() throws IOException {
        refuses(tick(1, 0, 0), "partition 1, which was not declared");
        refuses(tick(Integer.MAX_VALUE, 0, 0), "partition 2147483647, which was not declared");
        refuses(declared(0), "partition 0, where 1 comes");
        refuses(declared(2), "partition 2, where 1 comes");
        refuses(List.of(PARTITION, TICK), ROWS, "a receive time of 1000, after one of 2000");
        refuses(List.of(PARTITION, END), ROWS, "bytes or an end in a partition that has ended");
        refuses(List.of(PARTITION, END), END, "bytes or an end in a partition that has ended");
    }

    @Test
    void theTablesAtTheBeginningAreTestedLikewise() throws IOException {
        write(List.of(PARTITION, new byte[] {5, 0, 0}));
        assertThatThrownBy(() -> RecordedTables.of(folder))
                .isInstanceOf(TidewatchException.class)
                .hasMessageStartingWith(
                        file + ", byte " + (8 + 8 + PARTITION.length) + ": byte 3: ");
    }

    @Test
    void noBytesUnderAGoodChecksumAreABug() {
        Choices.random("records of any bytes", 2_000, choices -> {
            List<byte[]> records = new ArrayList<>();
            records.add(PARTITION);
            int count = choices.between(1, 4);
            for (int i = 0; i < count; i++) {
                records.add(choices.flag() ? anyBytes(choices) : damaged(choices));
            }
            write(records);
            try {
                replay();
                RecordedTables.of(folder);
            } catch (TidewatchException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_CORRUPT);
                assertThat(e).hasMessageStartingWith(file + ", byte ");
            }
        });
    }

    private static byte[] anyBytes(Choices choices) {
        byte[] bytes = new byte[choices.between(2, 60)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) choices.between(0, 255);
        }
        bytes[0] = choices.flag() ? (byte) choices.between(1, 5) : bytes[0];
        bytes[1] = choices.flag() ? (byte) choices.between(0, 1) : bytes[1];
        return bytes;
    }

    private static byte[] damaged(Choices choices) {
        byte[] bytes = choices.of(RECORDS).clone();
        bytes[choices.between(0, bytes.length - 1)] = (byte) choices.anyLong();
        return Arrays.copyOf(bytes, choices.of(bytes.length, choices.between(2, bytes.length + 3)));
    }

    private void refuses(byte[] last, String message) throws IOException {
        refuses(List.of(PARTITION), last, message);
    }

    /** The last record is refused with its place. */
    private void refuses(List<byte[]> before, byte[] last, String message) throws IOException {
        List<byte[]> records = new ArrayList<>(before);
        records.add(last);
        write(records);
        int place = 8 + before.stream().mapToInt(record -> 8 + record.length).sum();
        assertThatThrownBy(this::replay)
                .isInstanceOf(TidewatchException.class)
                .hasMessage(file + ", byte " + place + ": " + message
                        + " (the recording is damaged; use a copy, or record anew)");
    }

    private List<String> replay() throws IOException {
        LogText log = new LogText();
        try (RecordingReader reader = RecordingReader.open(
                folder,
                spec -> Optional.of(LogText.FORMAT),
                recorded -> Optional.of(some(recorded)))) {
            while (reader.next(log)) {
                assertThat(reader.progress()).isBetween(0.0, 1.0);
            }
        }
        return log.take();
    }

    private static TableVersion some(RecordedTables.Recorded recorded) {
        return new TableVersion(
                recorded.effectiveFrom(),
                recorded.contentHash(),
                ScriptedTable.content("one\n").rows());
    }

    private void write(List<byte[]> records) throws IOException {
        ByteWriter out = new ByteWriter(64);
        out.writeRaw(RecordingFormat.magic(), 0, 8);
        for (byte[] record : records) {
            CRC32C checksum = new CRC32C();
            checksum.update(record);
            out.writeInt(record.length);
            out.writeInt((int) checksum.getValue());
            out.writeRaw(record, 0, record.length);
        }
        Files.write(file, out.copyBytes());
    }

    private static byte[] declared(int partition) {
        return record(RecordingFormat.PARTITION, partition, out -> {
            out.writeSlice("a".getBytes(UTF_8));
            out.writeSlice("script".getBytes(UTF_8));
        });
    }

    private static byte[] tick(int partition, long received, long time) {
        return record(RecordingFormat.TICK, partition, out -> {
            out.writeZigZag(received);
            out.writeZigZag(time);
        });
    }

    private static byte[] table(long received, long effective) {
        return record(RecordingFormat.TABLE, 0, out -> {
            out.writeZigZag(received);
            out.writeZigZag(effective);
            out.writeRaw(new byte[RecordingFormat.HASH_BYTES], 0, RecordingFormat.HASH_BYTES);
            out.writeSlice("t".getBytes(UTF_8));
        });
    }

    private static byte[] record(int kind, int partition, Consumer<ByteWriter> rest) {
        ByteWriter out = new ByteWriter(64);
        out.writeByte(kind);
        out.writeVarLong(partition);
        rest.accept(out);
        return out.copyBytes();
    }
}
