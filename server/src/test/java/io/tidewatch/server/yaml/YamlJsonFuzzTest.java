package io.tidewatch.server.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.generator.Choices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * JSON is YAML: a configuration that is written as JSON is what Jackson reads, which shares nothing with the reader.
 * These are not asked of it, since they are JSON alone: U+007F to U+009F as they are, which are no characters of YAML or end a
 * line there, a line that ends between a name and its colon, and tabs outside of texts.
 */
class YamlJsonFuzzTest {
    private static final YamlPieces PIECES = YamlPieces.and("1", "\u2028");

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void readsJsonAsJacksonDoes() {
        Choices.random("a configuration in JSON", 3_000, choices -> {
            JsonNode tree = map(choices, 4);
            String text = choices.flag() ? tree.toString() : tree.toPrettyString();
            assertEqualsJackson(text, true);
        });
    }

    @Test
    void readsDamagedJsonAsJacksonDoes() {
        Choices.random("a damaged configuration in JSON", 6_000, choices -> {
            StringBuilder text = new StringBuilder(map(choices, 3).toString());
            for (int i = choices.between(1, 3); i > 0; i--) {
                int at = choices.upTo(text.length());
                if (choices.flag()) {
                    text.insert(
                            at,
                            choices.of(
                                    " ",
                                    "\\n",
                                    "\\u00e9",
                                    "\\ud83d\\ude00",
                                    "\\/",
                                    "0",
                                    "-",
                                    ".5",
                                    "e3",
                                    "1",
                                    "null",
                                    "true",
                                    "\"",
                                    ",",
                                    ":",
                                    "[",
                                    "]",
                                    "{}",
                                    "[]",
                                    "é"));
                } else {
                    text.delete(at, Math.min(text.length(), at + choices.between(1, 3)));
                }
            }
            // A character that was cut in two becomes a question mark.
            assertEqualsJackson(new String(text.toString().getBytes(UTF_8), UTF_8), false);
        });
    }

    @Test
    void saysWhereACharacterStandsThatIsNone() {
        Problems problems = new Problems();
        YamlDocument.parse("f", "a: 😀\r\nb: x\n  é\u007f: 1\n".getBytes(UTF_8), problems);
        assertThat(problems.inOrder())
                .extracting(Object::toString)
                .containsExactly(
                        "f, line 3, column 4: YAML cannot hold the character U+007F; write it as an escape in double quotes");
    }

    /** What Jackson reads is read, and the same; what it refuses may still be YAML. */
    private static void assertEqualsJackson(String text, boolean isWhole) {
        JsonNode tree = jackson(text);
        if (isWhole) {
            assertThat(tree).as(text).isNotNull();
        }
        if (tree == null) {
            return;
        }
        Problems problems = new Problems();
        Optional<YamlNode> root = YamlDocument.parse("f", text.getBytes(UTF_8), problems);
        Object ours = root.map(YamlNode::plain).orElse(null);
        assertThat(problems.inOrder()).as("problems of " + text).isEmpty();
        assertThat(shown(ours)).as(text).isEqualTo(shown(plain(tree)));
    }

    /** With what is not ASCII as escapes, so that a report can hold it; numbers unlike texts. */
    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, each) -> entries.add(shown(key) + ": " + shown(each)));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlJsonFuzzTest::shown).toList().toString();
        }
        return value instanceof String text
                ? new String(JsonStringEncoder.getInstance().quoteAsString(text))
                        .chars()
                        .mapToObj(c -> c < 127 ? String.valueOf((char) c) : "<%04x>".formatted(c))
                        .collect(Collectors.joining("", "\"", "\""))
                : String.valueOf(value);
    }

    private static @Nullable JsonNode jackson(String text) {
        try {
            JsonNode tree = JACKSON.readTree(text);
            return tree.isObject() ? tree : null;
        } catch (JsonProcessingException | NumberFormatException malformedOrTooGreat) {
            return null;
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            node.properties().forEach(field -> values.put(field.getKey(), plain(field.getValue())));
            return values;
        }
        if (node.isArray()) {
            List<@Nullable Object> values = new ArrayList<>();
            node.forEach(each -> values.add(plain(each)));
            return values;
        }
        if (node.isNumber()) {
            boolean isLong = node.isIntegralNumber() && node.canConvertToLong();
            return isLong ? (Object) node.longValue() : node.decimalValue();
        }
        return node.isNull()
                ? null
                : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    private static ObjectNode map(Choices choices, int depth) {
        ObjectNode map = JACKSON.createObjectNode();
        for (int i = choices.upTo(4); i > 0; i--) {
            map.set(text(choices), value(choices, depth - 1));
        }
        return map;
    }

    private static JsonNode value(Choices choices, int depth) {
        return switch (choices.upTo(depth > 0 ? 6 : 4)) {
            case 0 -> JACKSON.getNodeFactory().nullNode();
            case 1 -> JACKSON.getNodeFactory().booleanNode(choices.flag());
            case 2 -> JACKSON.getNodeFactory().numberNode(new BigDecimal(number(choices)));
            case 3, 4 -> JACKSON.getNodeFactory().textNode(text(choices));
            case 5 -> map(choices, depth);
            default -> list(choices, depth);
        };
    }

    private static ArrayNode list(Choices choices, int depth) {
        ArrayNode list = JACKSON.createArrayNode();
        for (int i = choices.upTo(3); i > 0; i--) {
            list.add(value(choices, depth - 1));
        }
        return list;
    }

    private static String number(Choices choices) {
        return choices.of(
                "0", "1", "-7", "9223372036854775807", "9223372036854775808", "0.5", "-12.250");
    }

    private static String text(Choices choices) {
        return PIECES.text(choices, 4);
    }
}
