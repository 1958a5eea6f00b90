package io.tidewatch.codecs.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Lines put together from pieces: nothing throws, and the result does not depend on the cuts. */
class TextFuzzTest {
    private static final List<String> WEB_LOG = List.of(
            "::1",
            " ",
            "-",
            " - ",
            " - - ",
            "[17/May/2015:10:05:03 +0200]",
            " \"GET / HTTP/1.1\"",
            " 200",
            " 5",
            " \"-\"",
            " \"a\\\"b\\\\\"",
            "\"",
            "\\",
            "[",
            "]",
            "::1 - - [17/May/2015:10:05:03 +0200] \"GET /x\" 200 5",
            "\n",
            "\r\n",
            "é",
            "\u0000");
    private static final List<String> LOGFMT = List.of(
            "a",
            "=",
            "\"",
            "\\",
            " ",
            "a=1",
            "b=\"x y\"",
            "a=\"\\u00e9\\n\"",
            "é",
            "\t",
            "\n",
            "\r\n",
            "a=",
            "=b",
            "\"\\\"\"");
    private static final List<String> REGEX =
            List.of("a", "b", "1", "é", " ", "\n", "\r\n", "a1b", "\u0000", "😀");

    private static StreamFormat texts(Format format, int recordBytes, String... names) {
        List<FieldSpec> fields = Arrays.stream(names)
                .map(name -> FieldSpec.of(name, Type.VARCHAR))
                .toList();
        return new StreamFormat(format, fields, OptionalInt.empty(), new Limits(recordBytes, 1));
    }

    private static byte[] input(Choices choices, List<String> pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = choices.upTo(25); i > 0; i--) {
            if (choices.oneIn(60)) {
                bytes.write(choices.upTo(255));
            }
            bytes.writeBytes(choices.of(pieces).getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertEqualWhenCut(
            String name, Format format, List<String> pieces, String... fields) {
        Choices.random(name, 1500, choices -> {
            StreamFormat stream = texts(format, choices.of(3, 30, 1 << 20), fields);
            Decoding.assertEqualWhenCut(stream, input(choices, pieces), choices);
        });
    }

    @Test
    void webLogsDoNotDependOnCuts() {
        assertEqualWhenCut(
                "combined logs",
                new Format.Combined(),
                WEB_LOG,
                "client",
                "path",
                "agent",
                "protocol");
        assertEqualWhenCut("common logs", new Format.Common(), WEB_LOG, "user", "request", "bytes");
    }

    @Test
    void logfmtDoesNotDependOnCuts() {
        assertEqualWhenCut("logfmt", new Format.Logfmt(), LOGFMT, "a", "b", "é");
    }

    @Test
    void regularExpressionsDoNotDependOnCuts() {
        assertEqualWhenCut(
                "regex", new Format.Regex("(?P<x>a*)(?P<y>\\d)?(?P<z>.*)"), REGEX, "x", "y", "z");
    }
}
