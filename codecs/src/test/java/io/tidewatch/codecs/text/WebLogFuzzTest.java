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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import nl.basjes.parse.core.Parser;
import nl.basjes.parse.core.exceptions.DissectionFailure;
import nl.basjes.parse.core.exceptions.InvalidDissectorException;
import nl.basjes.parse.core.exceptions.MissingDissectorsException;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The decoder beside the log parser of Niels Basjes: what it takes of lines is taken, with the same parts. What is different is
 * meant, and named here as rules: impossible dates, empty words, stray quotes, escapes other than those of quotes and
 * backslashes, and requests that are no method, path and version.
 */
class WebLogFuzzTest {
    /** Our parts, and what they are called there. */
    private static final Map<String, String> PARTS = parts();

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("client", "IP:connection.client.host");
        parts.put("ident", "NUMBER:connection.client.logname");
        parts.put("user", "STRING:connection.client.user");
        parts.put("time", "TIME.EPOCH:request.receive.time.epoch");
        parts.put("request", "HTTP.FIRSTLINE:request.firstline");
        parts.put("status", "STRING:request.status.last");
        parts.put("bytes", "BYTESCLF:response.body.bytes");
        parts.put("method", "HTTP.METHOD:request.firstline.method");
        parts.put("path", "HTTP.URI:request.firstline.uri");
        parts.put("protocol", "HTTP.PROTOCOL_VERSION:request.firstline.protocol");
        parts.put("referer", "HTTP.URI:request.referer");
        parts.put("agent", "HTTP.USERAGENT:request.user-agent");
        return parts;
    }

    /** What the other parser finds in a line. */
    public static final class Line {
        private final Map<String, @Nullable String> values = new HashMap<>();

        public void set(String name, @Nullable String value) {
            values.put(name, value);
        }
    }

    private static final List<String> COMBINED_ONLY = List.of("referer", "agent");
    private static final List<String> WORDS =
            List.of("client", "ident", "user", "time", "status", "bytes");
    private static final List<String> SPLIT = List.of("method", "path", "protocol");

    /** What both split in the same way. */
    private static final Pattern PLAIN_REQUEST =
            Pattern.compile("[A-Za-z_-]+ (\\S+|\\S.* HTTP/\\d\\.\\d)");

    /** An escape that the other parser decodes, and that we leave as the server wrote it. */
    private static final Pattern OTHER_ESCAPE =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\[^\"\\\\]");

    private static final Pattern STRAY_QUOTE = Pattern.compile("[^ ]\"[^ ]");

    /** Between two spaces, or before the first one, the other parser finds a word without letters. */
    private static final Pattern EMPTY_WORD = Pattern.compile("^ |  ");

    private static final Parser<Line> COMBINED = parser("combined");
    private static final Parser<Line> COMMON = parser("common");

    private static Parser<Line> parser(String format) {
        Parser<Line> parser = new HttpdLoglineParser<>(Line.class, format);
        try {
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                if (format.equals("combined") || !COMBINED_ONLY.contains(part.getKey())) {
                    parser.addParseTarget("set", part.getValue());
                }
            }
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
        return parser;
    }

    private static String line(Choices choices) {
        return choices.of("::1", "10.0.0.1", "host.example.org", "-")
                + " " + choices.of("-", "12")
                + " " + choices.of("-", "ann", "a.b@c", "ünïcode")
                + " [" + choices.of("17", "01", "29") + "/" + choices.of("May", "Jan", "Dec", "Feb")
                + "/" + choices.of("2015", "2016", "1999") + ":" + choices.of("00", "10", "23")
                + ":" + choices.of("00", "05", "59") + ":" + choices.of("00", "03", "59") + " "
                + choices.of("+0000", "+0200", "-0830", "-1200", "+1400") + "] "
                + quoted(
                        choices,
                        "-",
                        "GET / HTTP/1.1",
                        "GET /x",
                        "POST /a?b=c%20d&e HTTP/2.0",
                        "GET /a b HTTP/1.0",
                        "OPTIONS * HTTP/1.1",
                        "GET http://a/b HTTP/1.1")
                + " " + choices.of("200", "404", "500", "-")
                + " " + choices.of("-", "0", "12", "9007199254740993")
                + " " + quoted(choices, "-", "", "http://a/", "http://a/?q=x y", "android-app://x")
                + " "
                + quoted(
                        choices, "-", "", "Mozilla/5.0 (X11; Linux)", "curl", "ünïcode", "[x] - -");
    }

    /** One of the texts, some with escapes. */
    private static String quoted(Choices choices, String... texts) {
        String text = choices.of(texts);
        for (int i = choices.oneIn(4) ? choices.between(1, 2) : 0;
                i > 0 && text.length() > 1;
                i--) {
            int at = choices.upTo(text.length());
            boolean isSplit = at > 0 && text.charAt(at - 1) == '\\';
            text = isSplit
                    ? text
                    : text.substring(0, at) + choices.of("\\\"", "\\\\") + text.substring(at);
        }
        return '"' + text + '"';
    }

    private static String damaged(Choices choices, String line) {
        StringBuilder damaged = new StringBuilder(line);
        for (int i = choices.between(1, 3); i > 0; i--) {
            int at = choices.upTo(damaged.length());
            switch (choices.upTo(2)) {
                case 0 ->
                    damaged.insert(
                            at,
                            choices.of(
                                    " ", "\"", "-", "[", "]", "\\", "x", "0", "é", ":", "\t", "/"));
                case 1 ->
                    damaged.delete(at, Math.min(damaged.length(), at + choices.between(1, 3)));
                default -> damaged.setLength(at);
            }
        }
        return damaged.toString();
    }

    @Test
    void readsWhatServersWriteAsTheOtherParserDoes() {
        Choices.random("web logs as servers write them", 2_000, choices -> {
            String line = line(choices);
            assertEqualsOther(choices.flag(), line, true);
        });
    }

    @Test
    void readsDamagedLinesAsTheOtherParserDoes() {
        Choices.random("damaged web logs", 4_000, choices -> {
            assertEqualsOther(choices.flag(), damaged(choices, line(choices)), false);
        });
    }

    /** @param isWhole whether nothing but an impossible date may be refused */
    private static void assertEqualsOther(boolean isCombined, String combined, boolean isWhole) {
        String line = isCombined ? combined : common(combined);
        Map<String, @Nullable String> theirs = other(isCombined, line);
        Map<String, @Nullable String> ours = ours(isCombined, line);
        if (isWhole) {
            assertThat(theirs).as(line).isNotNull();
        }
        if (ours == null) {
            assertThat(theirs == null
                            || isImpossibleDate(line)
                            || hasStrayQuote(isCombined, line)
                            || EMPTY_WORD.matcher(line).find())
                    .as("refused: " + line)
                    .isTrue();
        } else if (theirs != null) {
            boolean isComparable = !OTHER_ESCAPE.matcher(line).find();
            boolean isPlain =
                    PLAIN_REQUEST.matcher(String.valueOf(ours.get("request"))).matches();
            theirs.forEach((name, value) -> {
                boolean isCompared =
                        isComparable ? isPlain || !SPLIT.contains(name) : WORDS.contains(name);
                if (isCompared) {
                    String decoded = name.equals("referer") ? decoded(value) : value;
                    assertThat(ours.get(name)).as("%s of %s", name, line).isEqualTo(decoded);
                }
            });
        }
    }

    /** The other parser leaves escapes in a referer. */
    private static @Nullable String decoded(@Nullable String text) {
        return text == null ? null : text.replaceAll("\\\\([\"\\\\])", "$1");
    }

    /** The other parser takes the 29th of February for the day before the first of March in every year. */
    private static boolean isImpossibleDate(String line) {
        return line.contains("29/Feb/") && !line.contains("29/Feb/2016");
    }

    /** Inside of a quoted part the other parser takes a quote for text where the rest still fits; we refuse the line. */
    private static boolean hasStrayQuote(boolean isCombined, String line) {
        String plain = line.replaceAll("\\\\.", "");
        long quotes = plain.chars().filter(c -> c == '"').count();
        return quotes != (isCombined ? 6 : 2) || STRAY_QUOTE.matcher(plain).find();
    }

    /** A combined line without referer and agent. */
    private static String common(String line) {
        return line.replaceFirst("^(.*?\" \\S+ \\S+) \".*$", "$1");
    }

    private static @Nullable Map<String, @Nullable String> other(boolean isCombined, String text) {
        Line line = new Line();
        try {
            (isCombined ? COMBINED : COMMON).parse(line, text);
        } catch (DissectionFailure e) {
            return null;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return null; // It stumbles over \\x without two digits.
        } catch (InvalidDissectorException | MissingDissectorsException e) {
            throw new AssertionError(e);
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        PARTS.forEach((name, path) -> {
            if (isCombined || !COMBINED_ONLY.contains(name)) {
                values.put(name, line.values.get(path));
            }
        });
        return values;
    }

    private static @Nullable Map<String, @Nullable String> ours(boolean isCombined, String line) {
        List<String> names = PARTS.keySet().stream()
                .filter(name -> isCombined || !COMBINED_ONLY.contains(name))
                .toList();
        List<FieldSpec> fields = names.stream()
                .map(name ->
                        FieldSpec.of(name, name.equals("time") ? Type.TIMESTAMP : Type.VARCHAR))
                .toList();
        StreamFormat format = new StreamFormat(
                isCombined ? new Format.Combined() : new Format.Common(),
                fields,
                OptionalInt.empty(),
                new Limits(1 << 20, 1));
        Outcome outcome = Decoding.of(format, line.getBytes(UTF_8));
        if (outcome.rows().isEmpty()) {
            return null;
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Object value = outcome.rows().get(0).values().get(i);
            values.put(names.get(i), value == null ? null : value.toString());
        }
        return values;
    }
}
