package io.tidewatch.sql;

import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

/** Finds what names mean and which types expressions have. Types are never brought together behind the query's back. */
final class Validation extends SqlValidatorImpl {
    private static final Config CONFIG = Config.DEFAULT
            .withCallRewrite(false)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory((types, validator) -> NoCoercion.INSTANCE)
            .withDefaultNullCollation(NullCollation.LAST)
            .withConformance(Conformance.INSTANCE);

    Validation(SqlOperatorTable operators, CalciteCatalogReader relations, TypeFactory types) {
        super(operators, relations, types, CONFIG);
    }

    @Override
    public void validateLiteral(SqlLiteral literal) {
        if (literal instanceof SqlNumericLiteral number) {
            checkNumber(number);
        } else {
            super.validateLiteral(literal);
        }
    }

    /** A number is a BIGINT, a DECIMAL or a DOUBLE. */
    private static void checkNumber(SqlNumericLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        boolean fits = literal.isExact()
                ? fitsLong(value) || value.precision() <= Type.DECIMAL_PRECISION_MAX
                : !Double.isInfinite(value.doubleValue());
        if (!fits) {
            throw Refusal.invalid(
                    literal,
                    "the number is out of range (expected: a BIGINT, at most 18 digits, or a DOUBLE as 1.5E30)");
        }
    }

    private static boolean fitsLong(BigDecimal value) {
        return value.scale() <= 0
                && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    /** The tree with stars expanded. */
    SqlNode checked(SqlNode query) {
        return validate(query);
    }
}
