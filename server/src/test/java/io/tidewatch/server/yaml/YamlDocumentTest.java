package io.tidewatch.server.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    private final Problems problems = new Problems();

    /** Lengths at which the library cuts what it reads, if it does not read all at once. */
    static IntStream lengths() {
        return IntStream.concat(IntStream.range(1_000, 1_050), IntStream.range(2_040, 2_056));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aCharacterBeyondTheFirst65536MayStandAnywhere(int length) {
        String text = "#" + "x".repeat(length) + "😀\nstreams: {}\n";
        Optional<YamlNode> root = YamlDocument.parse("f", text.getBytes(UTF_8), problems);
        assertThat(problems.inOrder()).isEmpty();
        assertThat(root).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_020, 1_023, 1_024, 3_000})
    void aCharacterThatIsNoneIsPlacedWhereverItStands(int length) {
        String text = "# 😀\n#" + "x".repeat(length) + "\u0007\n";
        assertThat(YamlDocument.parse("f", text.getBytes(UTF_8), problems)).isEmpty();
        assertThat(problems.inOrder())
                .singleElement()
                .asString()
                .startsWith("f, line 2, column " + (length + 2)
                        + ": YAML cannot hold the character U+0007;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", "# nothing\n"})
    void nothingIsNoDocument(String text) {
        assertThat(YamlDocument.parse("f", text.getBytes(UTF_8), problems)).isEmpty();
        assertThat(problems.inOrder())
                .singleElement()
                .hasToString("f, line 1, column 1: the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \uD83D", "\uD83D", "a: \uDE00 b"})
    void halfACharacterIsNotYaml(String text) {
        assertThat(YamlDocument.parse("f", text, problems)).isEmpty();
        assertThat(problems.inOrder()).hasSize(1);
    }
}
