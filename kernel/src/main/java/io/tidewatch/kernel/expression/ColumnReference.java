package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/** A column of the batch, by its place in the schema. */
final class ColumnReference extends Expression {
    private final int index;

    ColumnReference(int index, Type type) {
        super(type, List.of(), index);
        this.index = index;
    }

    int index() {
        return index;
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        return evaluation.batch().column(index);
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return this;
    }

    @Override
    void write(SqlText out) {
        out.column(index);
    }
}
