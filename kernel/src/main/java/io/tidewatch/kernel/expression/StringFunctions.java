package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.BOOLEAN;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Functions that ask about strings or cut parts out of them. Positions count characters (code points) from 1. */
final class StringFunctions {
    private StringFunctions() {}

    static List<FunctionDefinition> all() {
        return Stream.of(questions(), parts(), trims()).flatMap(List::stream).toList();
    }

    private static List<FunctionDefinition> questions() {
        return List.of(
                define("CHAR_LENGTH(text)", "The number of characters.")
                        .takes(BIGINT, VARCHAR)
                        .example("4", literal("Köln"))
                        .computes((RowKernel.ToLong) StringFunctions::charLength),
                define("LENGTH(text)", "The number of characters; the same as CHAR_LENGTH.")
                        .takes(BIGINT, VARCHAR)
                        .example("4", literal("Köln"))
                        .computes((RowKernel.ToLong) StringFunctions::charLength),
                define("OCTET_LENGTH(text)", "The number of bytes in UTF-8.")
                        .takes(BIGINT, VARCHAR)
                        .example("5", literal("Köln"))
                        .computes((RowKernel.ToLong) a -> a.lengthAt(0)),
                define("ASCII(text)", "The code point of the first character, or 0 for ''.")
                        .takes(BIGINT, VARCHAR)
                        .example("65", literal("ABC"))
                        .computes((RowKernel.ToLong) StringFunctions::ascii),
                define(
                                "POSITION(part IN text)",
                                "Where part first stands in text, or 0 if it does not.")
                        .takes(BIGINT, VARCHAR, VARCHAR)
                        .exampleAs("POSITION('d' IN 'tide')", "3", literal("d"), literal("tide"))
                        .computes((RowKernel.ToLong) StringFunctions::position),
                define("STARTS_WITH(text, part)", "Whether text begins with part.")
                        .takes(BOOLEAN, VARCHAR, VARCHAR)
                        .example("TRUE", literal("/api/orders"), literal("/api/"))
                        .computes((RowKernel.ToBoolean) StringFunctions::startsWith),
                define("ENDS_WITH(text, part)", "Whether text ends with part.")
                        .takes(BOOLEAN, VARCHAR, VARCHAR)
                        .example("FALSE", literal("logo.png"), literal(".gif"))
                        .computes((RowKernel.ToBoolean) StringFunctions::endsWith),
                define("CONTAINS(text, part)", "Whether part stands somewhere in text.")
                        .takes(BOOLEAN, VARCHAR, VARCHAR)
                        .example("TRUE", literal("Googlebot/2.1"), literal("bot"))
                        .computes((RowKernel.ToBoolean) a -> position(a, 0, 1) >= 0));
    }

    private static List<FunctionDefinition> parts() {
        return List.of(
                define(
                                "SUBSTRING(text FROM start [FOR length])",
                                "The characters from position start on, at most length of them; "
                                        + "fails for a negative length. Also SUBSTRING(text, start, length).")
                        .takes(2, VARCHAR, VARCHAR, BIGINT, BIGINT)
                        .exampleAs(
                                "SUBSTRING('tidewatch' FROM 5)",
                                "watch",
                                literal("tidewatch"),
                                literal(5))
                        .exampleAs(
                                "SUBSTRING('tidewatch' FROM 1 FOR 4)",
                                "tide",
                                literal("tidewatch"),
                                literal(1),
                                literal(4))
                        .computes((RowKernel.ToSlice) StringFunctions::substring),
                define("SUBSTR(text, start [, length])", "The same as SUBSTRING.")
                        .takes(2, VARCHAR, VARCHAR, BIGINT, BIGINT)
                        .example("de", literal("tidewatch"), literal(3), literal(2))
                        .computes((RowKernel.ToSlice) StringFunctions::substring),
                define("LEFT(text, count)", "The first count characters.")
                        .takes(VARCHAR, VARCHAR, BIGINT)
                        .example("tide", literal("tidewatch"), literal(4))
                        .computes((RowKernel.ToSlice) StringFunctions::left),
                define("RIGHT(text, count)", "The last count characters.")
                        .takes(VARCHAR, VARCHAR, BIGINT)
                        .example("watch", literal("tidewatch"), literal(5))
                        .computes((RowKernel.ToSlice) StringFunctions::right),
                define(
                                "SPLIT_PART(text, delimiter, n)",
                                "The n-th part of text between delimiters, from the end if n is negative; '' if there is no "
                                        + "such part. Fails for n = 0.")
                        .takes(VARCHAR, VARCHAR, VARCHAR, BIGINT)
                        .example("b", literal("a.b.c"), literal("."), literal(2))
                        .example("c", literal("a.b.c"), literal("."), literal(-1))
                        .computes((RowKernel.ToSlice) StringFunctions::splitPart));
    }

    private static List<FunctionDefinition> trims() {
        return List.of(
                trim("TRIM", "from both ends", "tide", true, true),
                trim("LTRIM", "from the start", "tide  ", true, false),
                trim("RTRIM", "from the end", "  tide", false, true));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.STRING, syntax, description);
    }

    private static FunctionDefinition trim(
            String name, String where, String expected, boolean atStart, boolean atEnd) {
        ScalarFunction.Builder builder = define(
                        name + "(text [, characters])",
                        "Text without spaces, or without any of these characters, " + where
                                + (atStart && atEnd
                                        ? ". Also TRIM([BOTH | LEADING | TRAILING] character FROM text)."
                                        : "."))
                .takes(1, VARCHAR, VARCHAR, VARCHAR)
                .example(expected, literal("  tide  "));
        if (atStart && atEnd) {
            builder.exampleAs("TRIM(BOTH '-' FROM '--x-')", "x", literal("--x-"), literal("-"));
        }
        return builder.computes((RowKernel.ToSlice) a -> trim(a, atStart, atEnd));
    }

    private static long charLength(Arguments a) {
        return Utf8.length(a.bytesAt(0), a.startAt(0), a.lengthAt(0));
    }

    private static long ascii(Arguments a) {
        if (a.lengthAt(0) == 0) {
            return 0;
        }
        int start = a.startAt(0);
        return Utf8.codePoint(a.bytesAt(0), start, Utf8.next(a.bytesAt(0), start, a.endAt(0)));
    }

    private static long position(Arguments a) {
        int at = position(a, 1, 0);
        return at < 0 ? 0 : Utf8.length(a.bytesAt(1), a.startAt(1), at - a.startAt(1)) + 1;
    }

    private static int position(Arguments a, int text, int part) {
        return Utf8.indexOf(
                a.bytesAt(text), a.startAt(text), a.endAt(text), a.bytesAt(part), a.rangeOf(part));
    }

    private static boolean startsWith(Arguments a) {
        int start = a.startAt(0);
        int length = a.lengthAt(1);
        return a.lengthAt(0) >= length
                && Arrays.equals(
                        a.bytesAt(0),
                        start,
                        start + length,
                        a.bytesAt(1),
                        a.startAt(1),
                        a.endAt(1));
    }

    private static boolean endsWith(Arguments a) {
        int end = a.endAt(0);
        int length = a.lengthAt(1);
        return a.lengthAt(0) >= length
                && Arrays.equals(
                        a.bytesAt(0), end - length, end, a.bytesAt(1), a.startAt(1), a.endAt(1));
    }

    private static void substring(Arguments a) {
        byte[] bytes = a.bytesAt(0);
        int end = a.endAt(0);
        long first = a.longAt(1);
        // Positions before the first character count for the length, as the SQL standard says.
        long skipped = Math.max(0, first - 1);
        int from = Utf8.skip(bytes, a.startAt(0), end, first <= 0 ? 0 : skipped);
        if (a.count() == 2) {
            a.slice(from, end);
            return;
        }
        long length = a.longAt(2);
        if (length < 0) {
            a.fail("negative length");
            return;
        }
        long taken = first > 0 ? length : Math.max(0, length + Math.max(first, -length) - 1);
        a.slice(from, Utf8.skip(bytes, from, end, taken));
    }

    private static void left(Arguments a) {
        a.slice(a.startAt(0), Utf8.skip(a.bytesAt(0), a.startAt(0), a.endAt(0), a.longAt(1)));
    }

    private static void right(Arguments a) {
        byte[] bytes = a.bytesAt(0);
        int from = a.endAt(0);
        for (long i = 0; i < a.longAt(1) && from > a.startAt(0); i++) {
            from = Utf8.previous(bytes, a.startAt(0), from);
        }
        a.slice(from, a.endAt(0));
    }

    private static void splitPart(Arguments a) {
        long n = a.longAt(2);
        if (n == 0) {
            a.fail("part number 0");
            return;
        }
        if (a.lengthAt(1) == 0) {
            boolean whole = n == 1 || n == -1;
            a.slice(a.startAt(0), whole ? a.endAt(0) : a.startAt(0));
            return;
        }
        if (n < 0) {
            n += countParts(a) + 1;
        }
        byte[] bytes = a.bytesAt(0);
        int[] delimiter = a.rangeOf(1);
        int end = a.endAt(0);
        int from = a.startAt(0);
        for (long part = 1; part <= n; part++) {
            int found = Utf8.indexOf(bytes, from, end, a.bytesAt(1), delimiter);
            if (part == n) {
                a.slice(from, found < 0 ? end : found);
                return;
            }
            if (found < 0) {
                break;
            }
            from = found + delimiter[1];
        }
        a.slice(end, end);
    }

    private static long countParts(Arguments a) {
        int[] delimiter = a.rangeOf(1);
        long count = 0;
        int from = a.startAt(0);
        while (from >= 0) {
            count++;
            int found = Utf8.indexOf(a.bytesAt(0), from, a.endAt(0), a.bytesAt(1), delimiter);
            from = found < 0 ? -1 : found + delimiter[1];
        }
        return count;
    }

    private static void trim(Arguments a, boolean atStart, boolean atEnd) {
        byte[] bytes = a.bytesAt(0);
        int start = a.startAt(0);
        int end = a.endAt(0);
        while (atStart && start < end) {
            int next = Utf8.next(bytes, start, end);
            if (!isTrimmed(a, start, next)) {
                break;
            }
            start = next;
        }
        while (atEnd && start < end) {
            int previous = Utf8.previous(bytes, start, end);
            if (!isTrimmed(a, previous, end)) {
                break;
            }
            end = previous;
        }
        a.slice(start, end);
    }

    /** Whether the character {@code [start, next)} is a space, or one of those in the second argument. */
    private static boolean isTrimmed(Arguments a, int start, int next) {
        byte[] bytes = a.bytesAt(0);
        if (a.count() == 1) {
            return bytes[start] == ' ';
        }
        byte[] set = a.bytesAt(1);
        int end = a.endAt(1);
        int position = a.startAt(1);
        while (position < end) {
            int behind = Utf8.next(set, position, end);
            if (Arrays.equals(bytes, start, next, set, position, behind)) {
                return true;
            }
            position = behind;
        }
        return false;
    }
}
