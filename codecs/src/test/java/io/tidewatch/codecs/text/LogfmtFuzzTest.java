package io.tidewatch.codecs.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The decoder beside the grammar of logfmt as java.util.regex reads it, with Jackson for what stands in quotes.
 *
 * <p>There is no well-kept parser of logfmt for Java: what is published has had no release for years, and does not read
 * escapes. The grammar is that of the format's first description (kr/logfmt), with these differences, all meant:
 *
 * <ul>
 *   <li>There, what fits nowhere (a quote inside a value, {@code =} without a key) is passed over as garbage; we refuse the line.
 *   <li>A value may hold {@code =}, since addresses and encoded bytes do.
 *   <li>The escapes are JSON's, as writers of today have them; there only a quote is escaped.
 *   <li>A key alone has the value {@code true}; there it has none.
 *   <li>Only spaces, tabs and carriage returns separate pairs; there every control character does.
 * </ul>
 */
class LogfmtFuzzTest {
    private static final String[] KEYS = {"a", "b", "né"};
    private static final Pattern PAIR = Pattern.compile(
            "[ \t\r]*([^ \t\r=\"]+)(?:=(?:(\"(?:[^\"\\\\]|\\\\.)*\")|([^ \t\r\"]*)))?(?=[ \t\r]|\\z)",
            Pattern.DOTALL);
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final StreamFormat FORMAT = new StreamFormat(
            new Format.Logfmt(),
            Arrays.stream(KEYS).map(key -> FieldSpec.of(key, Type.VARCHAR)).toList(),
            OptionalInt.empty(),
            new Limits(1 << 20, 1));

    @Test
    void readsWhatTheGrammarReads() {
        Choices.random("logfmt equals its grammar", 20_000, choices -> {
            StringBuilder line = new StringBuilder();
            for (int i = choices.upTo(8); i > 0; i--) {
                line.append(choices.of("a", "b", "né", "z", ""))
                        .append(choices.of("=", "=", "=", ""));
                value(choices, line);
                line.append(choices.oneIn(12) ? "" : choices.of(" ", " ", "  ", "\t", "\r"));
            }
            for (int i = choices.oneIn(2) ? choices.between(1, 3) : 0; i > 0; i--) {
                int at = choices.upTo(line.length());
                line.insert(
                        at, choices.of("\"", "\\", "=", " ", "\u0000", "\u0085", "\f", "'", "\\u"));
            }
            // A character that was cut in two becomes a question mark.
            assertEqualsGrammar(new String(line.toString().getBytes(UTF_8), UTF_8));
        });
    }

    /** Every line of up to five of the characters that mean something. */
    @Test
    void readsEveryShortLineAsTheGrammarDoes() {
        Choices.exhaustive(choices -> {
            StringBuilder line = new StringBuilder();
            for (int i = choices.upTo(5); i > 0; i--) {
                line.append(choices.of("a", "=", "\"", " ", "\\", "n"));
            }
            assertEqualsGrammar(line.toString());
        });
    }

    private static void value(Choices choices, StringBuilder line) {
        boolean isQuoted = choices.flag();
        line.append(isQuoted ? "\"" : "");
        for (int i = choices.upTo(4); i > 0; i--) {
            line.append(
                    isQuoted
                            ? choices.of(
                                    "x",
                                    " ",
                                    "=",
                                    "\\\"",
                                    "\\\\",
                                    "\\n",
                                    "\\u00e9",
                                    "\\ud83d\\ude00",
                                    "é",
                                    "\\x",
                                    "\\ud83d",
                                    "\t",
                                    "😀",
                                    "'")
                            : choices.of("x", "1", "=", "é", "\\", "/", "😀", "'", "[", ","));
        }
        line.append(isQuoted ? "\"" : "");
    }

    private static void assertEqualsGrammar(String line) {
        Outcome outcome = Decoding.of(FORMAT, line.getBytes(UTF_8));
        Map<String, String> pairs = pairs(line);
        List<String> expected = new ArrayList<>();
        if (pairs != null && !pairs.isEmpty()) {
            expected.add(shown(Arrays.stream(KEYS).map(pairs::get).toList()));
        }
        assertThat(outcome.rows())
                .extracting(row -> shown(row.values()))
                .as(shown(line))
                .isEqualTo(expected);
        assertThat(outcome.refusals()).as(shown(line)).hasSize(pairs == null ? 1 : 0);
    }

    /** With control characters as escapes, so that a report can hold them. */
    private static String shown(Object text) {
        StringBuilder shown = new StringBuilder();
        text.toString()
                .chars()
                .forEach(c ->
                        shown.append(Character.isISOControl(c) ? "<%02x>".formatted(c) : (char) c));
        return shown.toString();
    }

    /** The pairs of a line, of which the last of a key counts; null for a line that is to be refused. */
    private static @Nullable Map<String, String> pairs(String line) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher matcher = PAIR.matcher(line);
        int at = 0;
        while (!line.substring(at).replaceAll("[ \t\r]", "").isEmpty()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return null;
            }
            at = matcher.end();
            String value = matcher.group(2) == null ? matcher.group(3) : unquoted(matcher.group(2));
            boolean isAlone = matcher.group(2) == null && matcher.group(3) == null;
            if (value == null && !isAlone) {
                return null;
            }
            pairs.put(matcher.group(1), value == null ? "true" : value);
        }
        return pairs;
    }

    /** What a JSON string says, or null if it is none, or says what has no UTF-8. */
    private static @Nullable String unquoted(String json) {
        try {
            String text = JACKSON.readTree(json).textValue();
            return UTF_8.newEncoder().canEncode(text) ? text : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
