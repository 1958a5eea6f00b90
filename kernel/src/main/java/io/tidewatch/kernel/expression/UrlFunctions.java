package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import java.util.List;

/** Parts of URLs, cut out as they stand, without decoding. */
final class UrlFunctions {
    private static final byte[] SCHEME_END = {':', '/', '/'};

    private UrlFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(
                define(
                                "URL_HOST(url)",
                                "The host of a URL, without user and port; NULL if there is none.")
                        .takes(VARCHAR, VARCHAR)
                        .example("example.org", literal("https://me@example.org:8443/a?b=c"))
                        .exampleOfNull(literal("/a?b=c"))
                        .computes((RowKernel.ToSlice) UrlFunctions::host),
                define(
                                "URL_PATH(url)",
                                "The path of a URL, or of a path with a query, without query and fragment.")
                        .takes(VARCHAR, VARCHAR)
                        .example("/a/b", literal("https://example.org/a/b?c=d#e"))
                        .example("/a", literal("/a?x=1"))
                        .computes((RowKernel.ToSlice) UrlFunctions::path),
                define(
                                "URL_PARAMETER(url, name)",
                                "The value of the first parameter of that name in the query of a URL; NULL if there is none.")
                        .takes(VARCHAR, VARCHAR, VARCHAR)
                        .example("7", literal("/a?x=1&id=7#top"), literal("id"))
                        .exampleOfNull(literal("/a?x=1"), literal("id"))
                        .computes((RowKernel.ToSlice) UrlFunctions::parameter));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.STRING, syntax, description);
    }

    /** Behind {@code ://}, or −1 if that does not stand before the first of {@code / ? #}. */
    private static int authority(byte[] bytes, int start, int end) {
        int slash = first(bytes, start, end, "/?#");
        int from = slash - 1;
        boolean hasScheme = from > start
                && end - from >= SCHEME_END.length
                && Utf8.indexOf(bytes, from, from + 3, SCHEME_END, new int[] {0, 3}) == from;
        return hasScheme ? from + SCHEME_END.length : -1;
    }

    private static int first(byte[] bytes, int start, int end, String of) {
        int position = start;
        while (position < end && of.indexOf(bytes[position]) < 0) {
            position++;
        }
        return position;
    }

    private static void host(Arguments a) {
        byte[] bytes = a.bytesAt(0);
        int from = authority(bytes, a.startAt(0), a.endAt(0));
        if (from < 0) {
            a.setNull();
            return;
        }
        int end = first(bytes, from, a.endAt(0), "/?#");
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == '@') {
                from = i + 1;
            }
        }
        boolean bracketed = from < end && bytes[from] == '[';
        int close = bracketed ? first(bytes, from, end, "]") : from;
        a.slice(from, first(bytes, close, end, ":"));
    }

    private static void path(Arguments a) {
        byte[] bytes = a.bytesAt(0);
        int end = a.endAt(0);
        int from = authority(bytes, a.startAt(0), end);
        int start = from < 0 ? a.startAt(0) : first(bytes, from, end, "/?#");
        a.slice(start, first(bytes, start, end, "?#"));
    }

    private static void parameter(Arguments a) {
        byte[] bytes = a.bytesAt(0);
        int end = first(bytes, a.startAt(0), a.endAt(0), "#");
        int position = first(bytes, a.startAt(0), end, "?") + 1;
        while (position <= end) {
            int behind = first(bytes, position, end, "&");
            int equals = first(bytes, position, behind, "=");
            if (isName(a, position, equals)) {
                a.slice(Math.min(behind, equals + 1), behind);
                return;
            }
            position = behind + 1;
        }
        a.setNull();
    }

    private static boolean isName(Arguments a, int start, int end) {
        int[] name = a.rangeOf(1);
        return end - start == name[1]
                && Utf8.indexOf(a.bytesAt(0), start, end, a.bytesAt(1), name) == start;
    }
}
