package io.tidewatch.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
    private static final Format JSON = new Format.Json();

    private static StreamFormat fields(FieldSpec... fields) {
        return new StreamFormat(JSON, List.of(fields), OptionalInt.empty(), Limits.DEFAULT);
    }

    private static Outcome a(Type type, String value) {
        return Decoding.of(fields(FieldSpec.of("a", type)), "{\"a\":" + value + "}");
    }

    private static @Nullable Object path(String path, String record) {
        return Decoding.of(fields(FieldSpec.of("x", Type.VARCHAR).withPath(path)), record)
                .value();
    }

    @Test
    void decodesRowsWithTheirPlaces() {
        StreamFormat format = StreamFormat.of(
                JSON, 0, FieldSpec.of("ts", Type.TIMESTAMP), FieldSpec.of("n", Type.BIGINT));
        String good = "{\"ts\":\"1970-01-01T00:00:01Z\",\"n\":1}";
        Outcome outcome = Decoding.of(format, good + "\r\n\n  \nbad\n" + good);
        assertThat(outcome.rows())
                .containsExactly(
                        new Decoding.Row(0, 0, 1000L, good, List.of(1000L, 1L)),
                        new Decoding.Row(2, 45, 1000L, good, List.of(1000L, 1L)));
        assertThat(outcome.refusals()).hasSize(1);
        assertThat(outcome.refusals().get(0)).satisfies(refusal -> {
            assertThat(refusal.ordinal()).isEqualTo(1);
            assertThat(refusal.place()).isEqualTo(41);
            assertThat(refusal.line()).isEqualTo(4);
            assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_MALFORMED);
            assertThat(refusal.reason()).isEqualTo("column 1: a record must be a JSON object");
            assertThat(refusal.excerpt()).isEqualTo("bad");
        });
        assertThat(outcome.end()).isEqualTo(new Position(3, 80, 4));
    }

    @Test
    void leavesOutColumnsThatNobodyWants() {
        StreamFormat format = StreamFormat.of(
                JSON,
                0,
                FieldSpec.of("ts", Type.TIMESTAMP).withWanted(false),
                FieldSpec.of("n", Type.BIGINT).withWanted(false),
                FieldSpec.of("s", Type.VARCHAR));
        Outcome outcome = Decoding.of(
                format, "{\"ts\":\"1970-01-01T00:00:01Z\",\"n\":\"no number\",\"s\":\"x\"}");
        assertThat(outcome.rows().get(0).eventTime()).isEqualTo(1000L);
        assertThat(outcome.values()).containsExactly(List.of("x"));
    }

    @Test
    void readsMissingAndNullAsNull() {
        StreamFormat format =
                fields(FieldSpec.of("a", Type.BIGINT), FieldSpec.of("b", Type.VARCHAR));
        Outcome outcome =
                Decoding.of(format, "{}\n{\"a\":null,\"b\":null}\n{\"a\":1,\"b\":\"\"}\n");
        assertThat(outcome.rows())
                .extracting(row -> row.values().toString())
                .containsExactly("[null, null]", "[null, null]", "[1, ]");
    }

    @Test
    void refusesARecordWithoutEventTime() {
        StreamFormat format = StreamFormat.of(JSON, 0, FieldSpec.of("ts", Type.TIMESTAMP));
        assertThat(Decoding.of(format, "{\"a\":1}").reason())
                .isEqualTo("column 8: field 'ts': the event time is missing");
        assertThat(Decoding.of(format, "{\"ts\":null}").reason())
                .isEqualTo("column 7: field 'ts': the event time is missing");
        assertThat(Decoding.of(format, "{\"ts\":\"soon\"}").reason())
                .isEqualTo(
                        "column 8: field 'ts': not an RFC 3339 time with an offset, from year 1 to 9999");
        assertThat(Decoding.of(format, "{\"ts\":5}").reason())
                .contains("field 'ts': not an RFC 3339 time");
    }

    @Test
    void refusesWhatAnotherLineTaughtAtAnotherPlace() {
        StreamFormat format = fields(FieldSpec.of("a", Type.BIGINT));
        String taught = "{\"a\":1,\"a\":2}\n";
        assertThat(Decoding.of(format, taught + "{,\"a\":3}\n" + taught).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason())
                        .isEqualTo("column 2: a name in quotes is expected"));
        assertThat(Decoding.of(format, taught + "{\"a\":3\"a\":4}\n" + taught).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason())
                        .isEqualTo("column 7: a comma or } is expected"));
    }

    @Test
    void refusesWhatFollowedAnUnknownNameInFrontOfTheFirst() {
        StreamFormat format = fields(FieldSpec.of("a", Type.BIGINT));
        // Names with escapes are not learned.
        String taught = "{\"\\u0079\":1,\"a\":2}\n";
        assertThat(Decoding.of(format, taught + "{,\"a\":3}\n" + taught).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason())
                        .isEqualTo("column 2: a name in quotes is expected"));
    }

    @Test
    void readsMembersHoweverTheyAreSetApart() {
        StreamFormat format =
                fields(FieldSpec.of("a", Type.BIGINT), FieldSpec.of("b", Type.VARCHAR));
        String wide = " ".repeat(200);
        Outcome outcome = Decoding.of(format, """
                {"a":1,"b":"x"}
                {"a": 2, "b": "y"}
                {"a": 3, "b": null}
                { "a" : 4 ,"b"%1$s:"z"}
                {"a":5%1$s,"b":"z"}
                {"a":6%1$s,"b":"z"%1$s}
                """.formatted(wide));
        assertThat(outcome.rows())
                .extracting(row -> row.values().toString())
                .containsExactly("[1, x]", "[2, y]", "[3, null]", "[4, z]", "[5, z]", "[6, z]");
    }

    @Test
    void readsLinesThatAreLongerThanAPart() {
        StreamFormat format =
                fields(FieldSpec.of("a", Type.VARCHAR), FieldSpec.of("b", Type.VARCHAR));
        String text = "x".repeat(3 * JsonStops.PART_BYTES);
        String line = "{\"z\":\"" + text + "\",\"a\":\"" + text + "1\",\"z\":[\"" + text + "\"],"
                + "\"b\":\"" + text + "\\n" + text + "\"}\n";
        Outcome outcome = Decoding.of(format, line + line);
        assertThat(outcome.values())
                .containsExactly(
                        List.of(text + "1", text + "\n" + text),
                        List.of(text + "1", text + "\n" + text));
    }

    @Test
    void readsWholeNumbersHoweverTheyAreWritten() {
        assertThat(a(Type.BIGINT, "-9223372036854775808").value()).isEqualTo(Long.MIN_VALUE);
        assertThat(a(Type.BIGINT, "9223372036854775807").value()).isEqualTo(Long.MAX_VALUE);
        assertThat(a(Type.BIGINT, "1e3").value()).isEqualTo(1000L);
        assertThat(a(Type.BIGINT, "1.50e1").value()).isEqualTo(15L);
        assertThat(a(Type.BIGINT, "-0").value()).isEqualTo(0L);
        assertThat(a(Type.BIGINT, "0e99999999999").value()).isEqualTo(0L);
        assertThat(a(Type.BIGINT, "\"17\"").value()).isEqualTo(17L);
        assertThat(a(Type.BIGINT, "1000000000000000000000e-3").value())
                .isEqualTo(1_000_000_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "1e-1",
                "9223372036854775808",
                "-9223372036854775809",
                "1e19",
                "1e99999999999",
                "\"x\"",
                "\"\"",
                "\" 1\"",
                "\"01\"",
                "\"+1\"",
                "\"1.\"",
                "true",
                "[]",
                "{}",
                "12345678901234567890123"
            })
    void refusesWhatIsNoWholeNumber(String value) {
        assertThat(a(Type.BIGINT, value).reason())
                .contains("field 'a': ", "not a whole number of 64 bits");
    }

    @Test
    void readsDecimalsExactly() {
        Type type = Type.decimal(5, 2);
        assertThat(a(type, "12.3").value()).isEqualTo(new BigDecimal("12.30"));
        assertThat(a(type, "999.990").value()).isEqualTo(new BigDecimal("999.99"));
        assertThat(a(type, "-1e2").value()).isEqualTo(new BigDecimal("-100.00"));
        assertThat(a(type, "\"0.01\"").value()).isEqualTo(new BigDecimal("0.01"));
        assertThat(a(type, "0.001").reason())
                .contains("at most 3 digits before and 2 after the point");
        assertThat(a(type, "1000").reason()).contains("field 'a'");
    }

    @Test
    void readsDoublesCorrectlyRounded() {
        assertThat(a(Type.DOUBLE, "0.1").value()).isEqualTo(0.1);
        assertThat(a(Type.DOUBLE, "9007199254740993").value()).isEqualTo(9007199254740992.0);
        assertThat(a(Type.DOUBLE, "9007199254740993.00000000000000000001").value())
                .isEqualTo(9007199254740994.0);
        assertThat(a(Type.DOUBLE, "4.9e-324").value()).isEqualTo(Double.MIN_VALUE);
        assertThat(a(Type.DOUBLE, "2e-324").value()).isEqualTo(0.0);
        assertThat(a(Type.DOUBLE, "-0.0").value()).isEqualTo(-0.0);
        assertThat(a(Type.DOUBLE, "\"NaN\"").value()).isEqualTo(Double.NaN);
        assertThat(a(Type.DOUBLE, "\"-Infinity\"").value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(a(Type.DOUBLE, "1e309").reason())
                .contains("not a number within the range of DOUBLE");
    }

    @Test
    void readsBooleansFromLiteralsOnly() {
        assertThat(a(Type.BOOLEAN, "true").value()).isEqualTo(true);
        assertThat(a(Type.BOOLEAN, "false").value()).isEqualTo(false);
        assertThat(a(Type.BOOLEAN, "\"true\"").reason()).contains("not true or false");
        assertThat(a(Type.BOOLEAN, "1").reason()).contains("not true or false");
    }

    @Test
    void readsAnyValueAsText() {
        assertThat(a(Type.VARCHAR, "1.50E+1").value()).isEqualTo("1.50E+1");
        assertThat(a(Type.VARCHAR, "true").value()).isEqualTo("true");
        assertThat(a(Type.VARCHAR, "{ \"b\" : [1, \"\\n\"] }").value())
                .isEqualTo("{ \"b\" : [1, \"\\n\"] }");
        assertThat(a(Type.VARCHAR, "null").value()).isNull();
    }

    @Test
    void decodesEscapesBesideSlices() {
        StreamFormat format = fields(FieldSpec.of("a", Type.VARCHAR));
        Outcome outcome = Decoding.of(format, """
                {"a":"plain"}
                {"a":"\\"\\\\\\/\\b\\f\\n\\r\\t"}
                {"a":null}
                {"a":"\\u00e9\\u20AC\\ud83d\\uDE00\\u0000x"}
                {"a":"żółw"}
                """);
        assertThat(outcome.rows())
                .extracting(row -> row.values().get(0))
                .containsExactly("plain", "\"\\/\b\f\n\r\t", null, "é€😀\0x", "żółw");
    }

    @Test
    void findsNestedValues() {
        String record =
                "{\"actor\":{\"id\":7,\"login\":\"ann\"},\"items\":[{\"id\":1},{\"id\":\"two\"}],\"a.b\":\"dot\"}";
        assertThat(path("actor.login", record)).isEqualTo("ann");
        assertThat(path("items[1].id", record)).isEqualTo("two");
        assertThat(path("items[1]", record)).isEqualTo("{\"id\":\"two\"}");
        assertThat(path("items[2].id", record)).isNull();
        assertThat(path("items.id", record)).isNull();
        assertThat(path("actor[0]", record)).isNull();
        assertThat(path("[\"a.b\"]", record)).isEqualTo("dot");
        assertThat(path("a.b", record)).isNull();
        assertThat(Decoding.of(fields(FieldSpec.of("a.b", Type.VARCHAR)), record)
                        .value())
                .isEqualTo("dot");
    }

    @Test
    void givesOneValueToSeveralFields() {
        StreamFormat format = fields(
                FieldSpec.of("whole", Type.VARCHAR).withPath("a"),
                FieldSpec.of("part", Type.BIGINT).withPath("a.b"),
                FieldSpec.of("again", Type.VARCHAR).withPath("a.b"));
        assertThat(Decoding.of(format, "{\"a\":{\"b\":5}}").values())
                .containsExactly(List.of("{\"b\":5}", 5L, "5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a..b",
                ".a",
                "a.",
                "[0]",
                "a[",
                "a[x]",
                "a[-1]",
                "a[99999999]",
                "a]",
                "[\"x",
                "a\"b"
            })
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> path(path, "{}"))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining("path '" + path + "', column ");
    }

    @Test
    void takesTheLastOfSeveralMembersOfOneName() {
        assertThat(Decoding.of(fields(FieldSpec.of("a", Type.BIGINT)), "{\"a\":\"x\",\"a\":2}")
                        .value())
                .isEqualTo(2L);
        assertThat(path("a", "{\"a\":1,\"\\u0061\":null}")).isNull();
        assertThat(path("a.b", "{\"a\":{\"b\":1},\"a\":{\"c\":2}}")).isNull();
        assertThat(path("a.b", "{\"a\":{\"b\":1},\"a\":3}")).isNull();
        assertThat(path("a[0]", "{\"a\":[1],\"a\":[]}")).isNull();
    }

    @Test
    void matchesNamesWithEscapes() {
        assertThat(path("naïve", "{\"na\\u00efve\":1}")).isEqualTo("1");
        assertThat(path("a", "{\"\\u0061\":\"x\"}")).isEqualTo("x");
        assertThat(path("a", "{\"\\u0062\":\"x\"}")).isNull();
    }

    @Test
    void followsMembersThatChangeTheirOrder() {
        StreamFormat format = fields(
                FieldSpec.of("a", Type.BIGINT),
                FieldSpec.of("bbbbbbbb", Type.BIGINT),
                FieldSpec.of(
                        "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
                        Type.BIGINT));
        String long60 = format.fields().get(2).name();
        Outcome outcome = Decoding.of(format, """
                {"a":1,"x":0,"bbbbbbbb":2,"L":3}
                {"a":4,"x":0,"bbbbbbbb":5,"L":6}
                {"L":9,"bbbbbbbb":8,"a":7}
                {"aa":0,"bbbbbbb":0,"bbbbbbbbb":0,"a":1}
                {"a":1,"x":0,"bbbbbbbb":2,"L":3}""".replace("L", long60));
        assertThat(outcome.rows())
                .extracting(row -> row.values().toString())
                .containsExactly(
                        "[1, 2, 3]", "[4, 5, 6]", "[7, 8, 9]", "[1, null, null]", "[1, 2, 3]");
    }

    @Test
    void boundsNesting() {
        StreamFormat format = new StreamFormat(
                JSON,
                List.of(FieldSpec.of("a", Type.VARCHAR)),
                OptionalInt.empty(),
                new Limits(1000, 3));
        assertThat(Decoding.of(format, "{\"a\":[{}]}").value()).isEqualTo("[{}]");
        Outcome outcome = Decoding.of(format, "{\"a\":[[[]]]}");
        assertThat(outcome.reason()).isEqualTo("column 8: nested deeper than 3 (limit nesting)");
        assertThat(outcome.refusals().get(0).code()).isEqualTo(ErrorCode.LIMIT_REACHED);
        assertThat(Decoding.of(format, "{\"z\":[[{}]]}").refusals()).hasSize(1);
    }

    @Test
    void boundsTheLengthOfARecord() {
        StreamFormat format = new StreamFormat(
                JSON,
                List.of(FieldSpec.of("a", Type.VARCHAR)),
                OptionalInt.empty(),
                new Limits(9, 64));
        Outcome outcome = Decoding.of(
                format, "{\"a\":123}\r\n{\"a\":1234}\n{\"a\":\"" + "x".repeat(99) + "\n{\"a\":5}");
        assertThat(outcome.rows())
                .extracting(row -> row.values().get(0))
                .containsExactly("123", "5");
        assertThat(outcome.refusals())
                .extracting(refusal -> refusal.ordinal() + " " + refusal.reason())
                .containsExactly(
                        "1 longer than 9 bytes (limit record_bytes)",
                        "2 longer than 9 bytes (limit record_bytes)");
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(Decoding.of(fields(FieldSpec.of("a", Type.BIGINT)), "\uFEFF{\"a\":1}\n")
                        .rows()
                        .get(0)
                        .place())
                .isEqualTo(3);
    }

    @Test
    void readsNumbersAndStringsAsEpochTimes() {
        FieldSpec ts = FieldSpec.of("ts", Type.TIMESTAMP)
                .withTimeFormat(new TimeFormat.Epoch(TimeFormat.Unit.SECONDS));
        Outcome outcome = Decoding.of(
                StreamFormat.of(JSON, 0, ts), "{\"ts\":1.5}\n{\"ts\":\"2\"}\n{\"ts\":3e0}\n");
        assertThat(outcome.rows())
                .extracting(Decoding.Row::eventTime)
                .containsExactly(1500L, 2000L, 3000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":truE}",
                "{\"a\":nulll}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ud800\\n\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800\\ud800\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"b\":\"\\ud800\"}",
                "{\"\\ud800\":1}",
                "[]",
                "5",
                "\"x\"",
                "null",
                "{\"a\":\"x",
                "{\"a\":\"x\\",
                "\u00a0{}",
                "{\"a\":1,\"b\"\u00a0:2}",
                "\f{}"
            })
    void refusesMalformedLines(String line) {
        StreamFormat format = fields(FieldSpec.of("a", Type.VARCHAR));
        Outcome outcome = Decoding.of(format, line + "\n{\"a\":\"next\"}");
        assertThat(outcome.refusals()).hasSize(1);
        assertThat(outcome.rows()).extracting(row -> row.values().get(0)).containsExactly("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00c0\u0080",
                "\u00c1\u00bf",
                "\u00c3",
                "\u00e0\u009f\u00bf",
                "\u00ed\u00a0\u0080",
                "\u00e2\u0082",
                "\u00f0\u008f\u00bf\u00bf",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00f0\u009f\u0098",
                "\u00ff"
            })
    void refusesWhatIsNoUtf8(String latin1) {
        StreamFormat format = fields(FieldSpec.of("a", Type.VARCHAR));
        for (String record : List.of(
                "{\"a\":\"%s\"}", "{\"b\":\"%s\"}", "{\"%s\":1}", "{\"b\":[\"xxxxxxxxxxx%s\"]}")) {
            byte[] line = record.formatted(latin1).getBytes(ISO_8859_1);
            assertThat(Decoding.of(format, line).reason()).contains("not UTF-8");
        }
    }

    @Test
    void acceptsTheEdgesOfUtf8() {
        String edges = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";
        assertThat(a(Type.VARCHAR, "\"" + edges + "\"").value()).isEqualTo(edges);
        assertThat(a(Type.VARCHAR, "\"" + edges + "\"").rows().get(0).raw().getBytes(UTF_8))
                .hasSize(8 + edges.getBytes(UTF_8).length);
    }
}
