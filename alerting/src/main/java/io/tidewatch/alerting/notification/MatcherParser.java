package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.notification.Matcher.Operator;
import io.tidewatch.kernel.expression.TextPatterns;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the grammar of Alertmanager's {@code matchers/parse}: matchers between commas, in braces or not, a comma at the end
 * allowed; names and values are texts in double quotes, with Go's escapes, or runs of characters that are not reserved.
 */
final class MatcherParser {
    private static final String NAMED_ESCAPES = "abfnrtv\\\"";
    private static final byte[] NAMED = {7, '\b', '\f', '\n', '\r', '\t', 11, '\\', '"'};

    private final int[] text;
    private final TextPatterns patterns;
    private final NotificationLimits limits;
    private int at;

    MatcherParser(String text, TextPatterns patterns, NotificationLimits limits) {
        this.text = text.codePoints().toArray();
        this.patterns = patterns;
        this.limits = limits;
    }

    List<Matcher> parse() {
        if (text.length > limits.matchersLengthMax()) {
            throw problem(
                    limits.matchersLengthMax(),
                    "more than " + limits.matchersLengthMax()
                            + " characters; write less, such as a shorter regular expression");
        }
        List<Matcher> matchers = new ArrayList<>();
        boolean braced = accept('{');
        while (!isEnd() && text[at] != '}') {
            matchers.add(matcher());
            if (matchers.size() > limits.matchersMax()) {
                throw problem(at, "more than " + limits.matchersMax() + " matchers; write fewer");
            }
            if (!accept(',') && !isEnd() && text[at] != '}') {
                throw problem(at, "expected a comma or the end" + found());
            }
        }
        if (braced && !accept('}')) {
            throw problem(at, "expected a closing brace" + found());
        }
        if (!isEnd()) {
            throw problem(at, "expected the end" + found());
        }
        return matchers;
    }

    private Matcher matcher() {
        int start = skipSpaces();
        String name = word("the name of a label");
        if (name.isEmpty()) {
            throw problem(start, "expected the name of a label, found an empty one");
        }
        Operator operator = operator();
        int valueStart = skipSpaces();
        String value = word("a value; write \"\" for none");
        try {
            return new Matcher(name, operator, value, patterns);
        } catch (IllegalArgumentException e) {
            throw problem(valueStart, "not a regular expression: " + e.getMessage());
        }
    }

    private Operator operator() {
        int start = skipSpaces();
        if (at < text.length && text[at] == '!') {
            at++;
            if (take('=')) {
                return Operator.NOT_EQUAL;
            }
            if (take('~')) {
                return Operator.NOT_REGEX;
            }
        } else if (take('=')) {
            return take('~') ? Operator.REGEX : Operator.EQUAL;
        }
        at = start;
        throw problem(start, "expected one of = != =~ !~" + found());
    }

    private String word(String what) {
        skipSpaces();
        if (at < text.length && text[at] == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length && !Quoting.isReserved(text[at])) {
            at++;
        }
        if (at == start) {
            throw problem(at, "expected " + what + found());
        }
        return new String(text, start, at - start);
    }

    private String quoted() {
        int start = at++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (at < text.length && text[at] != '"') {
            if (text[at] == '\n') {
                throw problem(at, "a line ends within quotes; write \\n");
            }
            if (text[at] == '\\') {
                escape(bytes);
            } else {
                write(text[at++], bytes);
            }
        }
        if (!take('"')) {
            throw problem(start, "a quote that is not closed; add one at the end");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem(start, "bytes that are no UTF-8; write characters as they are");
        }
    }

    private void escape(ByteArrayOutputStream out) {
        int start = at++;
        int kind = at < text.length ? text[at++] : -1;
        int named = kind < 0 ? -1 : NAMED_ESCAPES.indexOf(kind);
        if (named >= 0) {
            out.write(NAMED[named]);
            return;
        }
        switch (kind) {
            case 'x' -> out.write(digits(start, 2, 16));
            case 'u' -> character(start, digits(start, 4, 16), out);
            case 'U' -> character(start, digits(start, 8, 16), out);
            case '0', '1', '2', '3' -> {
                at--;
                out.write(digits(start, 3, 8));
            }
            default -> throw problem(start, "not an escape; write \\\\ for a backslash");
        }
    }

    private void character(int start, int code, ByteArrayOutputStream out) {
        boolean isSurrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (!Character.isValidCodePoint(code) || isSurrogate) {
            throw problem(start, "not a character of Unicode");
        }
        write(code, out);
    }

    private int digits(int start, int count, int radix) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = at < text.length && text[at] < 128 ? Character.digit(text[at], radix) : -1;
            if (digit < 0) {
                throw problem(start, "not an escape: expected " + count + " digits");
            }
            value = value * radix + digit;
            at++;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static void write(int character, ByteArrayOutputStream out) {
        out.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isEnd() {
        skipSpaces();
        return at == text.length;
    }

    private boolean accept(int character) {
        skipSpaces();
        return take(character);
    }

    private boolean take(int character) {
        boolean isNext = at < text.length && text[at] == character;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private int skipSpaces() {
        while (at < text.length && Quoting.isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private String found() {
        return at == text.length
                ? ", found the end"
                : ", found '" + Character.toString(text[at]) + "'";
    }

    private MatcherException problem(int offset, String message) {
        return new MatcherException(
                offset + 1, "matchers, column " + (offset + 1) + ": " + message);
    }
}
