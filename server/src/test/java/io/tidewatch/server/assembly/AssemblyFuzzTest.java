package io.tidewatch.server.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.command.CommandLineRun;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.ConfigurationReader;
import io.tidewatch.server.config.EffectiveText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Example files, changed at random, from their text to compiled monitors: they are compiled, or there are problems, each with
 * its place.
 */
class AssemblyFuzzTest {
    private static final Pattern PLACE = Pattern.compile("f, line \\d+, column \\d+: .*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.'$+-]+");

    /** What takes the place of a word. */
    private static final String[] WORDS = {
        "0",
        "-1",
        "1",
        "2.5",
        "1e9",
        "99999999999999999999",
        "1s",
        "1ms",
        "0s",
        "400w",
        "100000d",
        "null",
        "true",
        "''",
        "'a b'",
        "\"\\u0000\"",
        "[]",
        "{}",
        "[a, b]",
        "{a: 1}",
        "ts",
        "timestamp",
        "string",
        "decimal(18, 9)",
        "decimal(99, 1)",
        "boolean",
        "long",
        "interval",
        "COUNT(*)",
        "SUM(x)",
        "SELECT",
        "FROM",
        "GROUP BY",
        "WHERE",
        "/",
        "%",
        "NULL",
        "'",
        "\"",
        "(",
        ")",
        "*",
        "Europe/Berlin",
        "Nowhere/City",
        "early",
        "amend",
        "keep",
        "window_end",
        "{{ $labels.x }}",
        "{{",
        "}}",
        "9999-12-31",
        "0001-01-01",
        "+10000-01-01",
        "year",
        "zone",
        "offset",
        "key",
        "absent",
        "follow",
        "json",
        "csv",
        "regex",
        "(?<a>.)",
        "yyyy",
        "MMM d",
        "${HOME}",
        "ROW_NUMBER() OVER (ORDER BY 1)",
        "UNION ALL SELECT 1",
        "CAST(NULL AS INTERVAL SECOND)",
        "TUMBLE",
        "~",
        "é",
        "\uD83C\uDF0A"
    };

    @Test
    void neverFailsButWithProblemsThatHaveTheirPlaces() throws IOException {
        List<String> examples = examples();
        Choices.random("an assembly of a mutated example", 250, choices -> {
            check(mutate(choices, choices.of(examples)));
        });
    }

    @Test
    void aNameThatIsNotClosedIsShownOnOneLine() {
        check("""
                streams:
                  host: {time: {field: ts}, source: {host: {interval: 1s}}}
                monitors:
                  - name: cpu-busy
                    query: |
                      SELECT AVG(value) AS busy
                      " host
                      WHERE kind = 'cpu' AND metric = 'busy'
                    window: 10s
                """);
    }

    private static void check(String text) {
        try {
            Configuration configuration = read(text);
            Assembly assembly = Assembly.of(configuration);
            assertThat(assembly.explanation()).isNotNull();
            String effective = EffectiveText.of(configuration);
            assertThat(EffectiveText.of(read(effective))).isEqualTo(effective);
        } catch (TidewatchException e) {
            assertThat(e.code().kind()).as(text).isEqualTo(ErrorCode.Kind.USER);
            for (String line : String.valueOf(e.getMessage()).split("\n", -1)) {
                assertThat(PLACE.matcher(line).matches() || line.startsWith("… and "))
                        .as("%s%n%s", line, text)
                        .isTrue();
            }
        } catch (RuntimeException e) {
            throw new AssertionError(e + "\n" + text, e);
        }
    }

    private static Configuration read(String text) {
        return new ConfigurationReader(Map.of("HOME", "/nowhere"))
                .parse("f", CommandLineRun.examples(), text.getBytes(UTF_8));
    }

    private static List<String> examples() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : List.of("host.yaml", "shop.yaml", "sensors.yaml", "weblog.yaml")) {
            Path file = CommandLineRun.examples().resolve(name);
            texts.add(Files.readString(file));
        }
        return texts;
    }

    private static String mutate(Choices choices, String original) {
        String text = original;
        for (int i = choices.between(1, 4); i > 0; i--) {
            text = switch (choices.upTo(5)) {
                case 0, 1, 2 -> replaceWord(choices, text);
                case 3 -> withoutLine(choices, text);
                case 4 -> withLineTwice(choices, text);
                default -> withOtherDepth(choices, text);
            };
        }
        return text;
    }

    private static String replaceWord(Choices choices, String text) {
        List<int[]> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new int[] {matcher.start(), matcher.end()});
        }
        if (words.isEmpty()) {
            return text;
        }
        int[] word = choices.of(words);
        int[] other = choices.of(words);
        String replacement =
                choices.flag() ? choices.of(WORDS) : text.substring(other[0], other[1]);
        return text.substring(0, word[0]) + replacement + text.substring(word[1]);
    }

    private static String withoutLine(Choices choices, String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.remove(choices.upTo(lines.size() - 1));
        return String.join("\n", lines) + "\n";
    }

    private static String withLineTwice(Choices choices, String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String line = choices.of(lines);
        lines.add(choices.upTo(lines.size()), line);
        return String.join("\n", lines) + "\n";
    }

    private static String withOtherDepth(Choices choices, String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = choices.upTo(lines.size() - 1);
        String line = lines.get(at);
        lines.set(at, choices.flag() || !line.startsWith("  ") ? "  " + line : line.substring(2));
        return String.join("\n", lines) + "\n";
    }
}
