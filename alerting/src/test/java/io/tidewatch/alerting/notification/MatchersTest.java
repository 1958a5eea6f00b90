package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchersTest {
    private static Matchers parse(String text) {
        return Routes.matchers(text);
    }

    private static int columnOf(String text) {
        try {
            parse(text);
        } catch (MatcherException e) {
            assertThat(e).hasMessageContaining("column " + e.column() + ": ");
            return e.column();
        }
        throw new AssertionError(text + " is accepted");
    }

    @Test
    void readsWhatAlertmanagerReads() {
        assertThat(parse("")).hasToString("{}");
        assertThat(parse("{}")).hasToString("{}");
        assertThat(parse("foo=bar")).hasToString("{foo=\"bar\"}");
        assertThat(parse("{foo=bar,}")).hasToString("{foo=\"bar\"}");
        assertThat(parse(" { \"foo\" != bar , a=~b|c, d!~\"e.*\" } "))
                .hasToString("{a=~\"b|c\",d!~\"e.*\",foo!=\"bar\"}");
        assertThat(parse("Προμηθεύς=🙂")).hasToString("{Προμηθεύς=\"🙂\"}");
        assertThat(parse("\"foo bar\"=\"a,b\"")).hasToString("{\"foo bar\"=\"a,b\"}");
        assertThat(parse("a=\"\"")).hasToString("{a=\"\"}");
        assertThat(parse("a=~\"^a.*b$\"")).hasToString("{a=~\"^a.*b$\"}");
    }

    @Test
    void readsTheEscapesOfGo() {
        assertThat(parse("a=\"\\\"\\\\\\n\\t\\x41\\u00e4\\U0001f642\\101\"")
                        .list()
                        .get(0)
                        .value())
                .isEqualTo("\"\\\n\tAä\uD83D\uDE42A");
        assertThat(parse("a=\"\\xc3\\xa4\"").list().get(0).value()).isEqualTo("ä");
    }

    @Test
    void saysWhereAMistakeIs() {
        assertThat(columnOf("foo")).isEqualTo(4);
        assertThat(columnOf("foo=")).isEqualTo(5);
        assertThat(columnOf("=bar")).isEqualTo(1);
        assertThat(columnOf("{foo=bar")).isEqualTo(9);
        assertThat(columnOf("foo=bar}")).isEqualTo(8);
        assertThat(columnOf("}")).isEqualTo(1);
        assertThat(columnOf(",")).isEqualTo(1);
        assertThat(columnOf("{,}")).isEqualTo(2);
        assertThat(columnOf("a=b c=d")).isEqualTo(5);
        assertThat(columnOf("a=b,,c=d")).isEqualTo(5);
        assertThat(columnOf("{a=b} x")).isEqualTo(7);
        assertThat(columnOf("ä ! b")).isEqualTo(3);
        assertThat(columnOf("a==b")).isEqualTo(3);
        assertThat(columnOf("a=\"b")).isEqualTo(3);
        assertThat(columnOf("a='b'")).isEqualTo(3);
        assertThat(columnOf("a=\"b\\q\"")).isEqualTo(5);
        assertThat(columnOf("a=\"\\ud800\"")).isEqualTo(4);
        assertThat(columnOf("a=\"\\xff\"")).isEqualTo(3);
        assertThat(columnOf("a=~\"(\"")).isEqualTo(4);
        assertThat(columnOf("\"\"=b")).isEqualTo(1);
    }

    @Test
    void anAbsentLabelIsEmpty() {
        Map<String, String> labels = Map.of("a", "x");
        assertThat(parse("b=\"\"").match(labels)).isTrue();
        assertThat(parse("b!=y").match(labels)).isTrue();
        assertThat(parse("b=~\"y|\"").match(labels)).isTrue();
        assertThat(parse("b!~\".+\"").match(labels)).isTrue();
        assertThat(parse("b=~\".+\"").match(labels)).isFalse();
        assertThat(parse("a!=\"\"").match(labels)).isTrue();
    }

    @Test
    void patternsMatchTheWholeLabel() {
        Map<String, String> labels = Map.of("a", "xyz");
        assertThat(parse("a=~y").match(labels)).isFalse();
        assertThat(parse("a=~x|xyz").match(labels)).isTrue();
        assertThat(parse("a!~x|z").match(labels)).isTrue();
        assertThat(parse("a=~x.*,a!=xyz").match(labels)).isFalse();
    }

    @Test
    void limitsHold() {
        String many = "a=b,".repeat(NotificationLimits.DEFAULTS.matchersMax() + 1);
        assertThatThrownBy(() -> parse(many)).hasMessageContaining("more than 64 matchers");
        assertThatThrownBy(() -> parse("a=" + "b".repeat(5_000)))
                .hasMessageContaining("more than 4096 characters");
    }

    /** What is shown is read as what it was, whatever the texts. */
    @Test
    void whatIsShownCanBeRead() {
        Choices.random("matchers are read as shown", 300, choices -> {
            List<Matcher> matchers = new ArrayList<>();
            for (int i = choices.upTo(3); i > 0; i--) {
                matchers.add(new Matcher(
                        "n" + text(choices),
                        choices.of(Matcher.Operator.EQUAL, Matcher.Operator.NOT_EQUAL),
                        text(choices),
                        JdkPatterns.INSTANCE));
            }
            Matchers shown = new Matchers(matchers);
            assertThat(parse(shown.toString())).isEqualTo(shown);
            choices.record(shown);
        });
    }

    private static String text(Choices choices) {
        StringBuilder text = new StringBuilder();
        for (int i = choices.upTo(4); i > 0; i--) {
            text.append(choices.of(
                    "a", "B", " ", "\"", "\\", ",", "{", "}", "=", "~", "!", "'", "`", "ä", "🙂",
                    "\t", "\u007f"));
        }
        return text.toString();
    }
}
