package io.tidewatch.codecs.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDecoderTest {
    private static StreamFormat texts(Format.Csv csv, String... names) {
        return texts(csv, Limits.DEFAULT, names);
    }

    private static StreamFormat texts(Format.Csv csv, Limits limits, String... names) {
        List<FieldSpec> fields = Arrays.stream(names)
                .map(name -> FieldSpec.of(name, Type.VARCHAR))
                .toList();
        return new StreamFormat(csv, fields, OptionalInt.empty(), limits);
    }

    @Test
    void takesColumnsFromTheHeader() {
        Outcome outcome = Decoding.of(
                texts(Format.Csv.DEFAULT, "b", "a c"),
                "\uFEFFa,b,\"a c\"\r\n1,2,3\r\n\r\n4,,\"\"\r\n,\" x \", y");
        assertThat(outcome.values())
                .containsExactly(
                        Arrays.asList("2", "3"),
                        Arrays.asList(null, ""),
                        Arrays.asList(" x ", " y"));
        assertThat(outcome.rows()).extracting(Decoding.Row::ordinal).containsExactly(0L, 1L, 2L);
        assertThat(outcome.rows()).extracting(Decoding.Row::place).containsExactly(14L, 23L, 30L);
    }

    @Test
    void readsQuotedValuesOverSeveralLines() {
        StreamFormat format = texts(Format.Csv.DEFAULT, "a", "b");
        Outcome outcome = Decoding.of(format, "a,b\n\"x\n\"\"y\"\"\",\"1,2\"\n5\" nail,z\nbad\n");
        assertThat(outcome.rows())
                .extracting(Decoding.Row::values)
                .containsExactly(Arrays.asList("x\n\"y\"", "1,2"), Arrays.asList("5\" nail", "z"));
        assertThat(outcome.rows().get(0).raw()).isEqualTo("\"x\n\"\"y\"\"\",\"1,2\"");
        assertThat(outcome.refusals())
                .extracting(Refusal::line, Refusal::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        5L, "column 1: 1 columns (expected: 2)"));
        assertThat(outcome.end()).isEqualTo(new Position(3, 34, 5));
    }

    @Test
    void readsLongValuesWithDoubledQuotes() {
        String value = "\"" + "x".repeat(100) + "\"";
        Outcome outcome = Decoding.of(
                texts(Format.Csv.DEFAULT, "a"), "a\n\"" + value.replace("\"", "\"\"") + "\"\n");
        assertThat(outcome.value()).isEqualTo(value);
    }

    @Test
    void readsOtherDelimitersQuotesAndEncodings() {
        Format.Csv csv = new Format.Csv(
                ';', '\'', false, List.of("a", "b"), null, Format.Encoding.ISO_8859_1);
        Outcome outcome =
                Decoding.of(texts(csv, "a", "b"), "é;'ü;''\u0080'\n\"x\";y".getBytes(ISO_8859_1));
        assertThat(outcome.values())
                .containsExactly(Arrays.asList("é", "ü;'\u0080"), Arrays.asList("\"x\"", "y"));
    }

    @Test
    void readsANullTextOutsideQuotes() {
        Format.Csv csv =
                new Format.Csv(',', '"', true, List.of("x", "y"), "NA", Format.Encoding.UTF_8);
        assertThat(Decoding.of(texts(csv, "x", "y"), "a,b\nNA,\"NA\"\n,na\n").values())
                .containsExactly(Arrays.asList(null, "NA"), Arrays.asList(null, "na"));
        assertThat(Decoding.of(texts(csv, "x"), "a\n1,2\n").reason())
                .isEqualTo("column 1: the header does not fit: it has 1 columns (expected: 2)");
    }

    @Test
    void refusesAFileWhoseLinesEndWithCarriageReturnsAlone() {
        Outcome outcome = Decoding.of(texts(Format.Csv.DEFAULT, "a", "b"), "a,b\r1,2\r3,4\r");
        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.reason())
                .isEqualTo(
                        "column 1: carriage returns (CR) alone do not end lines (expected: LF or CR LF)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\",\"b\"\r\"1\",\"2\"\r", "\"a\",b\r1,\"2\"\r3,4"})
    void refusesSuchAFileWithQuotes(String text) {
        Outcome outcome = Decoding.of(texts(Format.Csv.DEFAULT, "a", "b"), text);
        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.reason())
                .isEqualTo(
                        "column 1: carriage returns (CR) alone do not end lines (expected: LF or CR LF)");
    }

    @Test
    void namesOfColumnsMayHaveCarriageReturnsInQuotes() {
        Outcome outcome = Decoding.of(
                texts(Format.Csv.DEFAULT, "a\rb", "c"), "\"a\rb\",c,\"d\r\"\r\n1,2,3\n4,5,6\n");
        assertThat(outcome.refusals()).isEmpty();
        assertThat(outcome.values()).containsExactly(List.of("1", "2"), List.of("4", "5"));
        assertThat(outcome.rows()).extracting(Decoding.Row::ordinal).containsExactly(0L, 1L);
    }

    @Test
    void goesOnBehindAHeaderThatItNeedNotKnow() {
        Format.Csv csv = new Format.Csv(',', '"', true, List.of("x"), null, Format.Encoding.UTF_8);
        byte[] rest = "3\n4\n".getBytes(UTF_8);
        Decoded decoded =
                Decoders.of(texts(csv, "x"), new Position(2, 9, 3)).decode(rest, 0, 4, true);
        assertThat(decoded.batch().bytes(0).toString(0)).isEqualTo("3");
        assertThat(decoded.ordinals()[0]).isEqualTo(2);
        assertThat(decoded.place(1)).isEqualTo(11);
    }

    @Test
    void readsEmptyValuesOfOtherTypesAsNull() {
        StreamFormat format = new StreamFormat(
                Format.Csv.DEFAULT,
                List.of(FieldSpec.of("n", Type.BIGINT), FieldSpec.of("x", Type.DOUBLE)),
                OptionalInt.empty(),
                Limits.DEFAULT);
        assertThat(Decoding.of(format, "n,x\n\"\",\n007,+.5\n17850.0,1e-3\n").values())
                .containsExactly(
                        Arrays.asList(null, null),
                        Arrays.asList(7L, 0.5),
                        Arrays.asList(17850L, 0.001));
        assertThat(Decoding.of(format, "n,x\n1, 2\n").reason())
                .isEqualTo("column 3: field 'x': not a number within the range of DOUBLE");
    }

    @Test
    void refusesMalformedRecordsUpToTheEndOfTheLine() {
        StreamFormat format = texts(Format.Csv.DEFAULT, "a", "b");
        Outcome outcome = Decoding.of(format, "a,b\n\"x\"y,1\n1,2\n\"x\n\"z,\n3,4\n");
        assertThat(outcome.rows())
                .extracting(row -> row.values().toString())
                .containsExactly("[1, 2]", "[3, 4]");
        assertThat(outcome.refusals())
                .extracting(Refusal::ordinal, Refusal::line, Refusal::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                0L, 2L, "column 4: a quoted value goes on after its closing quote"),
                        org.assertj.core.groups.Tuple.tuple(
                                2L,
                                4L,
                                "column 5: a quoted value goes on after its closing quote"));
    }

    @Test
    void refusesOneLineForAQuoteThatIsNotClosed() {
        StreamFormat format = texts(Format.Csv.DEFAULT, "a", "b");
        for (String end : List.of("", "\n")) {
            Outcome outcome = Decoding.of(format, "a,b\n1,2\n\"x,3\n4,5\n6,7" + end);
            assertThat(outcome.rows())
                    .extracting(row -> row.values().toString())
                    .containsExactly("[1, 2]", "[4, 5]", "[6, 7]");
            assertThat(outcome.refusals())
                    .extracting(Refusal::reason)
                    .containsExactly("column 1: a quote is not closed before the end of the input");
        }
        StreamFormat bounded = texts(Format.Csv.DEFAULT, new Limits(10, 1), "a", "b");
        Outcome outcome = Decoding.of(bounded, "a,b\n1,2\n\"x,3\n4,5\n6,7\n\"8\",9");
        assertThat(outcome.rows())
                .extracting(row -> row.values().toString())
                .containsExactly("[1, 2]", "[4, 5]", "[6, 7]", "[8, 9]");
        assertThat(outcome.refusals())
                .extracting(Refusal::reason)
                .containsExactly(
                        "longer than 10 bytes (limit record_bytes); if a quote is not closed, close it");
    }

    @Test
    void refusesAllRecordsWhenTheHeaderDoesNotFit() {
        assertThat(Decoding.of(texts(Format.Csv.DEFAULT, "c"), "a,b\n1,2\n").reason())
                .isEqualTo(
                        "column 1: the header does not fit: field 'c': there is no column 'c' (columns: a, b)");
        assertThat(Decoding.of(texts(Format.Csv.DEFAULT, "a"), "a,a\n1,2\n").reason())
                .isEqualTo(
                        "column 1: the header does not fit: field 'a': there are two columns 'a'");
        Format.Csv named =
                new Format.Csv(',', '"', false, List.of("a"), null, Format.Encoding.UTF_8);
        assertThatThrownBy(() -> Decoders.of(texts(named, "b")))
                .isInstanceOf(TidewatchException.class);
        assertThatThrownBy(() -> Decoders.of(texts(Format.Csv.DEFAULT, "a"), new Position(1, 5, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalsASimpleParserHoweverTheInputIsCut() {
        Format.Csv csv =
                new Format.Csv(',', '"', false, List.of("a", "b"), null, Format.Encoding.UTF_8);
        Choices.random("CSV equals a simple parser", 3000, choices -> {
            StringBuilder text = new StringBuilder();
            int length = choices.upTo(40);
            for (int i = 0; i < length; i++) {
                text.append(
                        choices.of("a", "\"", ",", "\n", "\r", "é", "\"\"", ",\"", "\",", "\"\n"));
            }
            byte[] input = text.toString().getBytes(UTF_8);
            Limits limits = new Limits(choices.flag() ? 1 << 20 : choices.between(1, 12), 1);
            StreamFormat format = texts(csv, limits, "a", "b");
            Decoding.assertEqualWhenCut(format, input, choices);
            if (limits.recordBytes() > 100) {
                Outcome outcome = Decoding.of(format, input);
                SimpleCsv simple = new SimpleCsv(text.toString());
                assertThat(outcome.rows())
                        .extracting(Decoding.Row::values)
                        .isEqualTo(simple.accepted);
                assertThat(outcome.refusals()).hasSize(simple.refused);
            }
        });
    }

    /** A plain reading of the rules, character by character, for two columns. */
    private static final class SimpleCsv {
        private final String text;
        private final List<List<@Nullable Object>> accepted = new ArrayList<>();
        private int refused;

        SimpleCsv(String text) {
            this.text = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
            int at = 0;
            while (at < this.text.length()) {
                at = record(at);
            }
        }

        private int record(int start) {
            int lineEnd = text.indexOf('\n', start);
            String line = text.substring(start, lineEnd);
            if (line.isEmpty() || line.equals("\r")) {
                return lineEnd + 1;
            }
            List<@Nullable Object> values = new ArrayList<>();
            int at = start;
            while (true) {
                if (text.charAt(at) == '"') {
                    StringBuilder value = new StringBuilder();
                    at++;
                    while (at < text.length()
                            && (text.charAt(at) != '"' || text.startsWith("\"\"", at))) {
                        at += text.charAt(at) == '"' ? 1 : 0;
                        value.append(text.charAt(at));
                        at++;
                    }
                    if (at == text.length()) {
                        refused++;
                        return lineEnd + 1;
                    }
                    values.add(value.toString());
                    at++;
                    at += text.startsWith("\r\n", at) ? 1 : 0;
                    if (text.charAt(at) != ',' && text.charAt(at) != '\n') {
                        refused++;
                        return text.indexOf('\n', at) + 1;
                    }
                } else {
                    int from = at;
                    while (text.charAt(at) != ',' && text.charAt(at) != '\n') {
                        at++;
                    }
                    boolean isReturn =
                            text.charAt(at) == '\n' && at > from && text.charAt(at - 1) == '\r';
                    String value = text.substring(from, isReturn ? at - 1 : at);
                    values.add(value.isEmpty() ? null : value);
                }
                if (text.charAt(at) == '\n') {
                    break;
                }
                at++;
            }
            if (values.size() == 2) {
                accepted.add(values);
            } else {
                refused++;
            }
            return at + 1;
        }
    }
}
