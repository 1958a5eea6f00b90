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
import org.apache.calcite.sql.type.SqlTypeName;

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
        List<Optional<Type>> arguments = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            RelDataType type = binding.getOperandType(i);
            boolean isNull = type.getSqlTypeName() == SqlTypeName.NULL;
            arguments.add(isNull ? Optional.empty() : Optional.of(TypeFactory.argument(type)));
            shown.add(Rewriting.unitAt(binding, i).orElse(TypeFactory.shown(type)));
        }
        Optional<Type> result =
                ArgumentTypes.resolved(definition, arguments).flatMap(definition::resultType);
        if (result.isPresent()) {
            return ((TypeFactory) binding.getTypeFactory()).of(result.get());
        }
        SqlParserPos pos = binding instanceof SqlCallBinding call
                ? call.getCall().getParserPosition()
                : SqlParserPos.ZERO;
        Optional<ArgumentTypes.Misfit> misfit = ArgumentTypes.misfit(definition, arguments);
        throw Refusal.showing(
                pos,
                definition.name() + " cannot be applied to (" + String.join(", ", shown)
                        + ") (expected: " + definition.syntax() + ")"
                        + misfit.map(TypeRemedies::ofArgument).orElse(""),
                misfit.map(each -> positionOf(binding, each.index())).orElse(SqlParserPos.ZERO));
    }

    private static SqlParserPos positionOf(SqlOperatorBinding binding, int operand) {
        return binding instanceof SqlCallBinding call
                ? call.operand(operand).getParserPosition()
                : SqlParserPos.ZERO;
    }
}
