package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.expression.ScalarFunction.Signature;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Signatures of functions whose result has the type of their arguments. */
final class NumberTypes {
    private NumberTypes() {}

    /** One number; the result is of the same type. */
    static Optional<Signature> same(List<Type> types) {
        return types.size() == 1 && types.get(0).isNumeric()
                ? Optional.of(new Signature(types.get(0), types))
                : Optional.empty();
    }

    /** One number, of which a DECIMAL loses its digits after the point; or a TIMESTAMP, a unit and perhaps a zone. */
    static Optional<Signature> cut(List<Type> types) {
        boolean isTime = (types.size() == 2 || types.size() == 3)
                && types.get(0).equals(Type.TIMESTAMP)
                && types.subList(1, types.size()).stream().allMatch(Type.VARCHAR::equals);
        return isTime
                ? Optional.of(new Signature(Type.TIMESTAMP, types))
                : same(types).map(signature -> new Signature(wholeOf(types.get(0)), types));
    }

    /** A number and perhaps a BIGINT; a DECIMAL gains the digit that rounding up may carry into. */
    static Optional<Signature> rounded(List<Type> types) {
        boolean fits = types.size() == 1 || types.size() == 2 && types.get(1).equals(Type.BIGINT);
        if (!fits || !types.get(0).isNumeric()) {
            return Optional.empty();
        }
        Type type = types.get(0);
        if (type.kind() == TypeKind.DECIMAL) {
            int precision = Math.min(Type.DECIMAL_PRECISION_MAX, type.precision() + 1);
            type = Type.decimal(precision, type.scale());
        }
        return Optional.of(new Signature(type, types));
    }

    /** One number; the result says its sign, as a DOUBLE for a DOUBLE, otherwise as a BIGINT. */
    static Optional<Signature> sign(List<Type> types) {
        return same(types).map(signature -> {
            boolean isDouble = types.get(0).kind() == TypeKind.DOUBLE;
            return new Signature(isDouble ? Type.DOUBLE : Type.BIGINT, types);
        });
    }

    /** Two numbers, as {@code %} takes them. */
    static Optional<Signature> modulo(List<Type> types) {
        boolean fits =
                types.size() == 2 && types.get(0).isNumeric() && types.get(1).isNumeric();
        return fits
                ? Expressions.arithmeticType(ArithmeticOperator.MODULO, types.get(0), types.get(1))
                        .map(type -> new Signature(type, types))
                : Optional.empty();
    }

    /** At least one argument, all brought to one type. */
    static Optional<Signature> common(List<Type> types) {
        if (types.isEmpty()) {
            return Optional.empty();
        }
        return Expressions.commonType(types)
                .map(type -> new Signature(
                        type, new ArrayList<>(Collections.nCopies(types.size(), type))));
    }

    private static Type wholeOf(Type type) {
        if (type.kind() != TypeKind.DECIMAL) {
            return type;
        }
        int digits = type.precision() - type.scale() + 1;
        return Type.decimal(Math.min(Type.DECIMAL_PRECISION_MAX, digits), 0);
    }
}
