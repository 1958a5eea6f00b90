package io.tidewatch.sql;

import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;

/** A function of the kernel as the validator sees it; the kernel judges the types. */
final class ScalarOperator extends SqlFunction {
    private final FunctionDefinition definition;

    ScalarOperator(FunctionDefinition definition) {
        super(
                definition.name(),
                SqlKind.OTHER_FUNCTION,
                binding -> typeOf(definition, binding),
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.definition = definition;
    }

    FunctionDefinition definition() {
        return definition;
    }

    private static RelDataType typeOf(FunctionDefinition definition, SqlOperatorBinding binding) {
        List<Type> arguments = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            arguments.add(TypeFactory.argument(binding.getOperandType(i)));
            shown.add(TypeFactory.shown(binding.getOperandType(i)));
        }
        Optional<Type> result = definition.resultType(arguments);
        if (result.isPresent()) {
            return ((TypeFactory) binding.getTypeFactory()).of(result.get());
        }
        SqlParserPos pos = binding instanceof SqlCallBinding call
                ? call.getCall().getParserPosition()
                : SqlParserPos.ZERO;
        throw Refusal.invalid(
                pos,
                definition.name() + " cannot be applied to (" + String.join(", ", shown)
                        + ") (expected: " + definition.syntax() + ")");
    }
}
