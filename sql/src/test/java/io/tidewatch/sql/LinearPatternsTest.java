package io.tidewatch.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.TextPattern;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LinearPatternsTest {
    @Test
    void findsAndMatches() {
        assertThat(find("b+", "abbc")).isTrue();
        assertThat(find("^b", "ab")).isFalse();
        assertThat(matches("a.*c", "abbc")).isTrue();
        assertThat(matches("b+", "abbc")).isFalse();
        assertThat(matches("", "")).isTrue();
        assertThat(matches(".", "𝄞")).isTrue();
    }

    @Test
    void looksAtNothingOutsideTheSlice() {
        TextPattern pattern = LinearPatterns.INSTANCE.compile("^b$");
        byte[] bytes = "abc".getBytes(UTF_8);

        assertThat(pattern.find(bytes, 1, 1)).isTrue();
        assertThat(pattern.find(bytes, 0, 3)).isFalse();
    }

    @Test
    void tellsWhereAGroupIs() {
        TextPattern pattern = LinearPatterns.INSTANCE.compile("(é+)(x)?");
        byte[] bytes = "abééc".getBytes(UTF_8);
        int[] bounds = new int[2];

        assertThat(pattern.groupCount()).isEqualTo(2);
        assertThat(pattern.findGroup(bytes, 1, bytes.length - 1, 1, bounds)).isTrue();
        assertThat(new String(bytes, bounds[0], bounds[1] - bounds[0], UTF_8)).isEqualTo("éé");
        assertThat(pattern.findGroup(bytes, 0, bytes.length, 2, bounds)).isFalse();
    }

    @Test
    void replacesEveryMatch() {
        assertThat(replaced("b(.)", "[$1$0]", "abcbd")).isEqualTo("a[cbc][dbd]");
        assertThat(replaced("(x)?b", "<$1>", "ab")).isEqualTo("a<>");
        assertThat(replaced("b", "\\$1\\\\", "ab")).isEqualTo("a$1\\");
        assertThat(replaced("", "-", "é𝄞")).isEqualTo("-é-𝄞-");
        assertThat(replaced("x*", "-", "axxb")).isEqualTo("-a-b-");
        assertThat(replaced("^a", "", "aaa")).isEqualTo("aa");
    }

    @Test
    void aReplacementTakesTheLongestNumberThatIsAGroup() {
        assertThat(replaced("(b)", "$10", "ab")).isEqualTo("ab0");
    }

    @Test
    void refusesWhatIsNoReplacement() {
        TextPattern pattern = LinearPatterns.INSTANCE.compile("(b)");

        assertThatThrownBy(() -> pattern.replacement("$2"))
                .hasMessage("there is no group 2 (expected: 0 to 1)");
        assertThatThrownBy(() -> pattern.replacement("a$"))
                .hasMessage("'$' without the number of a group (expected: \\$ for a dollar sign)");
        assertThatThrownBy(() -> pattern.replacement("a\\"))
                .hasMessage("it ends in a backslash (expected: \\\\ for a backslash)");
    }

    @Test
    void refusesWhatIsNoRegularExpression() {
        for (String regex : new String[] {"(", "a{2000}", "(?=a)", "\\1", "[b-a]", "*"}) {
            assertThatThrownBy(() -> LinearPatterns.INSTANCE.compile(regex))
                    .as(regex)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LinearPatterns.INSTANCE.compile("a".repeat(5_000)))
                .hasMessage("it has 5000 characters (expected: at most 4096)");
    }

    @Test
    void stopsWritingAtTheBound() {
        TextPattern.Replacement replacement =
                LinearPatterns.INSTANCE.compile("a").replacement("xyz");
        byte[] bytes = "aaaa".getBytes(UTF_8);

        assertThat(replacement.replaceAll(bytes, 0, 4, new ByteWriter(16), 12)).isTrue();
        ByteWriter out = new ByteWriter(16);
        assertThat(replacement.replaceAll(bytes, 0, 4, out, 11)).isFalse();
        assertThat(out.size()).isLessThanOrEqualTo(11);
    }

    @Test
    void agreesWithThePatternsOfTheJdkWhereBothMeanTheSame() {
        String[] regexes = {
            "a", "[ab]c?", "a|bc", "(a)(b)?", "^a+", "b$", "a{2,3}", "é", "[^a]", "(?i)A"
        };
        Choices.random("RE2 agrees with java.util.regex", 300, choices -> {
            String regex = choices.of(regexes);
            StringBuilder text = new StringBuilder();
            for (int i = choices.upTo(8); i > 0; i--) {
                text.append(choices.of("a", "b", "c", "é", "A"));
            }
            Matcher twin = Pattern.compile(regex).matcher(text);

            assertThat(find(regex, text.toString())).isEqualTo(twin.find());
            assertThat(matches(regex, text.toString())).isEqualTo(twin.matches());
            assertThat(replaced(regex, "<$0>", text.toString())).isEqualTo(twin.replaceAll("<$0>"));
        });
    }

    private static boolean find(String regex, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return LinearPatterns.INSTANCE.compile(regex).find(bytes, 0, bytes.length);
    }

    private static boolean matches(String regex, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return LinearPatterns.INSTANCE.compile(regex).matches(bytes, 0, bytes.length);
    }

    private static String replaced(String regex, String replacement, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteWriter out = new ByteWriter(64);
        LinearPatterns.INSTANCE
                .compile(regex)
                .replacement(replacement)
                .replaceAll(bytes, 0, bytes.length, out, 1_000);
        return new String(out.array(), 0, out.size(), UTF_8);
    }
}
