package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.BOOLEAN;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import io.tidewatch.kernel.batch.ByteWriter;
import java.util.List;

/** Functions of regular expressions, whose patterns are literals and compiled once. */
final class PatternFunctions {
    private PatternFunctions() {}

    static List<FunctionDefinition> all(TextPatterns patterns) {
        return List.of(
                define("REGEXP_LIKE(text, regex)", "Whether some part of text matches.")
                        .takes(BOOLEAN, VARCHAR, VARCHAR)
                        .example("TRUE", literal("GET /index.html"), literal("^GET .*\\.html$"))
                        .binds(arguments -> {
                            TextPattern pattern =
                                    compile(patterns, arguments.get(1), "REGEXP_LIKE");
                            return (RowKernel.ToBoolean)
                                    a -> pattern.find(a.bytesAt(0), a.startAt(0), a.lengthAt(0));
                        }),
                define(
                                "REGEXP_EXTRACT(text, regex [, group])",
                                "The first match, or what a group in parentheses of it matched (the first group unless told, or "
                                        + "the whole match if there is none); NULL without a match.")
                        .takes(2, VARCHAR, VARCHAR, VARCHAR, BIGINT)
                        .example("42", literal("/orders/42/items"), literal("/orders/(\\d+)"))
                        .example("id=7", literal("?id=7&x=1"), literal("(\\w+)=(\\d+)"), literal(0))
                        .exampleOfNull(literal("abc"), literal("\\d+"))
                        .binds(arguments -> extract(patterns, arguments)),
                define(
                                "REGEXP_REPLACE(text, regex, replacement)",
                                "Text with every match replaced. In the replacement, $0 is the match, $1 the first group, and so "
                                        + "on; a backslash makes the next character ordinary.")
                        .takes(VARCHAR, VARCHAR, VARCHAR, VARCHAR)
                        .example(
                                "/orders/N/items/N",
                                literal("/orders/42/items/7"),
                                literal("\\d+"),
                                literal("N"))
                        .example("b=a", literal("a=b"), literal("(\\w)=(\\w)"), literal("$2=$1"))
                        .binds(arguments -> replace(patterns, arguments)));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.PATTERN, syntax, description);
    }

    private static TextPattern compile(TextPatterns patterns, Expression regex, String function) {
        String text = ScalarFunction.literalText(regex, function, "regular expression");
        try {
            return patterns.compile(text);
        } catch (IllegalArgumentException e) {
            throw Expressions.invalid(function + ": '" + text
                    + "' is not a regular expression that can run in linear time: "
                    + e.getMessage());
        }
    }

    private static RowKernel extract(TextPatterns patterns, List<Expression> arguments) {
        TextPattern pattern = compile(patterns, arguments.get(1), "REGEXP_EXTRACT");
        int groups = pattern.groupCount();
        long group = arguments.size() > 2
                ? ScalarFunction.literalNumber(arguments.get(2), "REGEXP_EXTRACT", "group")
                : Math.min(1, groups);
        if (group < 0 || group > groups) {
            throw Expressions.invalid("REGEXP_EXTRACT: group " + group + " (expected: 0 to "
                    + groups + ", the number of groups in parentheses)");
        }
        return (RowKernel.ToSlice) a -> {
            int[] bounds = a.bounds();
            if (pattern.findGroup(a.bytesAt(0), a.startAt(0), a.lengthAt(0), (int) group, bounds)) {
                a.slice(bounds[0], bounds[1]);
            } else {
                a.setNull();
            }
        };
    }

    private static RowKernel replace(TextPatterns patterns, List<Expression> arguments) {
        TextPattern pattern = compile(patterns, arguments.get(1), "REGEXP_REPLACE");
        String text = ScalarFunction.literalText(arguments.get(2), "REGEXP_REPLACE", "replacement");
        try {
            TextPattern.Replacement replacement = pattern.replacement(text);
            return (RowKernel.ToText) (a, out) -> replace(replacement, a, out);
        } catch (IllegalArgumentException e) {
            throw Expressions.invalid(
                    "REGEXP_REPLACE: replacement '" + text + "': " + e.getMessage());
        }
    }

    private static void replace(TextPattern.Replacement replacement, Arguments a, ByteWriter out) {
        int begin = out.size();
        boolean complete = replacement.replaceAll(
                a.bytesAt(0), a.startAt(0), a.lengthAt(0), out, TextLimit.BYTES_MAX);
        if (!complete) {
            out.truncate(begin);
            TextLimit.fail(a);
        }
    }
}
