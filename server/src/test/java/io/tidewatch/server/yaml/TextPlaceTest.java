package io.tidewatch.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPlaceTest {
    @Test
    void findsTheFirstCharacterOfAPlainScalar() {
        Text text = query("query: SELECT a\n");
        assertThat(text.place()).isEqualTo(new Place("f", 1, 8));
        assertThat(text.placeOf(1, 8)).isEqualTo(new Place("f", 1, 15));
    }

    @Test
    void followsAPlainScalarOverLines() {
        Text text = query("query: SELECT a\n  FROM t\n");
        assertThat(text.value()).isEqualTo("SELECT a FROM t");
        assertThat(text.placeOf(1, 10)).isEqualTo(new Place("f", 2, 3));
    }

    @Test
    void followsALiteralBlock() {
        Text text = query("x: 1\nquery: |  # why\n    SELECT a\n      FROM t\n    WHERE b\n");
        assertThat(text.value()).isEqualTo("SELECT a\n  FROM t\nWHERE b\n");
        assertThat(text.place()).isEqualTo(new Place("f", 3, 5));
        assertThat(text.placeOf(2, 3)).isEqualTo(new Place("f", 4, 7));
        assertThat(text.placeOf(3, 7)).isEqualTo(new Place("f", 5, 11));
    }

    @Test
    void followsAFoldedBlock() {
        Text text = query("query: >-\n  SELECT a\n  FROM t\n\n  WHERE b\n");
        assertThat(text.value()).isEqualTo("SELECT a FROM t\nWHERE b");
        assertThat(text.placeOf(0)).isEqualTo(new Place("f", 2, 3));
        assertThat(text.placeOf(9)).isEqualTo(new Place("f", 3, 3));
        assertThat(text.placeOf(16)).isEqualTo(new Place("f", 5, 3));
    }

    @Test
    void followsQuotedScalarsWithEscapes() {
        Text single = query("query: 'it''s b'\n");
        assertThat(single.value()).isEqualTo("it's b");
        assertThat(single.placeOf(5)).isEqualTo(new Place("f", 1, 15));
        Text twice = query("query: \"a\\u0041\\n\\x41b\\\n   c\"\n");
        assertThat(twice.value()).isEqualTo("aA\nAbc");
        assertThat(twice.placeOf(1)).isEqualTo(new Place("f", 1, 10));
        assertThat(twice.placeOf(4)).isEqualTo(new Place("f", 1, 22));
        assertThat(twice.placeOf(5)).isEqualTo(new Place("f", 2, 4));
    }

    @Test
    void countsColumnsInCodePoints() {
        Text text = query("query: '\uD83D\uDE00 x'\n");
        assertThat(text.placeOf(3)).isEqualTo(new Place("f", 1, 11));
    }

    @Test
    void findsEveryWordOfAScalarOfAnyForm() {
        Choices.random("words of a scalar are where the file has them", 400, choices -> {
            List<String> words = new ArrayList<>();
            int count = choices.between(1, 8);
            for (int i = 0; i < count; i++) {
                words.add("w" + i + choices.of("", "é", "x'y", "\uD83D\uDE00"));
            }
            String file = scalarOf(choices, words);
            Text text = query(file);
            int from = 0;
            for (String word : words) {
                int offset = text.value().indexOf(word, from);
                assertThat(offset).as("%s in %s", word, text.value()).isNotNegative();
                assertThat(text.placeOf(offset))
                        .as("%s of%n%s", word, file)
                        .isEqualTo(placeIn(file, word));
                from = offset + word.length();
            }
        });
    }

    private static String scalarOf(Choices choices, List<String> words) {
        int form = choices.upTo(4);
        String open = List.of("", "|\n  ", ">\n  ", "\"", "'").get(form);
        String close = List.of("", "", "", "\"", "'").get(form);
        StringBuilder text = new StringBuilder("before: 1\nquery: ").append(open);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            text.append(i == 0 ? "" : separator(choices, form));
            text.append(form == 4 ? word.replace("'", "''") : word);
        }
        return text.append(close).append("\n").toString();
    }

    private static String separator(Choices choices, int form) {
        return form == 3
                ? choices.of(" ", "  ", "\n  ", "\\n", "\\t", "\\x20", " \\\n   ")
                : choices.of(" ", "  ", "\n  ", "\n\n  ");
    }

    private static Place placeIn(String file, String word) {
        String found = file.contains(word) ? word : word.replace("'", "''");
        String before = file.substring(0, file.indexOf(found));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        String start = before.substring(before.lastIndexOf('\n') + 1);
        return new Place("f", line, 1 + start.codePointCount(0, start.length()));
    }

    private static Text query(String yaml) {
        Problems problems = new Problems();
        Text text = YamlDocument.parse("f", yaml, problems)
                .flatMap(YamlNode::map)
                .flatMap(map -> map.find("query"))
                .flatMap(YamlNode::text)
                .orElseThrow(() -> new AssertionError(yaml + problems.inOrder()));
        problems.check();
        return text;
    }
}
