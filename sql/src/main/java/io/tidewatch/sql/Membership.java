package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code value IN (a, b, …)} as a function of the value and the list, so that nothing is cast to the value's type. */
final class Membership extends SqlFunction {
    static final Membership IN = new Membership();

    private Membership() {
        super(
                "$IN",
                SqlKind.OTHER_FUNCTION,
                Membership::type,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static RelDataType type(SqlOperatorBinding binding) {
        RelDataType value = binding.getOperandType(0);
        for (int i = 1; i < binding.getOperandCount(); i++) {
            RelDataType element = binding.getOperandType(i);
            boolean isNull = value.getSqlTypeName() == SqlTypeName.NULL
                    || element.getSqlTypeName() == SqlTypeName.NULL;
            boolean known = TypeFactory.toKernel(value).isPresent()
                    && TypeFactory.toKernel(element).isPresent();
            if (!isNull
                    && !(known
                            && Expressions.commonType(List.of(
                                            TypeFactory.argument(value),
                                            TypeFactory.argument(element)))
                                    .isPresent())) {
                throw mismatch(binding, i);
            }
        }
        return ((TypeFactory) binding.getTypeFactory()).of(Type.BOOLEAN);
    }

    private static Refusal mismatch(SqlOperatorBinding binding, int index) {
        SqlParserPos pos = binding instanceof SqlCallBinding call
                ? call.operand(index).getParserPosition()
                : SqlParserPos.ZERO;
        return Refusal.invalid(
                pos,
                "IN cannot compare " + TypeFactory.shown(binding.getOperandType(0)) + " and "
                        + TypeFactory.shown(binding.getOperandType(index))
                        + TypeRemedies.between(
                                "=",
                                TypeFactory.argument(binding.getOperandType(0)),
                                TypeFactory.argument(binding.getOperandType(index))));
    }
}
