package io.tidewatch.server.yaml;

import io.tidewatch.generator.Choices;
import java.util.List;
import java.util.stream.Stream;

/** Texts that are put together from what means something in YAML. */
final class YamlPieces {
    private static final List<String> COMMON = List.of(
            "a",
            "window",
            ": ",
            "#",
            " #",
            "- ",
            "\"",
            "\\",
            "\n",
            "\t",
            "é",
            "😀",
            "'",
            "{{ $value }}",
            "~",
            "null",
            "&a",
            "*a",
            "!t",
            "%",
            "@",
            "`",
            "|",
            "> ",
            " ",
            "\u0000");

    private final List<String> pieces;

    private YamlPieces(List<String> pieces) {
        this.pieces = pieces;
    }

    /** The pieces of all tests, and more. */
    static YamlPieces and(String... more) {
        return new YamlPieces(Stream.concat(COMMON.stream(), Stream.of(more)).toList());
    }

    /** Up to {@code countMax} pieces, one behind the other. */
    String text(Choices choices, int countMax) {
        StringBuilder text = new StringBuilder();
        for (int i = choices.upTo(countMax); i > 0; i--) {
            text.append(choices.of(pieces));
        }
        return text.toString();
    }
}
