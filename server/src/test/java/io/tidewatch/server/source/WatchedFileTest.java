package io.tidewatch.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    private Path folder;

    private Path path;
    private WatchedFile file;
    private long now = 1_000_000;

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("t.csv");
        Files.writeString(path, "one\n");
        file = new WatchedFile(path);
        assertThat(read()).isEqualTo("one\n");
    }

    @Test
    void aFileThatStaysHasNotChanged() throws IOException {
        assertThat(look()).isFalse();
        assertThat(look()).isFalse();
        assertThat(look()).isFalse();
    }

    @Test
    void aFileHasChangedOnceTwoLooksSeeTheSame() throws IOException {
        Files.writeString(path, "longer\n");
        assertThat(look()).isFalse();
        Files.writeString(path, "longer\nstill\n");
        assertThat(look()).isFalse();
        assertThat(look()).isTrue();
        // Until it is read.
        assertThat(look()).isTrue();
        assertThat(read()).isEqualTo("longer\nstill\n");
        assertThat(look()).isFalse();
    }

    @Test
    void itIsNotLookedAtMoreOftenThanItShouldBe() throws IOException {
        assertThat(look()).isFalse();
        Files.writeString(path, "longer\n");
        assertThat(look()).isFalse();
        assertThat(file.hasChanged(now + WatchedFile.LOOK_MILLIS - 1)).isFalse();
        assertThat(file.hasChanged(now + WatchedFile.LOOK_MILLIS)).isTrue();
        // A clock that is put back does not stop the looks.
        Files.writeString(path, "longer again\n");
        assertThat(file.hasChanged(now - 100_000)).isFalse();
        assertThat(file.hasChanged(now - 100_000 + WatchedFile.LOOK_MILLIS)).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws IOException {
        FileTime modified = Files.getLastModifiedTime(path);
        Path other = folder.resolve("other");
        Files.writeString(other, "two\n");
        Files.setLastModifiedTime(other, modified);
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(look()).isFalse();
        assertThat(look()).isTrue();
        assertThat(read()).isEqualTo("two\n");
    }

    @Test
    void theSameSizeAtAnotherTimeIsAChange() throws IOException {
        Files.writeString(path, "two\n", StandardOpenOption.WRITE);
        Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        assertThat(look()).isFalse();
        assertThat(look()).isTrue();
    }

    @Test
    void aFileThatVanishesAndComesBackIsReadAgain() throws IOException {
        Files.delete(path);
        assertThatThrownBy(this::look).isInstanceOf(NoSuchFileException.class);
        Files.writeString(path, "three\n");
        assertThat(look()).isFalse();
        assertThat(look()).isTrue();
        assertThat(read()).isEqualTo("three\n");
    }

    @Test
    void whatIsSkippedIsNotAChange() throws IOException {
        Files.writeString(path, "longer\n");
        file.skip();
        assertThat(look()).isFalse();
        assertThat(look()).isFalse();
    }

    @Test
    void whatHasNoEndIsNotReadAndNotWatched() {
        Path endless = Path.of("/dev/zero");
        assumeThat(endless).as("a file without an end").exists();
        file = new WatchedFile(endless);
        assertThatThrownBy(() -> file.read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/dev/zero is no regular file");
    }

    private boolean look() throws IOException {
        now += WatchedFile.LOOK_MILLIS;
        return file.hasChanged(now);
    }

    private String read() throws IOException {
        return new String(file.read().orElseThrow(), UTF_8);
    }
}
