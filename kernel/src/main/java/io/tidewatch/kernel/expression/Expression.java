package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A computation of one value per row from the columns of a batch. Immutable; two expressions are equal when they compute
 * the same thing in the same way, so that {@link Evaluation} recognises what several monitors have in common.
 *
 * <p>Made by {@link Expressions} and {@link FunctionDefinition}, evaluated by {@link Evaluation#column}.
 */
public abstract class Expression {
    /** The limit {@code expression_depth}: a deeper nesting is refused, so that recursion over it is safe. */
    public static final int DEPTH_MAX = 400;

    private final Type type;
    private final List<Expression> operands;
    private final @Nullable Object detail;
    private final boolean constant;
    private final int depth;
    private final int hash;

    /**
     * @param detail what tells this expression from another of its class, type and operands; compared by {@code equals}
     */
    Expression(Type type, List<Expression> operands, @Nullable Object detail) {
        this.type = type;
        this.operands = List.copyOf(operands);
        this.detail = detail;
        boolean allConstant = !(this instanceof ColumnReference);
        int deepest = 0;
        for (Expression operand : this.operands) {
            allConstant &= operand.constant;
            deepest = Math.max(deepest, operand.depth);
        }
        constant = allConstant;
        depth = deepest + 1;
        if (depth > DEPTH_MAX) {
            throw new TidewatchException(
                    ErrorCode.QUERY_INVALID,
                    "the expression is nested more than " + DEPTH_MAX
                            + " deep (limit expression_depth); compute parts of it in a subquery");
        }
        hash = Objects.hash(
                getClass().getName(), type.toString(), this.operands, Objects.hashCode(detail));
    }

    /** The values of the rows of {@code selection}; other rows of the column are undefined. */
    abstract Column evaluate(Evaluation evaluation, Selection selection);

    /** The same operation on other operands, of which there are as many and of the same types. */
    abstract Expression withOperands(List<Expression> newOperands);

    /** Writes the expression as SQL. */
    abstract void write(SqlText out);

    public final Type type() {
        return type;
    }

    public final List<Expression> operands() {
        return operands;
    }

    final Expression operand(int index) {
        return operands.get(index);
    }

    /** Whether it reads no column, and so has the same value, or the same failure, in every row. */
    public final boolean isConstant() {
        return constant;
    }

    /**
     * This expression over the input of a projection: column {@code i} is replaced by {@code replacements.get(i)}.
     *
     * @throws IllegalArgumentException if a replacement has another type than the column
     */
    public final Expression withColumns(List<Expression> replacements) {
        if (this instanceof ColumnReference reference) {
            Expression replacement = replacements.get(reference.index());
            if (!replacement.type.equals(type)) {
                throw new IllegalArgumentException("replacement of column " + reference.index()
                        + ": " + replacement.type + " (expected: " + type + ")");
            }
            return replacement;
        }
        if (constant) {
            return this;
        }
        List<Expression> replaced = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            replaced.add(operand.withColumns(replacements));
        }
        return withOperands(replaced);
    }

    /** This expression with every constant part that does not fail replaced by its value. */
    public final Expression folded() {
        if (this instanceof Literal || this instanceof ColumnReference) {
            return this;
        }
        if (constant) {
            Literal value = Evaluation.constant(this);
            if (value != null) {
                return value;
            }
        }
        List<Expression> folded = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            folded.add(operand.folded());
        }
        return folded.equals(operands) ? this : withOperands(folded);
    }

    /** Calls {@code consumer} for the index of every column that is read, from left to right, with repetitions. */
    public final void forEachColumn(IntConsumer consumer) {
        if (this instanceof ColumnReference reference) {
            consumer.accept(reference.index());
        }
        for (Expression operand : operands) {
            operand.forEachColumn(consumer);
        }
    }

    /** The expression as SQL, with the names that {@code schema} gives to the columns. */
    public final String toSql(Schema schema) {
        return toSql(index -> schema.field(index).name());
    }

    public final String toSql(IntFunction<String> columnNames) {
        SqlText text = new SqlText(columnNames);
        text.write(this);
        return text.toString();
    }

    /** The expression as SQL, with columns as {@code $0}, {@code $1}, … */
    @Override
    public final String toString() {
        return toSql(index -> "$" + index);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Expression that
                        && hash == that.hash
                        && getClass() == that.getClass()
                        && type.equals(that.type)
                        && Objects.equals(detail, that.detail)
                        && operands.equals(that.operands);
    }

    @Override
    public final int hashCode() {
        return hash;
    }
}
