package io.tidewatch.codecs.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileReasonsTest {
    @Test
    void saysMoreThanTheName() {
        assertThat(FileReasons.of(new AccessDeniedException("f")))
                .isEqualTo("permission is denied (give it to the user of this process)");
        assertThat(FileReasons.of(new NoSuchFileException("f")))
                .startsWith("there is no such file or folder");
        assertThat(FileReasons.of(new FileSystemException("f", null, "Is a directory")))
                .isEqualTo("f: Is a directory");
        assertThat(FileReasons.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(FileReasons.of(new EOFException())).isEqualTo("EOFException");
    }
}
