package io.tidewatch.alerting.template;

import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value. */
sealed interface Operand {
    Type type();

    @Nullable
    Object evaluate(TemplateContext context);

    /** How messages call it. */
    String name();

    /** A text or number that stands in the template. */
    record Constant(Type type, Object value) implements Operand {
        @Override
        public Object evaluate(TemplateContext context) {
            return value;
        }

        @Override
        public String name() {
            return "'" + value + "'";
        }
    }

    record Label(String label) implements Operand {
        @Override
        public Type type() {
            return Type.VARCHAR;
        }

        @Override
        public Object evaluate(TemplateContext context) {
            return context.label(label);
        }

        @Override
        public String name() {
            return "'$labels." + label + "'";
        }
    }

    record Value(String column, int index, Type type) implements Operand {
        @Override
        public @Nullable Object evaluate(TemplateContext context) {
            return context.value(index);
        }

        @Override
        public String name() {
            return "'$value." + column + "'";
        }
    }

    /** A function of other operands; its value is always a text. */
    record Call(TemplateFunction function, List<Operand> arguments) implements Operand {
        @Override
        public Type type() {
            return Type.VARCHAR;
        }

        @Override
        public Object evaluate(TemplateContext context) {
            return function.apply(arguments, context);
        }

        @Override
        public String name() {
            return "the text of '" + function.word() + "'";
        }
    }
}
