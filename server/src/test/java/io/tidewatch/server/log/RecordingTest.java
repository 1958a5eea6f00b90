package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
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
        Files.write(recording.resolve("recording.tw"), golden());
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
    void writesTheGoldenFileOfVersionOne() throws IOException {
        Path recording = folder.resolve("written");
        FakeClock clock = new FakeClock(1_000_000);
        try (RecordingWriter writer = RecordingWriter.create(recording)) {
            ScriptedSource source = new ScriptedSource();
            LogOwner owner = owner(clock, new LogText(), writer, List.of(source));
            source.give("{\"t\":5000}\nbad\n");
            owner.step();
            clock.advance(1);
            source.give("{\"t\":6000}").endFile();
            owner.step();
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
            LogOwner owner = owner(clock, log, writer, sources);
            int steps = choices.between(1, 20);
            for (int step = 0; step < steps; step++) {
                sources.forEach(source -> act(choices, source));
                clock.advance(choices.of(0, 1, 600, 2_500));
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
            FakeClock clock, LogText log, RecordingWriter writer, List<ScriptedSource> sources) {
        LogOwner owner = new LogOwner(clock, log, Optional.of(writer), (partition, failure) -> {
            throw new AssertionError(failure);
        });
        for (int i = 0; i < sources.size(); i++) {
            PartitionSpec spec = new PartitionSpec(i, "a", "script " + i);
            TimeSpec time = TimeSpec.defaults().withOutOfOrder(100).withIdle(1_000);
            owner.add(spec, sources.get(i), LogText.FORMAT, time);
        }
        return owner;
    }

    private static List<String> replay(Path recording) throws IOException {
        LogText log = new LogText();
        try (RecordingReader reader =
                RecordingReader.open(recording, spec -> Optional.of(LogText.FORMAT))) {
            while (reader.next(log)) {
                assertThat(reader.progress()).isBetween(0.0, 1.0);
            }
        }
        return log.take();
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = RecordingTest.class.getResourceAsStream("recording-1.hex")) {
            String text = in == null ? "" : new String(in.readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }
}
