package io.tidewatch.codecs.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The decoder beside java.util.regex, for patterns that mean the same to both. Not asked: repetitions of what may be empty,
 * whose groups differ, and classes of characters beyond ASCII.
 */
class RegexFuzzTest {
    @Test
    void readsTheGroupsThatJavaFinds() {
        Choices.random("regular expressions equal Java's", 6_000, choices -> {
            int groups = choices.between(1, 4);
            StringBuilder pattern = new StringBuilder();
            for (int group = 0; group < groups; group++) {
                pattern.append(choices.of("", "", " ", "(?:a|é)", ",?"))
                        .append("(?P<g")
                        .append(group)
                        .append('>')
                        .append(part(choices))
                        .append(choices.flag() ? "" : choices.of("|", "|b", "|\\d"))
                        .append(')')
                        .append(choices.of("", "", "", "?", "??"));
            }
            // Blank lines are passed over.
            StringBuilder line = new StringBuilder(choices.of("a", "x", "1", ","));
            for (int i = choices.upTo(7); i > 0; i--) {
                line.append(choices.of("a", "b", "ab", "1", "12", "é", "😀", " ", ",", "x", "-"));
            }
            assertEqualsJava(pattern.toString(), groups, line.toString());
        });
    }

    @Test
    void knowsTheNameOfAGroupThatMayBeLeftOut() {
        assertEqualsJava("(?P<g0>[a-z]{1,2})?", 1, "ab");
        assertEqualsJava("(?P<g0>a{2})*", 1, "aaaa");
        assertEqualsJava("(?P<g0>a{2})|b", 1, "b");
    }

    private static String part(Choices choices) {
        return choices.of(
                "a*",
                "\\d+",
                "[ab]?",
                "(?:ab|a)",
                "(?:a|ab)",
                ".*",
                ".*?",
                ".+?",
                "\\S+",
                "[^ ,]*",
                "[a-z]{1,2}",
                "\\w+?",
                "(?i)AB",
                ".");
    }

    private static void assertEqualsJava(String pattern, int groups, String line) {
        List<FieldSpec> fields = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            fields.add(FieldSpec.of("g" + group, Type.VARCHAR));
        }
        StreamFormat format = new StreamFormat(
                new Format.Regex(pattern), fields, OptionalInt.empty(), new Limits(1 << 20, 1));
        Outcome outcome = Decoding.of(format, line.getBytes(UTF_8));
        String shown = pattern + " of [" + line + "]";
        Matcher matcher = Pattern.compile(pattern.replace("(?P<", "(?<"), Pattern.UNIX_LINES)
                .matcher(line);
        if (matcher.matches()) {
            List<@Nullable String> expected = new ArrayList<>();
            for (int group = 0; group < groups; group++) {
                expected.add(matcher.group("g" + group));
            }
            assertThat(outcome.values()).as(shown).isEqualTo(List.of(expected));
        } else {
            assertThat(outcome.rows()).as(shown).isEmpty();
            assertThat(outcome.refusals()).as(shown).hasSize(1);
        }
    }
}
