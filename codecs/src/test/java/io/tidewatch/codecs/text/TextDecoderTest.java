package io.tidewatch.codecs.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
    private static final String TIME = "[17/May/2015:10:05:03 +0200]";
    private static final long MILLIS = Instant.parse("2015-05-17T08:05:03Z").toEpochMilli();

    private static StreamFormat texts(Format format, String... names) {
        List<FieldSpec> fields = Arrays.stream(names)
                .map(name -> FieldSpec.of(name, Type.VARCHAR))
                .toList();
        return new StreamFormat(format, fields, OptionalInt.empty(), Limits.DEFAULT);
    }

    private static StreamFormat combined(String... names) {
        return texts(new Format.Combined(), names);
    }

    @Test
    void splitsACombinedLine() {
        StreamFormat format = StreamFormat.of(
                new Format.Combined(),
                0,
                FieldSpec.of("ts", Type.TIMESTAMP),
                FieldSpec.of("client", Type.VARCHAR),
                FieldSpec.of("ident", Type.VARCHAR),
                FieldSpec.of("user", Type.VARCHAR),
                FieldSpec.of("request", Type.VARCHAR),
                FieldSpec.of("method", Type.VARCHAR),
                FieldSpec.of("path", Type.VARCHAR),
                FieldSpec.of("protocol", Type.VARCHAR),
                FieldSpec.of("code", Type.BIGINT).withPath("status"),
                FieldSpec.of("bytes", Type.BIGINT),
                FieldSpec.of("referer", Type.VARCHAR),
                FieldSpec.of("agent", Type.VARCHAR));
        Outcome outcome = Decoding.of(
                format,
                "::1 - jo doe " + TIME
                        + " \"GET /a b HTTP/1.1\" 200 - \"-\" \"x \\\"y\\\\\\x41\"\r\n");
        assertThat(outcome.values())
                .containsExactly(Arrays.asList(
                        MILLIS,
                        "::1",
                        null,
                        "jo doe",
                        "GET /a b HTTP/1.1",
                        "GET",
                        "/a b",
                        "HTTP/1.1",
                        200L,
                        null,
                        null,
                        "x \"y\\\\x41"));
    }

    @Test
    void readsAnAgentThatIsCutOff() {
        String start = "h - - " + TIME + " \"GET /\" 200 5 \"-\" ";
        Outcome outcome =
                Decoding.of(combined("agent"), start + "\"Mozilla/5.0 (\n" + start + "\"x\\");
        assertThat(outcome.values()).containsExactly(List.of("Mozilla/5.0 ("), List.of("x\\"));
    }

    @Test
    void splitsARequestOnlyIfItHasThatForm() {
        StreamFormat format = texts(new Format.Common(), "request", "method", "path", "protocol");
        String line = "h - - " + TIME + " \"%s\" 400 0%n";
        Outcome outcome = Decoding.of(
                format,
                (line + line + line + line + line + line)
                        .formatted("GET /", "-", "\\x16\\x03", "GET / x", " /", "PUT \\\" HTTP/2"));
        assertThat(outcome.values())
                .containsExactly(
                        Arrays.asList("GET /", "GET", "/", null),
                        Arrays.asList(null, null, null, null),
                        Arrays.asList("\\x16\\x03", null, null, null),
                        Arrays.asList("GET / x", null, null, null),
                        Arrays.asList(" /", null, null, null),
                        Arrays.asList("PUT \" HTTP/2", "PUT", "\"", "HTTP/2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h",
                "h - -",
                "h - - [17/May/2015:10:05:03 +0200]",
                "h - - [x \"GET /\" 200 5 \"-\" \"-\"",
                "h - - [17/May/2015:10:05:03 +0200] \"GET / 200 5",
                "h - - [17/May/2015:10:05:03 +0200] \"GET /\" 200 5",
                "h - - [17/May/2015:10:05:03 +0200] \"GET /\" 200 5 \"-\"",
                "h - - [17/May/2015:10:05:03 +0200] \"GET /\" 200 5 \"-\" \"-\" more",
                "h - - [17/May/2015:10:05:03 +0200] \"GET /\"x200 5 \"-\" \"-\"",
                "h - [17/May/2015:10:05:03 +0200] \"GET /\" 200 5 \"-\" \"-\"",
                " - - [17/May/2015:10:05:03 +0200] \"GET /\" 200 5 \"-\" \"-\""
            })
    void refusesOtherLines(String line) {
        assertThat(Decoding.of(combined("client"), line).refusals()).hasSize(1);
    }

    @Test
    void saysWhatWasExpectedWhere() {
        String start = "h - - " + TIME + " \"GET /\" ";
        assertThat(Decoding.of(combined("client"), start).reason())
                .isEqualTo("column 44: status is expected");
        assertThat(Decoding.of(texts(new Format.Common(), "client"), start + "200 5 \"-\" \"-\"")
                        .reason())
                .isEqualTo("column 50: nothing may follow the bytes (is the format 'combined'?)");
        StreamFormat format = StreamFormat.of(
                new Format.Common(),
                0,
                FieldSpec.of("time", Type.TIMESTAMP),
                FieldSpec.of("bytes", Type.BIGINT));
        assertThat(Decoding.of(format, start + "200 x").reason())
                .isEqualTo("column 48: field 'bytes': not a whole number of 64 bits");
        assertThat(Decoding.of(format, "h - - [-] \"GET /\" 200 5").reason())
                .contains("field 'time': not a web log date");
    }

    @Test
    void refusesUnknownParts() {
        assertThatThrownBy(() -> Decoders.of(texts(new Format.Common(), "agent")))
                .isInstanceOf(TidewatchException.class)
                .hasMessage(
                        "field 'agent': web log part 'agent' does not exist (expected: one of client, ident, user,"
                                + " time, request, status, bytes, method, path, protocol)");
    }

    @Test
    void refusesLinesThatAreNotUtf8() {
        StreamFormat format = combined("agent");
        byte[] line = ("h - - " + TIME + " \"GET /\" 200 5 \"-\" \"é\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Decoding.of(format, line).reason()).isEqualTo("column 55: not UTF-8");
    }

    @Test
    void takesFieldsFromNamedGroups() {
        StreamFormat format = StreamFormat.of(
                new Format.Regex(
                        "(?P<ts>\\w+ +\\d+ [\\d:]+) (?:user=(?P<user>\\w*) )?n=(?P<n>\\d*) (?P<rest>.*)"),
                0,
                FieldSpec.of("ts", Type.TIMESTAMP)
                        .withTimeFormat(
                                new TimeFormat.Pattern("MMM d HH:mm:ss", ZoneId.of("UTC"), 2015)),
                FieldSpec.of("user", Type.VARCHAR),
                FieldSpec.of("n", Type.BIGINT),
                FieldSpec.of("tail", Type.VARCHAR).withPath("rest"));
        Outcome outcome = Decoding.of(format, """
                Mar 27 13:06:56 user=ann n=5 żółw
                Mar  7 13:06:56 n= x
                Mar  7 13:06:56 user= n=1\s

                """);
        long first = Instant.parse("2015-03-27T13:06:56Z").toEpochMilli();
        long second = Instant.parse("2015-03-07T13:06:56Z").toEpochMilli();
        assertThat(outcome.values())
                .containsExactly(
                        Arrays.asList(first, "ann", 5L, "żółw"),
                        Arrays.asList(second, null, null, "x"),
                        Arrays.asList(second, "", 1L, ""));
        assertThat(Decoding.of(format, "no match").reason())
                .isEqualTo("column 1: the line does not match the pattern");
        assertThat(Decoding.of(format, "Feb 30 13:06:56 n=1 x").reason())
                .startsWith("column 1: field 'ts': not a time like");
    }

    @Test
    void refusesPatternsAndGroupsThatDoNotExist() {
        assertThatThrownBy(() -> Decoders.of(texts(new Format.Regex("(?P<a>x)(?P<b>y)"), "c")))
                .hasMessage("field 'c': group 'c' does not exist (expected: one of a, b)");
        assertThatThrownBy(() -> Decoders.of(texts(new Format.Regex("(a)\\1"), "a")))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining("expected: RE2 syntax");
    }

    @Test
    void readsLogfmt() {
        StreamFormat format = new StreamFormat(
                new Format.Logfmt(),
                List.of(
                        FieldSpec.of("level", Type.VARCHAR), FieldSpec.of("n", Type.BIGINT),
                        FieldSpec.of("ok", Type.BOOLEAN), FieldSpec.of("msg", Type.VARCHAR)),
                OptionalInt.empty(),
                Limits.DEFAULT);
        Outcome outcome = Decoding.of(format, """
                level=info n=5 ok msg="a \\"b\\" \\u00e9=1"
                  msg=a=b\tlevel= n= ok=false\s
                msg="" x="y z" level=a level="b"
                """);
        assertThat(outcome.values())
                .containsExactly(
                        Arrays.asList("info", 5L, true, "a \"b\" é=1"),
                        Arrays.asList("", null, false, "a=b"),
                        Arrays.asList("b", null, null, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=x",
                "a=\"x",
                "a=\"x\"y",
                "a=b\"c",
                "a\"b=c",
                "\"a\"=b",
                "a=\"\\x\"",
                "level=x n=y"
            })
    void refusesWhatIsNoLogfmt(String line) {
        StreamFormat format = new StreamFormat(
                new Format.Logfmt(),
                List.of(FieldSpec.of("n", Type.BIGINT)),
                OptionalInt.empty(),
                Limits.DEFAULT);
        assertThat(Decoding.of(format, line + "\nn=1").refusals()).hasSize(1);
    }
}
