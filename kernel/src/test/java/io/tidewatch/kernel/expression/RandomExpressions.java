package io.tidewatch.kernel.expression;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random expressions over given columns, of every operation and function, each of a wanted type. */
public final class RandomExpressions {
    private static final int ATTEMPTS_MAX = 20;

    private final List<Type> columns;
    private final List<FunctionDefinition> functions;
    private final Choices choices;

    public RandomExpressions(List<Type> columns, Functions functions, Choices choices) {
        this.columns = columns;
        this.functions = functions.all();
        this.choices = choices;
    }

    /** An expression of exactly that type, nested up to {@code depth} deep beyond casts. */
    public Expression ofType(Type type, int depth) {
        for (int attempt = 0; depth > 0 && attempt < ATTEMPTS_MAX; attempt++) {
            Expression made = attempt(type, depth - 1);
            if (made != null && made.type().equals(type)) {
                return made;
            }
        }
        return leaf(type);
    }

    /** Nothing for types that do not fit together, as queries of people may have them. */
    private @Nullable Expression attempt(Type type, int depth) {
        try {
            return operation(type, depth);
        } catch (TidewatchException e) {
            return null;
        }
    }

    private Expression leaf(Type type) {
        List<Expression> matching = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equals(type)) {
                matching.add(Expressions.column(i, type));
            }
        }
        if (!matching.isEmpty() && !choices.oneIn(4)) {
            return choices.of(matching);
        }
        return literal(type);
    }

    private Expression literal(Type type) {
        return Expressions.literal(
                type, choices.oneIn(8) ? null : RandomValues.value(type, choices));
    }

    private @Nullable Expression operation(Type type, int depth) {
        return switch (choices.upTo(5)) {
            case 0 -> function(type, depth);
            case 1 -> conditional(type, depth);
            case 2 -> {
                Type from = choices.oneIn(3) ? Type.VARCHAR : RandomValues.type(choices);
                yield Expressions.cast(ofType(from, depth), type, choices.oneIn(3));
            }
            default -> type.kind() == TypeKind.BOOLEAN ? predicate(depth) : arithmetic(type, depth);
        };
    }

    private Expression conditional(Type type, int depth) {
        return switch (choices.upTo(2)) {
            case 0 ->
                Expressions.caseWhen(
                        List.of(ofType(Type.BOOLEAN, depth), ofType(Type.BOOLEAN, depth)),
                        List.of(ofType(type, depth), ofType(type, depth)),
                        ofType(type, depth));
            case 1 -> Expressions.coalesce(List.of(ofType(type, depth), ofType(type, depth)));
            default -> Expressions.nullIf(ofType(type, depth), ofType(type, depth));
        };
    }

    private Expression predicate(int depth) {
        return switch (choices.upTo(9)) {
            case 0 -> Expressions.and(booleans(depth));
            case 1 -> Expressions.or(booleans(depth));
            case 2 -> Expressions.not(ofType(Type.BOOLEAN, depth));
            case 3 -> Expressions.isNull(ofType(RandomValues.type(choices), depth));
            case 4 -> Expressions.isTrue(ofType(Type.BOOLEAN, depth));
            case 5 -> Expressions.isFalse(ofType(Type.BOOLEAN, depth));
            case 6 -> in(depth);
            case 7 -> like(depth);
            default -> comparison(depth);
        };
    }

    private List<Expression> booleans(int depth) {
        List<Expression> operands = new ArrayList<>();
        int count = choices.between(2, 3);
        for (int i = 0; i < count; i++) {
            operands.add(ofType(Type.BOOLEAN, depth));
        }
        return operands;
    }

    private Expression comparison(int depth) {
        Type left = RandomValues.type(choices);
        Type right = left.isNumeric() ? number() : left;
        ComparisonOperator operator = choices.of(ComparisonOperator.values());
        Expression a = ofType(left, depth);
        Expression b = choices.flag() ? literal(right) : ofType(right, depth);
        return choices.oneIn(5)
                ? Expressions.isNotDistinctFrom(a, b)
                : Expressions.comparison(operator, a, b);
    }

    private Type number() {
        return switch (choices.upTo(2)) {
            case 0 -> Type.BIGINT;
            case 1 -> Type.DOUBLE;
            default -> RandomValues.decimal(choices);
        };
    }

    private Expression in(int depth) {
        Type type = RandomValues.type(choices);
        List<Expression> list = new ArrayList<>();
        boolean literals = choices.flag();
        int count = choices.between(1, 12);
        for (int i = 0; i < count; i++) {
            Type element = type.isNumeric() && choices.oneIn(6) ? number() : type;
            list.add(literals ? literal(element) : ofType(element, 0));
        }
        return Expressions.in(ofType(type, depth), list);
    }

    private Expression like(int depth) {
        StringBuilder pattern = new StringBuilder();
        int length = choices.upTo(5);
        for (int i = 0; i < length; i++) {
            pattern.append(choices.of("%", "%", "_", "a", "b", "A", "é", "😀", "!%", "!!"));
        }
        return Expressions.like(
                ofType(Type.VARCHAR, depth),
                Expressions.literal(pattern.toString()),
                Expressions.literal("!"));
    }

    private @Nullable Expression arithmetic(Type type, int depth) {
        if (type.kind() == TypeKind.VARCHAR) {
            return null;
        }
        if (choices.oneIn(6)) {
            return Expressions.negate(ofType(type, depth));
        }
        Type left = type.isNumeric() && choices.flag() ? number() : type;
        Type right = type.isNumeric() ? number() : RandomValues.type(choices);
        Expression made = Expressions.arithmetic(
                choices.of(ArithmeticOperator.values()), ofType(left, depth), ofType(right, depth));
        return made.type().isNumeric() && type.isNumeric()
                ? Expressions.cast(made, type, false)
                : made;
    }

    /** A function with the types of one of its examples; arguments that must be literals are those of the example. */
    private Expression function(Type type, int depth) {
        FunctionDefinition function = choices.of(functions);
        FunctionExample example = choices.of(function.examples());
        List<Expression> arguments = new ArrayList<>(example.arguments());
        for (int i = 0; i < arguments.size(); i++) {
            Expression before = arguments.get(i);
            arguments.set(i, ofType(before.type(), depth));
            if (!isCallable(function, arguments)) {
                arguments.set(i, before);
            }
        }
        Expression call = function.call(arguments);
        boolean convertible = call.type().isNumeric() && type.isNumeric();
        return convertible ? Expressions.cast(call, type, false) : call;
    }

    private static boolean isCallable(FunctionDefinition function, List<Expression> arguments) {
        try {
            function.call(arguments);
            return true;
        } catch (TidewatchException e) {
            return false;
        }
    }
}
