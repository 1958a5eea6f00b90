package io.tidewatch.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The scanner beside Jackson: the same lines are accepted, with the same values. */
class JsonFuzzTest {
    private static final int NESTING = 12;
    private static final ObjectMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING)
                            .build())
                    .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final StreamFormat FORMAT = new StreamFormat(
            new Format.Json(),
            List.of(
                    FieldSpec.of("a", Type.VARCHAR),
                    FieldSpec.of("nested", Type.VARCHAR).withPath("b.a"),
                    FieldSpec.of("element", Type.VARCHAR).withPath("c[1]"),
                    FieldSpec.of("deep", Type.VARCHAR).withPath("c[0].b"),
                    FieldSpec.of("né", Type.VARCHAR)),
            OptionalInt.empty(),
            new Limits(1 << 20, NESTING));

    @Test
    void equalsJacksonOnValidDocuments() {
        Choices.random("JSON equals Jackson on valid documents", 2000, choices -> {
            StringBuilder text = new StringBuilder();
            int lines = choices.between(1, 4);
            for (int i = 0; i < lines; i++) {
                object(choices, text, 4);
                text.append(choices.of("\n", "\r\n", " \n", "\n\n"));
            }
            byte[] input = text.toString().getBytes(UTF_8);
            assertThat(Decoding.of(FORMAT, input).rows()).hasSize(lines);
            assertEqualsJackson(input);
            Decoding.assertEqualWhenCut(FORMAT, input, choices);
        });
    }

    @Test
    void equalsJacksonOnDamagedDocuments() {
        Choices.random("JSON equals Jackson on damaged documents", 5000, choices -> {
            StringBuilder text = new StringBuilder();
            object(choices, text, 3);
            byte[] input = damage(choices, text.toString().getBytes(UTF_8));
            assertEqualsJackson(input);
            if (choices.oneIn(4)) {
                Decoding.assertEqualWhenCut(FORMAT, input, choices);
            }
        });
    }

    /** What stood between two values in the line before is compared first. */
    @Test
    void equalsJacksonOnLinesThatAreMuchAlike() {
        Choices.random("JSON equals Jackson on like lines", 3000, choices -> {
            StringBuilder text = new StringBuilder();
            int length = choices.between(0, 20);
            String space = choices.of("", " ", "  \t");
            for (int line = 0; line < 6; line++) {
                String comma = "";
                text.append('{');
                for (String name : List.of("a", "z", "né", "a name of more than sixteen bytes")) {
                    text.append(choices.oneIn(30) ? choices.of("", ",", ",,", " ,") : comma);
                    text.append('"').append(name).append(choices.oneIn(30) ? "\" :" : "\":");
                    text.append(choices.oneIn(10) ? "" : space);
                    almost(choices, text, choices.oneIn(3) ? choices.between(0, 20) : length);
                    comma = "," + space;
                }
                text.append("}\n");
            }
            byte[] input = text.toString().getBytes(UTF_8);
            assertEqualsJackson(input);
            Decoding.assertEqualWhenCut(FORMAT, input, choices);
        });
    }

    /** A string of about {@code length} bytes, mostly letters, which may be broken or end too early. */
    private static void almost(Choices choices, StringBuilder text, int length) {
        text.append('"');
        for (int i = 0; i < length; i++) {
            text.append(
                    choices.oneIn(20)
                            ? choices.of(
                                    "\\n",
                                    "\\u0041",
                                    "\u00e9",
                                    "\"",
                                    "\"z\"",
                                    "\",\"b\":\"",
                                    "\t",
                                    "\\")
                            : "x");
        }
        text.append('"');
    }

    /** What was learned from one line must not make another one pass. */
    @Test
    void equalsJacksonOnEveryShortLineBehindLikeOnes() {
        String[] before = {
            "{\"a\":1,\"z\":\"x\",\"a\":\"y\"}",
            "{\"z\":1, \"a\":{\"a\":1}}",
            "{ \"b\":{\"a\":1,\"a\":2},\"z\":1}",
            "{\"\\u0079\":1,\"a\":1,\"z\":2}"
        };
        String[] tokens = {"{", "}", ",", "\"a\":", "\"z\":", "\"x\"", "1", " "};
        Choices.exhaustive(choices -> {
            String learned = choices.of(before) + '\n';
            StringBuilder text = new StringBuilder(learned);
            text.append(choices.of("{", "{\"b\":{", "{\"a\":1"));
            int length = choices.upTo(3);
            for (int i = 0; i < length; i++) {
                text.append(choices.of(tokens));
            }
            text.append(choices.of("}", "}}"));
            // Only lines with others behind them are compared a word at a time.
            text.append('\n').append(learned);
            assertEqualsJackson(text.toString().getBytes(UTF_8));
        });
    }

    @Test
    void equalsJacksonOnEveryShortString() {
        String[] tokens = {
            "{", "}", "[", "]", ":", ",", "\"a\"", "1", "-", ".", "e", "0", "true", " ", "\\", "\"",
            "\u00e9"
        };
        Choices.exhaustive(choices -> {
            StringBuilder text = new StringBuilder(choices.of("{\"a\":", "{", "{\"c\":[0,"));
            int length = choices.upTo(2);
            for (int i = 0; i < length; i++) {
                text.append(choices.of(tokens));
            }
            text.append(choices.of("}", "]}", ""));
            assertEqualsJackson(text.toString().getBytes(UTF_8));
        });
    }

    @Test
    void equalsJacksonOnEveryPairOfBytesInAString() throws IOException {
        String[] around = {"{'a':'__xy'}", "{'a':'\u00e9__\u20ac'}", "{'z':'12345__'}", "{'z__':1}"
        };
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                String document = around[(first + second) % around.length].replace('\'', '"');
                byte[] input = document.getBytes(UTF_8);
                int at = new String(input, ISO_8859_1).indexOf("__");
                input[at] = (byte) first;
                input[at + 1] = (byte) second;
                assertEqualsJackson(input);
            }
        }
    }

    private static void assertEqualsJackson(byte[] input) throws IOException {
        List<List<@Nullable Object>> expected = new ArrayList<>();
        int refused = 0;
        boolean isMarked = new String(input, UTF_8).startsWith("\uFEFF");
        for (byte[] line : lines(isMarked ? Arrays.copyOfRange(input, 3, input.length) : input)) {
            List<@Nullable Object> values = jackson(line);
            if (values == null) {
                refused++;
            } else {
                expected.add(values);
            }
        }
        Outcome outcome = Decoding.of(FORMAT, input);
        String shown = new String(input, UTF_8);
        assertThat(outcome.refusals()).as(shown).hasSize(refused);
        assertThat(outcome.rows()).as(shown).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertSameValues(outcome.rows().get(i).values(), expected.get(i), shown);
        }
    }

    /** Objects and arrays are compared as trees, numbers by value; everything else as text. */
    private static void assertSameValues(
            List<@Nullable Object> actual, List<@Nullable Object> expected, String shown)
            throws IOException {
        for (int i = 0; i < expected.size(); i++) {
            String text = (String) actual.get(i);
            Object value = expected.get(i);
            if (value instanceof JsonNode node && text != null) {
                assertThat(JACKSON.readTree(text)).as(shown).isEqualTo(node);
            } else if (value instanceof Double number && text != null) {
                assertThat(Double.valueOf(text)).as(shown).isEqualTo(number);
            } else if (value instanceof BigInteger number && text != null) {
                assertThat(new BigInteger(text)).as(shown).isEqualTo(number);
            } else {
                assertThat(text).as(shown).isEqualTo(value);
            }
        }
    }

    private static List<byte[]> lines(byte[] input) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= input.length; at++) {
            if (at == input.length || input[at] == '\n') {
                byte[] line = Arrays.copyOfRange(input, start, at);
                if (!new String(line, UTF_8).replaceAll("[ \t\r]", "").isEmpty()) {
                    lines.add(line);
                }
                start = at + 1;
            }
        }
        return lines;
    }

    /** The wanted values, or null for a line that must be refused. */
    private static @Nullable List<@Nullable Object> jackson(byte[] line) throws IOException {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            JsonNode root = JACKSON.readTree(text);
            // Jackson lets half a surrogate pair pass, which has no UTF-8.
            if (!root.isObject() || hasHalfAPair(text)) {
                return null;
            }
            List<@Nullable Object> values = new ArrayList<>();
            values.add(value(root.path("a")));
            values.add(value(root.path("b").path("a")));
            values.add(value(root.path("c").path(1)));
            values.add(value(root.path("c").path(0).path("b")));
            values.add(value(root.path("né")));
            return values;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isContainerNode()) {
            return node;
        }
        return node.isIntegralNumber()
                ? node.bigIntegerValue()
                : node.isNumber() ? (Object) node.doubleValue() : node.asText();
    }

    private static boolean hasHalfAPair(String text) throws IOException {
        try (JsonParser parser = JACKSON.createParser(text)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (isText && !UTF_8.newEncoder().canEncode(parser.getText())) {
                    return true;
                }
                token = parser.nextToken();
            }
            return false;
        }
    }

    private static void object(Choices choices, StringBuilder text, int depth) {
        text.append('{').append(space(choices));
        int members = choices.upTo(4);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append(space(choices));
            text.append('"')
                    .append(choices.of(
                            "a",
                            "b",
                            "c",
                            "né",
                            "\\u0061",
                            "n\\u00E9",
                            "aa",
                            "",
                            "\\n",
                            "a name that is longer than eight bytes",
                            "\\ud83d\\ude00"))
                    .append('"');
            text.append(space(choices)).append(':').append(space(choices));
            value(choices, text, depth - 1);
            text.append(space(choices));
        }
        text.append('}');
    }

    private static void value(Choices choices, StringBuilder text, int depth) {
        switch (choices.upTo(depth > 0 ? 6 : 4)) {
            case 0 -> text.append(choices.of("null", "true", "false"));
            case 1 -> number(choices, text);
            case 2, 3, 4 -> string(choices, text);
            case 5 -> object(choices, text, depth);
            default -> array(choices, text, depth);
        }
    }

    private static void array(Choices choices, StringBuilder text, int depth) {
        text.append('[').append(space(choices));
        int elements = choices.upTo(3);
        for (int i = 0; i < elements; i++) {
            text.append(i == 0 ? "" : ",").append(space(choices));
            value(choices, text, depth - 1);
            text.append(space(choices));
        }
        text.append(']');
    }

    private static void number(Choices choices, StringBuilder text) {
        text.append(choices.of("", "-"))
                .append(choices.of("0", "1", "12", "907199254740993", "12345678901234567890"));
        text.append(choices.of("", ".0", ".5", ".000123", ".100"));
        text.append(choices.of("", "e5", "E-3", "e+07"));
    }

    private static void string(Choices choices, StringBuilder text) {
        text.append('"');
        int parts = choices.upTo(5);
        for (int i = 0; i < parts; i++) {
            text.append(choices.of(
                    "a",
                    "plain text of more than eight bytes",
                    "é",
                    "€",
                    "😀",
                    "\\n",
                    "\\\"",
                    "\\\\",
                    "\\/",
                    "\\u0000",
                    "\\u00e9",
                    "\\uD83D\\uDE00",
                    "żółw",
                    "\u007f",
                    "'",
                    "1234567"));
        }
        text.append('"');
    }

    private static String space(Choices choices) {
        return choices.oneIn(4) ? choices.of(" ", "\t", "\r", "   ") : "";
    }

    private static byte[] damage(Choices choices, byte[] input) {
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        int at = choices.upTo(input.length - 1);
        damaged.write(input, 0, at);
        switch (choices.upTo(5)) {
            case 0 -> {}
            case 1 -> damaged.write(choices.upTo(255));
            case 2 ->
                damaged.writeBytes(choices.of(
                                "\"", "{", "}", "[", "]", ",", ":", "\\", "\n", "\\u", "\\ud800",
                                "\t", "\0", "0", "-", ".", "e", "null", "tru", "NaN", "//", "'",
                                "\u00a0", "\uFEFF")
                        .getBytes(UTF_8));
            case 3 -> damaged.write(input, at, 1);
            case 4 -> damaged.write(input, choices.upTo(at), 1);
            default -> {
                return Arrays.copyOf(input, at);
            }
        }
        int rest = at + (choices.flag() ? 1 : 0);
        damaged.write(input, rest, input.length - rest);
        return damaged.toByteArray();
    }
}
