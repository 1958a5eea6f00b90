package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.ScalarFunction.Signature;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Functions that make new strings. */
final class TextFunctions {
    private static final byte[] SPACE = {' '};

    private TextFunctions() {}

    static List<FunctionDefinition> all() {
        return Stream.of(rewriting(), building()).flatMap(List::stream).toList();
    }

    private static List<FunctionDefinition> rewriting() {
        return List.of(
                define(
                                "UPPER(text)",
                                "Every character in upper case, one by one and whatever the language.")
                        .takes(VARCHAR, VARCHAR)
                        .example("KÖLN", literal("Köln"))
                        .computes((RowKernel.ToText)
                                (a, out) -> mapped(a, Character::toUpperCase, out)),
                define(
                                "LOWER(text)",
                                "Every character in lower case, one by one and whatever the language.")
                        .takes(VARCHAR, VARCHAR)
                        .example("köln", literal("KÖLN"))
                        .computes((RowKernel.ToText)
                                (a, out) -> mapped(a, Character::toLowerCase, out)),
                define(
                                "INITCAP(text)",
                                "The first letter of every word in upper case, the others in lower case; words are of letters "
                                        + "and digits.")
                        .takes(VARCHAR, VARCHAR)
                        .example("New York-East 3rd", literal("NEW york-east 3RD"))
                        .computes((RowKernel.ToText) TextFunctions::initcap),
                define("REVERSE(text)", "The characters in reverse order.")
                        .takes(VARCHAR, VARCHAR)
                        .example("edit", literal("tide"))
                        .computes((RowKernel.ToText) TextFunctions::reverse));
    }

    private static List<FunctionDefinition> building() {
        return List.of(
                define(
                                "CONCAT(text, …)",
                                "The strings one after the other, as with ||; NULL if one is NULL.")
                        .typed(TextFunctions::texts)
                        .example("tidewatch", literal("tide"), literal("watch"))
                        .computes((RowKernel.ToText) TextFunctions::concat),
                define(
                                "REPEAT(text, count)",
                                "The string so many times; '' if count is not positive.")
                        .takes(VARCHAR, VARCHAR, BIGINT)
                        .example("ababab", literal("ab"), literal(3))
                        .computes((RowKernel.ToText) TextFunctions::repeat),
                define(
                                "REPLACE(text, part, replacement)",
                                "Text with every occurrence of part replaced, from left to right.")
                        .takes(VARCHAR, VARCHAR, VARCHAR, VARCHAR)
                        .example("a-b-c", literal("a.b.c"), literal("."), literal("-"))
                        .computes((RowKernel.ToText) TextFunctions::replace),
                define(
                                "LPAD(text, length [, fill])",
                                "Text of exactly length characters: filled at the start (with spaces unless told), or cut at "
                                        + "the end.")
                        .takes(2, VARCHAR, VARCHAR, BIGINT, VARCHAR)
                        .example("007", literal("7"), literal(3), literal("0"))
                        .computes((RowKernel.ToText) (a, out) -> pad(a, out, true)),
                define(
                                "RPAD(text, length [, fill])",
                                "Text of exactly length characters: filled (with spaces unless told) or cut at the end.")
                        .takes(2, VARCHAR, VARCHAR, BIGINT, VARCHAR)
                        .example("7..", literal("7"), literal(3), literal("."))
                        .computes((RowKernel.ToText) (a, out) -> pad(a, out, false)));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.STRING, syntax, description);
    }

    private static Optional<Signature> texts(List<Type> types) {
        boolean fits = !types.isEmpty() && types.stream().allMatch(VARCHAR::equals);
        return fits ? Optional.of(new Signature(VARCHAR, types)) : Optional.empty();
    }

    private static void mapped(Arguments a, IntUnaryOperator mapping, ByteWriter out) {
        byte[] bytes = a.bytesAt(0);
        int end = a.endAt(0);
        int position = a.startAt(0);
        while (position < end) {
            int next = Utf8.next(bytes, position, end);
            Utf8.write(mapping.applyAsInt(Utf8.codePoint(bytes, position, next)), out);
            position = next;
        }
    }

    private static void initcap(Arguments a, ByteWriter out) {
        byte[] bytes = a.bytesAt(0);
        int end = a.endAt(0);
        int position = a.startAt(0);
        boolean inWord = false;
        while (position < end) {
            int next = Utf8.next(bytes, position, end);
            int code = Utf8.codePoint(bytes, position, next);
            Utf8.write(inWord ? Character.toLowerCase(code) : Character.toUpperCase(code), out);
            inWord = Character.isLetterOrDigit(code);
            position = next;
        }
    }

    private static void reverse(Arguments a, ByteWriter out) {
        byte[] bytes = a.bytesAt(0);
        int start = a.startAt(0);
        int position = a.endAt(0);
        while (position > start) {
            int previous = Utf8.previous(bytes, start, position);
            out.writeRaw(bytes, previous, position - previous);
            position = previous;
        }
    }

    private static void concat(Arguments a, ByteWriter out) {
        long length = 0;
        for (int i = 0; i < a.count(); i++) {
            length += a.lengthAt(i);
        }
        if (TextLimit.allows(length, a)) {
            for (int i = 0; i < a.count(); i++) {
                out.writeRaw(a.bytesAt(i), a.startAt(i), a.lengthAt(i));
            }
        }
    }

    private static void repeat(Arguments a, ByteWriter out) {
        long count = Math.max(0, a.longAt(1));
        int length = a.lengthAt(0);
        if (length == 0 || !TextLimit.allows(Math.max(count, count * length), a)) {
            return;
        }
        for (long i = 0; i < count; i++) {
            out.writeRaw(a.bytesAt(0), a.startAt(0), length);
        }
    }

    private static void replace(Arguments a, ByteWriter out) {
        byte[] bytes = a.bytesAt(0);
        int end = a.endAt(0);
        int from = a.startAt(0);
        int[] part = a.rangeOf(1);
        int begin = out.size();
        int found = part[1] == 0 ? -1 : Utf8.indexOf(bytes, from, end, a.bytesAt(1), part);
        while (found >= 0) {
            out.writeRaw(bytes, from, found - from);
            out.writeRaw(a.bytesAt(2), a.startAt(2), a.lengthAt(2));
            from = found + part[1];
            if (!isWithinLimit(out, begin, a)) {
                return;
            }
            found = Utf8.indexOf(bytes, from, end, a.bytesAt(1), part);
        }
        out.writeRaw(bytes, from, end - from);
        isWithinLimit(out, begin, a);
    }

    /** Otherwise the row has failed, and what was written of it is taken back. */
    private static boolean isWithinLimit(ByteWriter out, int begin, Arguments a) {
        boolean within = TextLimit.allows(out.size() - begin, a);
        if (!within) {
            out.truncate(begin);
        }
        return within;
    }

    private static void pad(Arguments a, ByteWriter out, boolean atStart) {
        byte[] bytes = a.bytesAt(0);
        int start = a.startAt(0);
        long wanted = Math.max(0, a.longAt(1));
        long length = Utf8.length(bytes, start, a.lengthAt(0));
        long missing = a.count() > 2 && a.lengthAt(2) == 0 ? 0 : wanted - length;
        if (missing <= 0) {
            int end = Utf8.skip(bytes, start, a.endAt(0), wanted);
            out.writeRaw(bytes, start, end - start);
            return;
        }
        int begin = out.size();
        if (!TextLimit.allows(Math.max(a.lengthAt(0), missing), a)) {
            return;
        }
        if (!atStart) {
            out.writeRaw(bytes, start, a.lengthAt(0));
        }
        fill(a, out, missing);
        if (atStart) {
            out.writeRaw(bytes, start, a.lengthAt(0));
        }
        isWithinLimit(out, begin, a);
    }

    private static void fill(Arguments a, ByteWriter out, long characters) {
        byte[] fill = a.count() > 2 ? a.bytesAt(2) : SPACE;
        int start = a.count() > 2 ? a.startAt(2) : 0;
        int end = a.count() > 2 ? a.endAt(2) : 1;
        long length = Utf8.length(fill, start, end - start);
        for (long i = 0; i < characters / length; i++) {
            out.writeRaw(fill, start, end - start);
        }
        out.writeRaw(fill, start, Utf8.skip(fill, start, end, characters % length) - start);
    }
}
