package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate of the kernel as the validator sees it; the kernel judges the types. */
final class AggregateOperator extends SqlAggFunction {
    private final AggregateFunction function;

    AggregateOperator(String name, AggregateFunction function) {
        super(
                name,
                null,
                kindOf(function),
                binding -> typeOf(function, binding),
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
    }

    AggregateFunction function() {
        return function;
    }

    /**
     * The call of the kernel's aggregate.
     *
     * @param arguments the types of the arguments
     * @param literals the value of each argument, {@code null} for what is not a literal
     * @throws TidewatchException if they do not fit
     */
    static AggregateCall resolve(
            AggregateFunction function,
            List<Type> arguments,
            List<? extends Object> literals,
            boolean distinct,
            AggregateLimits limits) {
        List<Type> types = new ArrayList<>(arguments);
        List<Object> parameters = new ArrayList<>();
        while (types.size() > 1 && parameters.size() < function.literals()) {
            parameters.add(0, literals.get(types.size() - 1));
            types.remove(types.size() - 1);
        }
        return function.resolve(types, distinct, parameters, limits);
    }

    /** {@code COUNT(*)}: the star is no argument. */
    private static boolean isStar(SqlCall call) {
        return call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier identifier
                && identifier.isStar();
    }

    private static SqlKind kindOf(AggregateFunction function) {
        return function.name().equals("COUNT") ? SqlKind.COUNT : SqlKind.OTHER_FUNCTION;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return isStar(call)
                ? validateOperands(validator, scope, call)
                : super.deriveType(validator, scope, call);
    }

    private static RelDataType typeOf(AggregateFunction function, SqlOperatorBinding binding) {
        SqlCall call = binding instanceof SqlCallBinding callBinding ? callBinding.getCall() : null;
        List<Type> arguments = new ArrayList<>();
        List<Object> literals = new ArrayList<>();
        int count = call != null && isStar(call) ? 0 : binding.getOperandCount();
        for (int i = 0; i < count; i++) {
            arguments.add(TypeFactory.argument(binding.getOperandType(i)));
            literals.add(call == null ? 0.5 : literalOf(function, call, i));
        }
        boolean distinct = call != null && call.getFunctionQuantifier() != null;
        TypeFactory types = (TypeFactory) binding.getTypeFactory();
        try {
            AggregateLimits any = AggregateLimits.DEFAULT; // The type does not depend on them.
            return types.of(
                    resolve(function, arguments, literals, distinct, any).resultType());
        } catch (TidewatchException e) {
            throw Refusal.of(e, call == null ? SqlParserPos.ZERO : call.getParserPosition());
        }
    }

    private static Object literalOf(AggregateFunction function, SqlCall call, int index) {
        SqlNode operand = call.operand(index);
        if (index == 0 || index < call.operandCount() - function.literals()) {
            return "";
        }
        return Literals.valueOf(operand)
                .orElseThrow(() -> Refusal.invalid(
                        operand,
                        function.name() + " needs a number here (expected: " + function.syntax()
                                + ")"));
    }
}
