package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;

import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.ScalarFunction.Signature;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Functions that choose between their arguments. */
final class ConditionalFunctions {
    private ConditionalFunctions() {}

    static List<FunctionDefinition> all() {
        Expression none = literal(Type.BIGINT, null);
        return List.of(
                define("COALESCE(a, b, …)", "The first argument that is not NULL.")
                        .typed(NumberTypes::common)
                        .example("2", none, literal(2), literal(3))
                        .means(Expressions::coalesce),
                define("IFNULL(a, b)", "a, or b if a is NULL.")
                        .typed(types ->
                                types.size() == 2 ? NumberTypes.common(types) : Optional.empty())
                        .example("2", none, literal(2))
                        .means(Expressions::coalesce),
                define("NVL(a, b)", "a, or b if a is NULL; the same as IFNULL.")
                        .typed(types ->
                                types.size() == 2 ? NumberTypes.common(types) : Optional.empty())
                        .example("1", literal(1), literal(2))
                        .means(Expressions::coalesce),
                define(
                                "NULLIF(a, b)",
                                "NULL if a equals b, otherwise a; x / NULLIF(y, 0) is NULL instead of failing.")
                        .typed(ConditionalFunctions::nullIf)
                        .exampleOfNull(literal(0), literal(0))
                        .example("5", literal(5), literal(0))
                        .means(a -> Expressions.nullIf(a.get(0), a.get(1))),
                define("IF(condition, a, b)", "a if the condition is TRUE, otherwise b.")
                        .typed(ConditionalFunctions::condition)
                        .example("2", literal(false), literal(1), literal(2))
                        .means(a -> Expressions.caseWhen(
                                List.of(a.get(0)), List.of(a.get(1)), a.get(2))),
                define("GREATEST(a, b, …)", "The greatest argument; NULL if one is NULL.")
                        .typed(ConditionalFunctions::ordered)
                        .example("2.5", literal(1), literal(2.5), literal(2))
                        .example("pear", literal("apple"), literal("pear"))
                        .binds(arguments -> extreme(arguments, 1)),
                define("LEAST(a, b, …)", "The least argument; NULL if one is NULL.")
                        .typed(ConditionalFunctions::ordered)
                        .example("1", literal(3), literal(1), literal(2))
                        .binds(arguments -> extreme(arguments, -1)));
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.CONDITIONAL, syntax, description);
    }

    private static Optional<Signature> nullIf(List<Type> types) {
        return types.size() == 2 && Expressions.commonType(types).isPresent()
                ? Optional.of(new Signature(types.get(0), types))
                : Optional.empty();
    }

    private static Optional<Signature> condition(List<Type> types) {
        if (types.size() != 3 || !types.get(0).equals(Type.BOOLEAN)) {
            return Optional.empty();
        }
        return Expressions.commonType(types.subList(1, 3))
                .map(type -> new Signature(type, List.of(Type.BOOLEAN, type, type)));
    }

    private static Optional<Signature> ordered(List<Type> types) {
        return NumberTypes.common(types)
                .filter(signature -> signature.result().kind() != TypeKind.BOOLEAN);
    }

    /** @param sign 1 for the greatest, −1 for the least */
    private static RowKernel extreme(List<Expression> arguments, int sign) {
        return switch (arguments.get(0).type().kind()) {
            case DOUBLE -> (RowKernel.ToDouble) a -> extremeDouble(a, sign);
            case VARCHAR -> (RowKernel.ToText) (a, out) -> extremeText(a, out, sign);
            case BOOLEAN -> throw new IllegalArgumentException("BOOLEAN has no extremes");
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                (RowKernel.ToLong) a -> extremeLong(a, sign);
        };
    }

    private static long extremeLong(Arguments a, int sign) {
        long best = a.longAt(0);
        for (int i = 1; i < a.count(); i++) {
            long next = a.longAt(i);
            best = Long.compare(next, best) * sign > 0 ? next : best;
        }
        return best;
    }

    private static double extremeDouble(Arguments a, int sign) {
        double best = a.doubleAt(0);
        for (int i = 1; i < a.count(); i++) {
            double next = a.doubleAt(i);
            best = DoubleComparisons.compare(next, best) * sign > 0 ? next : best;
        }
        return best;
    }

    private static void extremeText(Arguments a, ByteWriter out, int sign) {
        int best = 0;
        for (int i = 1; i < a.count(); i++) {
            int comparison = Arrays.compareUnsigned(
                    a.bytesAt(i),
                    a.startAt(i),
                    a.endAt(i),
                    a.bytesAt(best),
                    a.startAt(best),
                    a.endAt(best));
            best = Integer.signum(comparison) * sign > 0 ? i : best;
        }
        out.writeRaw(a.bytesAt(best), a.startAt(best), a.lengthAt(best));
    }
}
