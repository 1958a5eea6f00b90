package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikeTest {
    private static boolean like(String text, String pattern, @Nullable String escape) {
        byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
        return LikePattern.compile(pattern, escape).matches(bytes, 1, bytes.length - 2);
    }

    @Test
    void matchesWholeTexts() {
        assertThat(like("abc", "abc", null)).isTrue();
        assertThat(like("abc", "ab", null)).isFalse();
        assertThat(like("abc", "%", null)).isTrue();
        assertThat(like("", "%", null)).isTrue();
        assertThat(like("", "_", null)).isFalse();
        assertThat(like("abc", "a%c", null)).isTrue();
        assertThat(like("a", "a%a", null)).isFalse();
        assertThat(like("abab", "%ab%ab", null)).isTrue();
        assertThat(like("aab", "%aab%b", null)).isFalse();
    }

    @Test
    void anUnderscoreIsOneCharacterOfAnyLength() {
        assertThat(like("😀", "_", null)).isTrue();
        assertThat(like("é😀", "__", null)).isTrue();
        assertThat(like("aé😀b", "%__b", null)).isTrue();
        assertThat(like("é", "__", null)).isFalse();
        assertThat(like("a\nb", "a_b", null)).isTrue();
    }

    @Test
    void anEscapeTakesTheMeaningAway() {
        assertThat(like("50%", "50!%", "!")).isTrue();
        assertThat(like("50x", "50!%", "!")).isFalse();
        assertThat(like("a!b", "a!!b", "!")).isTrue();
        assertThat(like("a_b", "a😀_b", "😀")).isTrue();
        assertThat(like("%", "%%", "%")).isTrue();
    }

    @Test
    void refusesEscapesWithoutSense() {
        assertThatThrownBy(() -> like("", "a!b", "!"))
                .hasMessage("LIKE 'a!b': the escape character ! must stand before %, _ or !; "
                        + "double it to match itself");
        assertThatThrownBy(() -> like("", "a!", "!")).hasMessageContaining("must stand before");
        assertThatThrownBy(() -> like("", "a", "!!"))
                .hasMessage("ESCAPE '!!' must be one character, for example ESCAPE '!'");
        Expression column = Expressions.column(0, Type.VARCHAR);
        assertThatThrownBy(() -> Expressions.like(column, column, null))
                .hasMessageContaining("the pattern of LIKE must be a string literal, not $0");
    }

    @Test
    void matchesEveryShortTextAsItsDefinitionSays() {
        Choices.exhaustive(choices -> {
            String text = word(choices, 4, "a", "é");
            String pattern = word(choices, 4, "a", "é", "_", "%");
            assertThat(like(text, pattern, null))
                    .as("'%s' LIKE '%s'", text, pattern)
                    .isEqualTo(matches(text, pattern));
        });
    }

    private static String word(Choices choices, int lengthMax, String... letters) {
        StringBuilder out = new StringBuilder();
        int length = choices.upTo(lengthMax);
        for (int i = 0; i < length; i++) {
            out.append(choices.of(letters));
        }
        return out.toString();
    }

    private static boolean matches(String text, String pattern) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '%') {
            return matches(text, rest) || !text.isEmpty() && matches(text.substring(1), pattern);
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '_' || pattern.charAt(0) == text.charAt(0))
                && matches(text.substring(1), rest);
    }

    @Test
    void takesNoLongerThanTextTimesPattern() {
        // An engine that tries every split would not come back.
        assertThat(like("a".repeat(20_000), "%a%a%a%a%a%a%a%a%a%a%b", null)).isFalse();
        assertThat(like("a".repeat(20_000) + "b", "%a%a%a%a%a%a%a%a%a%a_%b", null))
                .isTrue();
    }
}
