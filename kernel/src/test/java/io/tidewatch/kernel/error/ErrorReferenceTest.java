package io.tidewatch.kernel.error;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/reference/errors.md is rendered from the codes; {@code -Dtidewatch.update=true} writes it. */
final class ErrorReferenceTest {
    private static final String REMEDY =
            "docs/reference/errors.md, which -Dtidewatch.update=true writes";

    @Test
    void theReferenceIsRenderedFromTheCodes() throws IOException {
        Path file = root().resolve("docs/reference/errors.md");
        if (Boolean.getBoolean("tidewatch.update")) {
            Files.writeString(file, render());
        }
        assertThat(Files.exists(file)).as(REMEDY).isTrue();
        assertThat(Files.readString(file)).as(REMEDY).isEqualTo(render());
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeSaysWhatHappenedAndWhatToDo(ErrorCode code) {
        assertThat(code.meaning()).endsWith(".").hasSizeGreaterThan(10);
        assertThat(code.remedy()).endsWith(".").hasSizeGreaterThan(10);
    }

    private static String render() {
        StringBuilder text = new StringBuilder("""
                # Errors

                Every failure has a code and a message, which says where, what, and what to do. A failure that ends a command
                gives it exit code 1, `ARGUMENT_INVALID` 2; for `INTERNAL` the details are kept in a file. A row that cannot be
                read or computed does not end a run: it is set aside, counted and shown, and the run goes on.

                | code | kind | meaning | what to do |
                | --- | --- | --- | --- |
                """);
        for (ErrorCode code : ErrorCode.values()) {
            text.append("| `")
                    .append(code)
                    .append("` | ")
                    .append(code.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(code.meaning())
                    .append(" | ")
                    .append(code.remedy())
                    .append(" |\n");
        }
        return text.toString();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = requireNonNull(folder.getParent(), "no folder with .mvn");
        }
        return folder;
    }
}
