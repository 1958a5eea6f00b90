package io.tidewatch.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    @TempDir
    private Path folder;

    @Test
    void saysThatAFileIsNotThereYetAndReadsItOnceItIs() throws IOException {
        Path file = folder.resolve("a.log");
        try (FollowedFile source = FollowedFile.of(file)) {
            assertThatThrownBy(() -> drain(source))
                    .isInstanceOf(IOException.class)
                    .hasMessage("there is no such file yet");
            append(file, "one\n");
            assertThat(drain(source)).isEqualTo("one\n");
            append(file, "tw");
            append(file, "o\n");
            assertThat(drain(source)).isEqualTo("two\n");
        }
    }

    @Test
    void readsTheRestOfARenamedFileBeforeTheNew() throws IOException {
        Path file = folder.resolve("a.log");
        append(file, "one\n");
        try (FollowedFile source = FollowedFile.of(file)) {
            assertThat(drain(source)).isEqualTo("one\n");
            Path old = folder.resolve("a.log.1");
            Files.move(file, old);
            append(old, "two\n");
            assertThat(drain(source)).isEqualTo("two\n");
            append(old, "three");
            append(file, "four\n");
            append(old, " more");
            assertThat(drain(source)).isEqualTo("three more|four\n");
        }
    }

    @Test
    void startsAnewWhenTheFileIsCutShort() throws IOException {
        Path file = folder.resolve("a.log");
        append(file, "one\ntwo\n");
        try (FollowedFile source = FollowedFile.of(file)) {
            assertThat(drain(source)).isEqualTo("one\ntwo\n");
            Files.writeString(file, "3\n");
            assertThat(drain(source)).isEqualTo("|3\n");
            Files.writeString(file, "longer than before\n");
            assertThat(drain(source)).isEqualTo("|longer than before\n");
        }
    }

    @Test
    void losesAndRepeatsNothingHoweverFilesAreRotated() {
        Choices.random("rotation", 150, choices -> {
            Path file = folder.resolve("r" + choices.upTo(Integer.MAX_VALUE) + ".log");
            StringBuilder written = new StringBuilder();
            StringBuilder read = new StringBuilder();
            try (FollowedFile source = FollowedFile.of(file)) {
                int steps = choices.between(1, 12);
                for (int step = 0; step < steps; step++) {
                    step(choices, file, step, written);
                    if (choices.flag()) {
                        read.append(drain(source));
                    }
                    if (choices.oneIn(3)) {
                        read.append(drain(source));
                        Files.deleteIfExists(Path.of(file + "." + step));
                        rotate(file, step);
                    }
                }
                read.append(drain(source));
            }
            assertThat(read.toString().replace("|", "")).isEqualTo(written.toString());
        });
    }

    @Test
    void whatIsNoFileIsNotFollowed() throws IOException, InterruptedException {
        assertThatThrownBy(() -> FollowedFile.of(folder))
                .isInstanceOf(TidewatchException.class)
                .hasMessage(folder + ": a folder cannot be followed; name a file in it");
        Path pipe = pipe(folder.resolve("p"));
        assertThatThrownBy(() -> FollowedFile.of(pipe))
                .isInstanceOf(TidewatchException.class)
                .hasMessageStartingWith(
                        pipe + ": a pipe or device cannot be followed; give the stream");
    }

    @Test
    void aPipeThatTakesTheNameOfAFileIsNotWaitedFor() throws IOException, InterruptedException {
        Path file = folder.resolve("a.log");
        append(file, "one\n");
        try (FollowedFile source = FollowedFile.of(file)) {
            assertThat(drain(source)).isEqualTo("one\n");
            Files.delete(file);
            pipe(file);
            assertThatThrownBy(() -> drain(source))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("a pipe or device cannot be followed");
        }
    }

    private static Path pipe(Path path) throws IOException, InterruptedException {
        boolean made;
        try {
            made = new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            made = false;
        }
        assumeThat(made).as("mkfifo makes named pipes here").isTrue();
        return path;
    }

    private static void step(Choices choices, Path file, int step, StringBuilder written)
            throws IOException {
        String text = "step " + step + choices.of("\n", " and more\n", "");
        append(file, text);
        written.append(text);
    }

    private static void rotate(Path file, int step) throws IOException {
        if (Files.exists(file)) {
            Files.move(file, Path.of(file + "." + step));
        }
    }

    private static String drain(Source source) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[7];
        for (int quiet = 0; quiet < 4; ) {
            int count = source.read(buffer, 0, buffer.length);
            text.append(new String(buffer, 0, count, UTF_8));
            if (count == 0 && source.status() == Source.Status.FILE_ENDED) {
                text.append('|');
            }
            quiet = count == 0 ? quiet + 1 : 0;
        }
        return text.toString();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
