package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import java.util.List;

/** Functions on strings. Positions and lengths count characters (Unicode code points), from 1. */
final class StringFunctions {
    private StringFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(define("CHAR_LENGTH(text)", "The number of characters.")
                .takes(BIGINT, VARCHAR)
                .example("4", literal("tide"))
                .computes((RowKernel.ToLong) StringFunctions::charLength));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.STRING, syntax, description);
    }

    private static long charLength(Arguments a) {
        return Utf8.length(a.bytesAt(0), a.startAt(0), a.lengthAt(0));
    }
}
