package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What constant expressions give, as text: the value, NULL, or the code of the failure. */
final class Results {
    private static final Functions FUNCTIONS = Functions.with(new JdkTextPatterns());

    private Results() {}

    static String of(Expression expression) {
        Evaluation evaluation = new Evaluation();
        evaluation.start(new Batch(new Schema(List.of()), 1));
        evaluation.beginScope();
        Object value =
                Values.get(expression.type(), evaluation.column(expression, Selection.all(1)), 0);
        Failures failures = evaluation.endScope();
        if (!failures.isEmpty()) {
            return failures.code(0).name();
        }
        return value == null ? "NULL" : InterpretedCast.text(value, expression.type());
    }

    /** The result of a call, checked to be that of the twin. */
    static String call(String function, @Nullable Object... arguments) {
        Expression call = expression(function, arguments);
        String result = of(call);
        String twin;
        try {
            Object value = Interpreter.evaluate(call, column -> null);
            twin = value == null ? "NULL" : InterpretedCast.text(value, call.type());
        } catch (RowFailure e) {
            twin = e.code().name();
        }
        if (!twin.equals(result)) {
            throw new AssertionError(call + " is " + result + ", but for the twin " + twin);
        }
        return result;
    }

    /** A call with arguments that are expressions, or values of which the type follows. */
    static Expression expression(String function, @Nullable Object... arguments) {
        FunctionDefinition definition = FUNCTIONS.byName(function);
        if (definition == null) {
            throw new AssertionError("no function " + function);
        }
        return definition.call(
                java.util.Arrays.stream(arguments).map(Results::literal).toList());
    }

    static Expression literal(@Nullable Object value) {
        if (value instanceof Expression expression) {
            return expression;
        }
        if (value instanceof Integer number) {
            return Expressions.literal(number.longValue());
        }
        if (value instanceof Long number) {
            return Expressions.literal(number);
        }
        if (value instanceof Double number) {
            return Expressions.literal(number);
        }
        if (value instanceof Boolean flag) {
            return Expressions.literal(flag);
        }
        if (value instanceof BigDecimal number) {
            int precision = Math.max(number.precision(), number.scale());
            return Expressions.literal(Type.decimal(precision, number.scale()), number);
        }
        return Expressions.literal(Type.VARCHAR, value);
    }

    static Expression decimal(String text) {
        return literal(new BigDecimal(text));
    }

    /** A TIMESTAMP, from RFC 3339. */
    static Expression time(String text) {
        return Expressions.literal(Type.TIMESTAMP, java.time.Instant.parse(text).toEpochMilli());
    }
}
