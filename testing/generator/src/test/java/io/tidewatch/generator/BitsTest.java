package io.tidewatch.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitsTest {
    private static final String PROPERTY = "tidewatch.bits";

    @TempDir
    Path folder;

    private @Nullable String before;

    @BeforeEach
    void useAnOwnFolder() {
        before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, folder.toString());
    }

    @AfterEach
    void putTheFolderBack() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void appendsALineForEachRecordInOrder() throws IOException {
        Bits.record("Ordered values", 1L);
        Bits.record("Ordered values", -0.0);
        Bits.record("Ordered values", "İ");
        Bits.record("Ordered values", (String) null);
        assertThat(lines())
                .containsExactly(
                        "long 0000000000000001", "double 8000000000000000", "text İ", "null");
    }

    @Test
    void writesLongOrControlTextAsADigest() throws IOException {
        Bits.record("long text", "x".repeat(1000));
        Bits.record("long text", "a\nb");
        assertThat(lines())
                .hasSize(2)
                .allMatch(line -> line.matches("text of \\d+ bytes [0-9a-f]{64}"));
    }

    @Test
    void writesBytesAsADigest() throws IOException {
        Bits.record("bytes", new byte[3]);
        assertThat(lines()).singleElement().asString().matches("bytes 3 [0-9a-f]{64}");
    }

    @Test
    void givesNamesThatDifferOnlyInSignsFilesOfTheirOwn() throws IOException {
        Bits.record("a+b", 1L);
        Bits.record("a-b", 2L);
        assertThat(files()).hasSize(2);
    }

    @Test
    void keepsResultsOfRandomPropertiesUnderTheirNames() throws IOException {
        Choices.random("a property", 2, choices -> choices.record(0.5));
        Choices.exhaustive(choices -> choices.record("not kept"));
        assertThat(lines()).containsExactly("double 3fe0000000000000", "double 3fe0000000000000");
        assertThat(files().get(0).getFileName().toString()).startsWith("bitstest-a-property-");
    }

    @Test
    void writesNothingUnlessAsked() throws IOException {
        System.clearProperty(PROPERTY);
        Bits.record("unasked", 1L);
        Bits.record("unasked", "text");
        assertThat(files()).isEmpty();
    }

    private List<String> lines() throws IOException {
        assertThat(files()).hasSize(1);
        return Files.readAllLines(files().get(0));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
