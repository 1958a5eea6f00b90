package io.tidewatch.sql;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;

/** Reads literal numbers out of the syntax tree. */
final class Literals {
    private Literals() {}

    /** The value of a literal number, with its sign. */
    static Optional<BigDecimal> valueOf(SqlNode node) {
        if (node instanceof SqlNumericLiteral literal) {
            return Optional.ofNullable(literal.bigDecimalValue());
        }
        if (node instanceof SqlCall call && call.operandCount() == 1) {
            if (call.getKind() == SqlKind.MINUS_PREFIX) {
                return valueOf(call.operand(0)).map(BigDecimal::negate);
            }
            if (call.getKind() == SqlKind.PLUS_PREFIX) {
                return valueOf(call.operand(0));
            }
        }
        return Optional.empty();
    }
}
