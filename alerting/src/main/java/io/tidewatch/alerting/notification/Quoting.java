package io.tidewatch.alerting.notification;

import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/**
 * Texts as Alertmanager writes them in group keys. Go decides by its version of Unicode which characters beyond ASCII can be
 * printed; here all of them are written as they are, but for the control characters, so that no version of anything matters.
 */
final class Quoting {
    private static final int DELETE = 0x7F;
    private static final int CONTROLS_END = 0xA0;
    private static final String RESERVED = "{}!=~,\\\"'`";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String ESCAPES = "abfnrtv\\\"";

    private Quoting() {}

    /** Whether a character of a matcher needs quotes: a blank, or one that stands for something. */
    static boolean isReserved(int character) {
        return isSpace(character) || RESERVED.indexOf(character) >= 0;
    }

    /** Unicode's White_Space, which has not changed since 2014. */
    static boolean isSpace(int character) {
        return character == ' '
                || character >= '\t' && character <= '\r'
                || character == 0x85
                || character == 0xA0
                || character == 0x1680
                || character >= 0x2000 && character <= 0x200A
                || character == 0x2028
                || character == 0x2029
                || character == 0x202F
                || character == 0x205F
                || character == 0x3000;
    }

    /** The name of a label, in quotes where it could not be read otherwise. */
    static String name(String name) {
        boolean plain = name.codePoints().noneMatch(Quoting::isReserved);
        return plain ? name : go(name);
    }

    /** The value of a matcher: in quotes, with backslashes before quotes, backslashes and ends of lines alone. */
    static String value(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }

    /** The labels of a group: {@code {alertname="slow", path="/a"}}. */
    static String labels(SortedMap<String, String> labels) {
        StringJoiner joined = new StringJoiner(", ", "{", "}");
        for (Map.Entry<String, String> label : labels.entrySet()) {
            joined.add(name(label.getKey()) + "=" + go(label.getValue()));
        }
        return joined.toString();
    }

    /** A text in quotes, as Go's {@code %q} has it. */
    static String go(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> escape(character, out));
        return out.append('"').toString();
    }

    private static void escape(int character, StringBuilder out) {
        int escaped = ESCAPED.indexOf(character);
        if (escaped >= 0) {
            out.append('\\').append(ESCAPES.charAt(escaped));
        } else if (character < ' ' || character == DELETE) {
            out.append("\\x").append(hex(character, 2));
        } else if (character > DELETE && character < CONTROLS_END) {
            out.append("\\u").append(hex(character, 4));
        } else {
            out.appendCodePoint(character);
        }
    }

    private static String hex(int value, int digits) {
        StringBuilder text = new StringBuilder(Integer.toHexString(value));
        while (text.length() < digits) {
            text.insert(0, '0');
        }
        return text.toString();
    }
}
