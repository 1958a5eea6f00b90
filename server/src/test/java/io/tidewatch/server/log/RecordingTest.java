package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.server.clock.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder;

    @Test
    void givesAgainWhatTheOwnerGave() {
        Choices.random("a recording read again", 200, choices -> {
            Path recording = Files.createTempDirectory(folder, "r");
            List<String> live = record(choices, recording);
            assertThat(replay(recording)).isEqualTo(live);
        });
    }

    @Test
    void readsTheGoldenFileOfVersionOne() throws IOException {
        Path recording = Files.createDirectory(folder.resolve("golden"));
        Files.write(recording.resolve("recording.tw"), golden(1));
        assertThat(RecordedTables.of(recording).begun("t")).isEmpty();
        assertThat(replay(recording))
                .containsExactly(
                        "0 a script 0",
                        "0:0 {\"t\":5000} @1000000",
                        "0:1 refused @1000000",
                        "0:2 {\"t\":6000} @1000001",
                        "0 tick 7900 @1002001",
                        "0 end");
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() throws IOException {
        Path recording = Files.createDirectory(folder.resolve("later"));
        byte[] later = golden();
        later[7] = 3;
        Files.write(recording.resolve("recording.tw"), later);
        assertThatThrownBy(() -> replay(recording))
                .hasMessageContaining("a recording of version 3, which this version of Tidewatch");
    }

    @Test
    void readsTheGoldenFileOfVersionTwo() throws IOException {
        Path recording = Files.createDirectory(folder.resolve("golden"));
        Files.write(recording.resolve("recording.tw"), golden());
        keep(recording, "one\n");
        keep(recording, "two\n");
        assertThat(replay(recording))
                .containsExactly(
                        "0 a script 0",
                        "0 table t 2c8b08da from -9223372036854775808 @1000000",
                        "0:0 {\"t\":5000} @1000000",
                        "0:1 refused @1000000",
                        "0:2 {\"t\":6000} @1000001",
                        "0 table t 27dd8ed4 from 1600002 @1000001",
                        "0 tick 7900 @1002001",
                        "0 end");
    }

    @Test
    void writesTheGoldenFileOfVersionTwo() throws IOException {
        Path recording = folder.resolve("written");
        FakeClock clock = new FakeClock(1_000_000);
        try (RecordingWriter writer = RecordingWriter.create(recording)) {
            ScriptedSource source = new ScriptedSource();
            ScriptedTable table = new ScriptedTable("t", "one\n");
            LogOwner owner = owner(clock, new LogText(), writer, List.of(source), table);
            source.give("{\"t\":5000}\nbad\n");
            owner.step();
            clock.advance(1);
            source.give("{\"t\":6000}").endFile();
            owner.step();
            table.set("two\n");
            owner.step();
            clock.advance(2_000);
            owner.step();
            source.end();
            owner.step();
        }
        byte[] written = Files.readAllBytes(recording.resolve("recording.tw"));
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(golden()));
    }

    @Test
    void readsWhatIsWholeOfAFileThatWasCutShort() throws IOException {
        byte[] whole = golden();
        Path damagedFolder = Files.createDirectory(folder.resolve("cut"));
        Path file = damagedFolder.resolve("recording.tw");
        Files.write(file, golden());
        keep(damagedFolder, "one\n");
        keep(damagedFolder, "two\n");
        List<String> all = replay(damagedFolder);
        for (int length = 8; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<String> part = replay(damagedFolder);
            assertThat(all.subList(0, part.size())).isEqualTo(part);
            assertThat(part.size()).isLessThan(all.size());
        }
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        byte[] whole = golden();
        Path damagedFolder = Files.createDirectory(folder.resolve("flipped"));
        Path file = damagedFolder.resolve("recording.tw");
        Files.write(file, golden());
        keep(damagedFolder, "one\n");
        keep(damagedFolder, "two\n");
        List<String> all = replay(damagedFolder);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = golden();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            try {
                // A length that points beyond the end looks like a file that was cut short.
                assertThat(replay(damagedFolder).size()).as("bit %d", bit).isLessThan(all.size());
            } catch (TidewatchException e) {
                assertThat(e).hasMessageContaining("recording.tw");
            }
        }
    }

    @Test
    void keepsEveryContentOnceUnderItsHash() throws IOException {
        Path recording = folder.resolve("contents");
        FakeClock clock = new FakeClock(1_000_000);
        try (RecordingWriter writer = RecordingWriter.create(recording)) {
            ScriptedTable table = new ScriptedTable("t", "one\n");
            LogOwner owner =
                    owner(clock, new LogText(), writer, List.of(new ScriptedSource()), table);
            for (String text : List.of("two\n", "one\n", "bad\n", "two\n")) {
                clock.advance(1);
                table.set(text);
                owner.step();
            }
        }
        try (Stream<Path> files = Files.list(recording.resolve("tables"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ScriptedTable.content("one\n").hash(),
                            ScriptedTable.content("two\n").hash());
        }
        assertThat(replay(recording)).filteredOn(line -> line.contains("table")).hasSize(4);
    }

    @Test
    void refusesContentsThatAreMissingOrChanged() throws IOException {
        Path recording = Files.createDirectory(folder.resolve("changed"));
        Files.write(recording.resolve("recording.tw"), golden());
        assertThatThrownBy(() -> replay(recording))
                .hasMessageContaining("the recording needs this file, and it is not there");
        keep(recording, "one\n");
        keep(recording, "two\n");
        String hash = ScriptedTable.content("two\n").hash();
        Files.writeString(recording.resolve("tables").resolve(hash), "other\n");
        assertThatThrownBy(() -> replay(recording))
                .hasMessageContaining(hash)
                .hasMessageContaining("its content is not the one that was recorded");
    }

    @Test
    void doesNotWriteOverARecording() {
        RecordingWriter.create(folder).close();
        assertThatThrownBy(() -> RecordingWriter.create(folder))
                .hasMessageContaining("has a recording already");
    }

    private static List<String> record(Choices choices, Path recording) {
        FakeClock clock = new FakeClock(1_000_000);
        LogText log = new LogText();
        List<ScriptedSource> sources = new ArrayList<>();
        int count = choices.between(1, 3);
        for (int i = 0; i < count; i++) {
            sources.add(new ScriptedSource());
        }
        try (RecordingWriter writer = RecordingWriter.create(recording)) {
            ScriptedTable table = new ScriptedTable("t", "one\n");
            LogOwner owner = owner(clock, log, writer, sources, table);
            int steps = choices.between(1, 20);
            for (int step = 0; step < steps; step++) {
                sources.forEach(source -> act(choices, source));
                clock.advance(choices.of(0, 1, 600, 2_500));
                if (choices.oneIn(4)) {
                    String text = choices.of("one\n", "two\n", "three\n", "bad\n", "gone");
                    table.set(text.equals("gone") ? null : text);
                }
                owner.step();
            }
        }
        return log.take();
    }

    private static void act(Choices choices, ScriptedSource source) {
        String line = "{\"t\":" + (990_000 + choices.upTo(20_000)) + "}\n";
        switch (choices.upTo(6)) {
            case 0 -> source.give(line);
            case 1 -> source.give(line + line + "bad\n");
            case 2 -> source.give(line.substring(0, choices.upTo(line.length())));
            case 3 -> source.endFile();
            case 4 -> source.give("\n");
            default -> {
                // Nothing comes.
            }
        }
        if (choices.oneIn(40)) {
            source.end();
        }
    }

    private static LogOwner owner(
            FakeClock clock,
            LogText log,
            RecordingWriter writer,
            List<ScriptedSource> sources,
            TableFeed table) {
        Notices notices = (partition, failure) -> {
            throw new AssertionError(failure);
        };
        TableLimits limits = new TableLimits(16, 1L << 30, 0);
        LogOwner owner = new LogOwner(clock, log, Optional.of(writer), notices, limits);
        owner.add(table);
        for (int i = 0; i < sources.size(); i++) {
            PartitionSpec spec = new PartitionSpec(i, "a", "script " + i);
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(100).withIdle(1_000);
            owner.add(spec, sources.get(i), LogText.FORMAT, time);
        }
        return owner;
    }

    private static List<String> replay(Path recording) throws IOException {
        LogText log = new LogText();
        RecordedTables tables = RecordedTables.of(recording);
        try (RecordingReader reader = RecordingReader.open(
                recording,
                spec -> Optional.of(LogText.FORMAT),
                recorded -> Optional.of(version(tables, recorded)))) {
            while (reader.next(log)) {
                assertThat(reader.progress()).isBetween(0.0, 1.0);
            }
        }
        return log.take();
    }

    private static TableVersion version(RecordedTables tables, RecordedTables.Recorded recorded) {
        byte[] bytes = tables.content(recorded.contentHash());
        return new TableVersion(
                recorded.effectiveFrom(),
                recorded.contentHash(),
                ScriptedTable.content(new String(bytes, UTF_8)).rows());
    }

    private static void keep(Path recording, String text) throws IOException {
        Path tables = Files.createDirectories(recording.resolve("tables"));
        Files.writeString(tables.resolve(ScriptedTable.content(text).hash()), text);
    }

    private static byte[] golden() throws IOException {
        return golden(2);
    }

    private static byte[] golden(int version) throws IOException {
        String name = "recording-" + version + ".hex";
        try (InputStream in = RecordingTest.class.getResourceAsStream(name)) {
            String text = in == null ? "" : new String(in.readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }
}
