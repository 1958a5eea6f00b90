package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A function of the library, put together by {@link Builder}. Most functions are a signature and a kernel; some are
 * expressed by other expressions.
 */
final class ScalarFunction implements FunctionDefinition {
    private final String name;
    private final String syntax;
    private final String description;
    private final FunctionCategory category;
    private final List<FunctionExample> examples;
    private final Typing typing;
    private final Making making;

    /** The types of a call: what the arguments are brought to, and the result. */
    record Signature(Type result, List<Type> arguments) {}

    /** Chooses the signature for arguments of these types; empty if they do not fit. */
    interface Typing extends Function<List<Type>, Optional<Signature>> {}

    /** Makes a call with arguments of the types of the signature. */
    interface Making {
        Expression make(ScalarFunction function, Type result, List<Expression> arguments);
    }

    /** Makes the kernel of a call, once, from its arguments, of which some may be literals that say how. */
    interface Binding {
        RowKernel bind(List<Expression> arguments);
    }

    private ScalarFunction(Builder builder, Making making) {
        name = builder.name;
        syntax = builder.syntax;
        description = builder.description;
        category = builder.category;
        examples = List.copyOf(builder.examples);
        typing = builder.typing;
        this.making = making;
    }

    static Builder define(FunctionCategory category, String syntax, String description) {
        return new Builder(category, syntax, description);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String syntax() {
        return syntax;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public FunctionCategory category() {
        return category;
    }

    @Override
    public List<FunctionExample> examples() {
        return examples;
    }

    @Override
    public Optional<Type> resultType(List<Type> argumentTypes) {
        return typing.apply(argumentTypes).map(Signature::result);
    }

    @Override
    public Expression call(List<Expression> arguments) {
        List<Type> types = arguments.stream().map(Expression::type).toList();
        Signature signature = typing.apply(types)
                .orElseThrow(() -> Expressions.invalid(name + " does not take ("
                        + String.join(", ", types.stream().map(Type::toString).toList())
                        + "); write " + syntax));
        List<Expression> coerced = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(Expressions.coerced(arguments.get(i), signature.arguments.get(i)));
        }
        return making.make(this, signature.result, coerced);
    }

    /** The value of a VARCHAR argument that says how, and so must be a literal. */
    static String literalText(Expression argument, String function, String what) {
        if (argument instanceof Literal literal && literal.value() instanceof String text) {
            return text;
        }
        throw notLiteral(argument, function, what);
    }

    /** The value of a BIGINT argument that says how, and so must be a literal. */
    static long literalNumber(Expression argument, String function, String what) {
        if (argument instanceof Literal literal && literal.value() instanceof Long number) {
            return number;
        }
        throw notLiteral(argument, function, what);
    }

    private static RuntimeException notLiteral(Expression argument, String function, String what) {
        return Expressions.invalid(function + ": the " + what + " must be a literal, not "
                + argument + "; use CASE to choose between several");
    }

    /** Whether an argument of type {@code from} is taken where {@code to} is asked for. */
    static boolean isAccepted(Type from, Type to) {
        return from.equals(to) || to.kind() == TypeKind.DOUBLE && from.isNumeric();
    }

    /** Collects what a function is. */
    static final class Builder {
        private final String name;
        private final String syntax;
        private final String description;
        private final FunctionCategory category;
        private final List<FunctionExample> examples = new ArrayList<>();
        private Typing typing = types -> Optional.empty();

        private Builder(FunctionCategory category, String syntax, String description) {
            this.category = category;
            this.syntax = syntax;
            this.description = description;
            int parenthesis = syntax.indexOf('(');
            this.name = syntax.substring(0, parenthesis);
        }

        /** Arguments of exactly these types (or numbers where DOUBLE is asked for). */
        Builder takes(Type result, Type... arguments) {
            return takes(arguments.length, result, arguments);
        }

        /** As {@link #takes(Type, Type...)}, of which only the first {@code required} must be given. */
        Builder takes(int required, Type result, Type... arguments) {
            List<Type> parameters = List.of(arguments);
            Typing before = typing;
            typing = types -> {
                Optional<Signature> earlier = before.apply(types);
                if (earlier.isPresent()
                        || types.size() < required
                        || types.size() > parameters.size()) {
                    return earlier;
                }
                for (int i = 0; i < types.size(); i++) {
                    if (!isAccepted(types.get(i), parameters.get(i))) {
                        return Optional.empty();
                    }
                }
                return Optional.of(new Signature(result, parameters.subList(0, types.size())));
            };
            return this;
        }

        Builder typed(Typing chosen) {
            typing = chosen;
            return this;
        }

        /** An example whose text is the name and the arguments in parentheses. */
        Builder example(String expected, Expression... arguments) {
            SqlText text = new SqlText(index -> "$" + index);
            text.append(name).append("(").list(List.of(arguments), ", ").append(")");
            return exampleAs(text.toString(), expected, arguments);
        }

        /** An example with a syntax of its own. */
        Builder exampleAs(String sql, String expected, Expression... arguments) {
            examples.add(new FunctionExample(sql, List.of(arguments), expected));
            return this;
        }

        /** An example whose result is NULL. */
        Builder exampleOfNull(Expression... arguments) {
            example("", arguments);
            FunctionExample last = examples.remove(examples.size() - 1);
            examples.add(new FunctionExample(last.sql(), last.arguments(), null));
            return this;
        }

        ScalarFunction computes(RowKernel kernel) {
            return binds(arguments -> kernel);
        }

        ScalarFunction binds(Binding binding) {
            return new ScalarFunction(
                    this,
                    (function, result, arguments) ->
                            new FunctionCall(function, result, arguments, binding.bind(arguments)));
        }

        /** A function that other expressions express. */
        ScalarFunction means(Function<List<Expression>, Expression> meaning) {
            return new ScalarFunction(
                    this, (function, result, arguments) -> meaning.apply(arguments));
        }
    }
}
