package io.tidewatch.sql;

import io.tidewatch.kernel.expression.ArithmeticOperator;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arithmetic and comparison as the validator sees them; the kernel judges the types. */
final class SymbolOperator extends SqlBinaryOperator {
    static final List<SymbolOperator> ALL = List.of(
            arithmetic(SqlStdOperatorTable.PLUS, ArithmeticOperator.ADD),
            arithmetic(SqlStdOperatorTable.MINUS, ArithmeticOperator.SUBTRACT),
            arithmetic(SqlStdOperatorTable.MULTIPLY, ArithmeticOperator.MULTIPLY),
            arithmetic(SqlStdOperatorTable.DIVIDE, ArithmeticOperator.DIVIDE),
            arithmetic(SqlStdOperatorTable.PERCENT_REMAINDER, ArithmeticOperator.MODULO),
            comparison(SqlStdOperatorTable.EQUALS),
            comparison(SqlStdOperatorTable.NOT_EQUALS),
            comparison(SqlStdOperatorTable.LESS_THAN),
            comparison(SqlStdOperatorTable.LESS_THAN_OR_EQUAL),
            comparison(SqlStdOperatorTable.GREATER_THAN),
            comparison(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL));

    private SymbolOperator(SqlBinaryOperator like, SqlReturnTypeInference types) {
        super(
                like.getName(),
                like.getKind(),
                like.getLeftPrec(),
                true,
                types,
                null,
                OperandTypes.VARIADIC);
    }

    /** The operator that stands for one of Calcite's, if there is one. */
    static Optional<SymbolOperator> of(SqlOperator operator) {
        return ALL.stream()
                .filter(each -> operator instanceof SqlBinaryOperator
                        && each.getName().equals(operator.getName())
                        && each.getKind() == operator.getKind())
                .findFirst();
    }

    private static SymbolOperator arithmetic(SqlBinaryOperator like, ArithmeticOperator operator) {
        return new SymbolOperator(like, binding -> arithmeticType(operator, binding));
    }

    private static SymbolOperator comparison(SqlBinaryOperator like) {
        return new SymbolOperator(like, SymbolOperator::comparisonType);
    }

    private static RelDataType arithmeticType(
            ArithmeticOperator operator, SqlOperatorBinding binding) {
        List<Type> types = operandTypes(binding);
        Optional<Type> result = Expressions.arithmeticType(operator, types.get(0), types.get(1));
        return ((TypeFactory) binding.getTypeFactory())
                .of(result.orElseThrow(() -> mismatch(binding, "cannot be applied to")));
    }

    private static RelDataType comparisonType(SqlOperatorBinding binding) {
        List<Type> types = operandTypes(binding);
        if (Expressions.commonType(types).isEmpty()) {
            throw mismatch(binding, "cannot compare");
        }
        return ((TypeFactory) binding.getTypeFactory()).of(Type.BOOLEAN);
    }

    /** The types of both operands; a bare NULL has that of the other. */
    private static List<Type> operandTypes(SqlOperatorBinding binding) {
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        for (int i = 0; i < 2; i++) {
            RelDataType type = binding.getOperandType(i);
            if (type.getSqlTypeName() != SqlTypeName.NULL
                    && TypeFactory.toKernel(type).isEmpty()) {
                throw mismatch(binding, "cannot be applied to");
            }
        }
        boolean leftIsNull = left.getSqlTypeName() == SqlTypeName.NULL;
        boolean rightIsNull = right.getSqlTypeName() == SqlTypeName.NULL;
        return List.of(
                TypeFactory.argument(leftIsNull ? right : left),
                TypeFactory.argument(rightIsNull ? left : right));
    }

    private static Refusal mismatch(SqlOperatorBinding binding, String what) {
        SqlParserPos pos = binding instanceof SqlCallBinding call
                ? call.getCall().getParserPosition()
                : SqlParserPos.ZERO;
        String left = TypeFactory.shown(binding.getOperandType(0));
        String right = TypeFactory.shown(binding.getOperandType(1));
        String remedy = TypeRemedies.between(
                binding.getOperator().getName(),
                TypeFactory.argument(binding.getOperandType(0)),
                TypeFactory.argument(binding.getOperandType(1)));
        return Refusal.invalid(
                pos,
                "'" + binding.getOperator().getName() + "' " + what + " " + left + " and " + right
                        + remedy);
    }
}
