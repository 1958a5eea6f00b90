package io.tidewatch.sql;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.ArithmeticOperator;
import io.tidewatch.kernel.expression.ComparisonOperator;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes the kernel's expressions of Calcite's, over a row of given columns. */
final class Scalars {
    private static final Pattern COLUMN = Pattern.compile("\\$(\\d+)");

    private final Functions functions;
    private final List<Expression> columns;
    private final List<String> names;

    /**
     * @param columns what column references stand for
     * @param names of the columns, for messages
     */
    Scalars(Functions functions, List<Expression> columns, List<String> names) {
        this.functions = functions;
        this.columns = List.copyOf(columns);
        this.names = List.copyOf(names);
    }

    /** Of expressions that read no column. */
    static Scalars ofConstants(Functions functions) {
        return new Scalars(functions, List.of(), List.of());
    }

    Expression expression(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return columns.get(reference.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return RexLiterals.expression(literal);
        }
        if (!(node instanceof RexCall call)) {
            throw Refusal.unsupported(
                    positionOf(node),
                    "this form of expression is not supported: write it in one of the forms that the reference of SQL lists");
        }
        try {
            return call(call);
        } catch (TidewatchException e) {
            throw Refusal.of(e, positionOf(call), named(e.getMessage()));
        } catch (Refusal e) {
            throw e.orAt(positionOf(call));
        }
    }

    /** The kernel's message, with the names of columns in place of their numbers. */
    private String named(@Nullable String message) {
        Matcher matcher = COLUMN.matcher(String.valueOf(message));
        return matcher.replaceAll(match -> {
            int index = Integer.parseInt(match.group(1));
            return Matcher.quoteReplacement(
                    index < names.size() ? names.get(index) : match.group());
        });
    }

    static SqlParserPos positionOf(RexNode node) {
        if (node instanceof RexCall call) {
            SqlParserPos pos = call.getParserPosition();
            if (pos != null && pos.getLineNum() > 0) {
                return pos;
            }
            for (RexNode operand : call.getOperands()) {
                SqlParserPos inner = positionOf(operand);
                if (inner.getLineNum() > 0) {
                    return inner;
                }
            }
        }
        return SqlParserPos.ZERO;
    }

    private Expression call(RexCall call) {
        return switch (call.getKind()) {
            case AND -> Expressions.and(operands(call));
            case OR -> Expressions.or(operands(call));
            case NOT -> Expressions.not(operand(call, 0));
            case IS_NULL, IS_UNKNOWN -> Expressions.isNull(operand(call, 0));
            case IS_NOT_NULL -> Expressions.isNotNull(operand(call, 0));
            case IS_TRUE -> Expressions.isTrue(operand(call, 0));
            case IS_NOT_TRUE -> Expressions.isNotTrue(operand(call, 0));
            case IS_FALSE -> Expressions.isFalse(operand(call, 0));
            case IS_NOT_FALSE -> Expressions.isNotFalse(operand(call, 0));
            case EQUALS -> comparison(ComparisonOperator.EQUAL, call);
            case NOT_EQUALS -> comparison(ComparisonOperator.NOT_EQUAL, call);
            case LESS_THAN -> comparison(ComparisonOperator.LESS, call);
            case LESS_THAN_OR_EQUAL -> comparison(ComparisonOperator.LESS_OR_EQUAL, call);
            case GREATER_THAN -> comparison(ComparisonOperator.GREATER, call);
            case GREATER_THAN_OR_EQUAL -> comparison(ComparisonOperator.GREATER_OR_EQUAL, call);
            case IS_DISTINCT_FROM ->
                Expressions.isDistinctFrom(pair(call).get(0), pair(call).get(1));
            case IS_NOT_DISTINCT_FROM ->
                Expressions.isNotDistinctFrom(pair(call).get(0), pair(call).get(1));
            case PLUS -> arithmetic(ArithmeticOperator.ADD, call);
            case MINUS -> arithmetic(ArithmeticOperator.SUBTRACT, call);
            case TIMES -> arithmetic(ArithmeticOperator.MULTIPLY, call);
            case DIVIDE -> arithmetic(ArithmeticOperator.DIVIDE, call);
            case MOD -> arithmetic(ArithmeticOperator.MODULO, call);
            case MINUS_PREFIX -> negated(call);
            case PLUS_PREFIX -> operand(call, 0);
            case CASE -> caseWhen(call);
            case COALESCE -> Expressions.coalesce(operands(call));
            case NULLIF -> Expressions.nullIf(pair(call).get(0), pair(call).get(1));
            case CAST -> Expressions.cast(operand(call, 0), type(call), false);
            case SAFE_CAST -> Expressions.cast(operand(call, 0), type(call), true);
            case LIKE ->
                Expressions.like(
                        operand(call, 0),
                        operand(call, 1),
                        call.getOperands().size() > 2 ? operand(call, 2) : null);
            case BETWEEN -> between(call);
            default -> function(call);
        };
    }

    private Expression between(RexCall call) {
        Expression value = operand(call, 0);
        Expression low = like(call, 1, operand(call, 1), value.type());
        Expression high = like(call, 2, operand(call, 2), value.type());
        requireComparable(call, value.type(), low.type());
        requireComparable(call, value.type(), high.type());
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        Expression between = operator.flag == SqlBetweenOperator.Flag.SYMMETRIC
                ? Expressions.or(List.of(
                        Expressions.between(value, low, high),
                        Expressions.between(value, high, low)))
                : Expressions.between(value, low, high);
        return operator.isNegated() ? Expressions.not(between) : between;
    }

    private static void requireComparable(RexCall call, Type value, Type bound) {
        if (Expressions.commonType(List.of(value, bound)).isEmpty()) {
            throw Refusal.invalid(
                    positionOf(call),
                    "BETWEEN cannot compare " + value + " and " + bound
                            + TypeRemedies.between("=", value, bound));
        }
    }

    private Expression function(RexCall call) {
        if (call.getOperator() instanceof Membership) {
            List<Expression> all = operands(call);
            Expression value = all.get(0);
            List<Expression> list = new ArrayList<>();
            for (Expression element : all.subList(1, all.size())) {
                list.add(like(call, list.size() + 1, element, value.type()));
            }
            return Expressions.in(value, list);
        }
        String name = call.getOperator().getName().equals("||")
                ? "CONCAT"
                : call.getOperator().getName();
        FunctionDefinition definition = functions.byName(name);
        if (definition == null) {
            throw Refusal.unsupported(
                    positionOf(call),
                    "'" + name
                            + "' is not supported: the reference of functions lists what there is");
        }
        return definition.call(arguments(definition, call));
    }

    /** The arguments of a function; a bare NULL gets a type that the function takes. */
    private List<Expression> arguments(FunctionDefinition definition, RexCall call) {
        List<Expression> operands = operands(call);
        List<Optional<Type>> types = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            boolean isNull =
                    call.getOperands().get(i).getType().getSqlTypeName() == SqlTypeName.NULL;
            types.add(isNull ? Optional.empty() : Optional.of(operands.get(i).type()));
        }
        List<Type> resolved =
                ArgumentTypes.resolved(definition, types).orElse(Substitution.types(operands));
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(like(call, i, operands.get(i), resolved.get(i)));
        }
        return arguments;
    }

    /** A number is negated at once, so that the least BIGINT can be written. */
    private Expression negated(RexCall call) {
        if (call.getOperands().get(0) instanceof RexLiteral literal
                && literal.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                && !literal.isNull()) {
            return RexLiterals.negated(literal);
        }
        return Expressions.negate(operand(call, 0));
    }

    private Expression comparison(ComparisonOperator operator, RexCall call) {
        List<Expression> pair = pair(call);
        return Expressions.comparison(operator, pair.get(0), pair.get(1));
    }

    private Expression arithmetic(ArithmeticOperator operator, RexCall call) {
        List<Expression> pair = pair(call);
        return Expressions.arithmetic(operator, pair.get(0), pair.get(1));
    }

    /** Two operands; a bare NULL has the type of the other. */
    private List<Expression> pair(RexCall call) {
        Expression left = operand(call, 0);
        Expression right = operand(call, 1);
        return List.of(like(call, 0, left, right.type()), like(call, 1, right, left.type()));
    }

    private static Expression like(RexCall call, int index, Expression operand, Type type) {
        boolean isBareNull =
                call.getOperands().get(index).getType().getSqlTypeName() == SqlTypeName.NULL;
        return isBareNull ? Expressions.literal(type, null) : operand;
    }

    private Expression caseWhen(RexCall call) {
        List<Expression> operands = operands(call);
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            conditions.add(operands.get(i));
            results.add(operands.get(i + 1));
        }
        return Expressions.caseWhen(conditions, results, operands.get(operands.size() - 1));
    }

    private static Type type(RexCall call) {
        RelDataType type = call.getType();
        return TypeFactory.toKernel(type)
                .orElseThrow(() -> Refusal.unsupported(
                        positionOf(call),
                        "type " + type.getSqlTypeName().getName()
                                + " is not supported (expected: BOOLEAN, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR or"
                                + " TIMESTAMP)"));
    }

    private List<Expression> operands(RexCall call) {
        List<Expression> operands = new ArrayList<>();
        call.getOperands().forEach(operand -> operands.add(expression(operand)));
        return operands;
    }

    private Expression operand(RexCall call, int index) {
        return expression(call.getOperands().get(index));
    }
}
