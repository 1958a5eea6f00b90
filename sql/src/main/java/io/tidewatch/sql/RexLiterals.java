package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Makes the kernel's literals of Calcite's. */
final class RexLiterals {
    private RexLiterals() {}

    static Expression expression(RexLiteral literal) {
        if (literal.isNull()) {
            return Expressions.literal(TypeFactory.argument(literal.getType()), null);
        }
        SqlTypeName typeName = literal.getType().getSqlTypeName();
        if (SqlTypeName.EXACT_TYPES.contains(typeName)) {
            return exact(valueOf(literal));
        }
        if (SqlTypeName.APPROX_TYPES.contains(typeName)) {
            return approximate(literal);
        }
        return switch (typeName) {
            case BOOLEAN ->
                Expressions.literal(Boolean.TRUE.equals(literal.getValueAs(Boolean.class)));
            case CHAR, VARCHAR ->
                Expressions.literal(String.valueOf(literal.getValueAs(String.class)));
            case TIMESTAMP -> Expressions.literal(Type.TIMESTAMP, longOf(literal));
            default -> interval(literal);
        };
    }

    private static Expression interval(RexLiteral literal) {
        Type type = TypeFactory.toKernel(literal.getType())
                .orElseThrow(() -> Refusal.unsupported(
                        SqlParserPos.ZERO,
                        "a literal of type "
                                + literal.getType().getSqlTypeName().getName()
                                + " is not supported"));
        return Expressions.literal(type, longOf(literal));
    }

    private static long longOf(RexLiteral literal) {
        Long value = literal.getValueAs(Long.class);
        if (value == null) {
            throw new IllegalStateException("a literal without a value");
        }
        return value;
    }

    private static BigDecimal valueOf(RexLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        if (value == null) {
            throw new IllegalStateException("a literal without a value");
        }
        return value;
    }

    static Expression negated(RexLiteral literal) {
        return exact(valueOf(literal).negate());
    }

    /** A BIGINT if the number is whole and written without a point, else a DECIMAL, or a DOUBLE if it has too many digits. */
    private static Expression exact(BigDecimal value) {
        if (value.scale() <= 0 && fitsLong(value)) {
            return Expressions.literal(value.longValueExact());
        }
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision(), Math.max(1, scale));
        if (precision > Type.DECIMAL_PRECISION_MAX) {
            return Expressions.literal(value.doubleValue());
        }
        return Expressions.literal(Type.decimal(precision, scale), value);
    }

    private static boolean fitsLong(BigDecimal value) {
        return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
    }

    private static Expression approximate(RexLiteral literal) {
        Double value = literal.getValueAs(Double.class);
        if (value == null || value.isInfinite()) {
            throw Refusal.invalid(
                    SqlParserPos.ZERO,
                    "the number " + literal.getValue2()
                            + " is too large (expected: at most 1.8E308)");
        }
        return Expressions.literal(value);
    }
}
