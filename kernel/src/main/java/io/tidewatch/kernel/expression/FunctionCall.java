package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.List;

/** A call of a function of the library; NULL if an argument is NULL. */
final class FunctionCall extends Expression {
    private final ScalarFunction function;
    private final RowKernel kernel;

    FunctionCall(ScalarFunction function, Type type, List<Expression> arguments, RowKernel kernel) {
        super(type, arguments, function.name());
        this.function = function;
        this.kernel = kernel;
    }

    String name() {
        return function.name();
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column[] columns = new Column[operands().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = evaluation.column(operand(i), selection);
        }
        Nulls nulls = Nulls.of(evaluation, selection, columns);
        Arguments arguments = new Arguments(columns, nulls, this);
        if (kernel instanceof RowKernel.ToLong toLong) {
            return longs(toLong, arguments, evaluation, selection);
        }
        if (kernel instanceof RowKernel.ToDouble toDouble) {
            return doubles(toDouble, arguments, evaluation, selection);
        }
        if (kernel instanceof RowKernel.ToBoolean toBoolean) {
            return booleans(toBoolean, arguments, evaluation, selection);
        }
        if (kernel instanceof RowKernel.ToText toText) {
            return texts(toText, arguments, evaluation, selection);
        }
        return slices((RowKernel.ToSlice) kernel, arguments, evaluation, selection);
    }

    private static Column longs(
            RowKernel.ToLong kernel,
            Arguments arguments,
            Evaluation evaluation,
            Selection selection) {
        long[] out = evaluation.longs();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (arguments.at(row)) {
                out[row] = kernel.apply(arguments);
            }
        }
        return new LongColumn(evaluation.rowCount(), out, arguments.nullMask());
    }

    private static Column doubles(
            RowKernel.ToDouble kernel,
            Arguments arguments,
            Evaluation evaluation,
            Selection selection) {
        double[] out = evaluation.doubles();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (arguments.at(row)) {
                out[row] = kernel.apply(arguments);
            }
        }
        return new DoubleColumn(evaluation.rowCount(), out, arguments.nullMask());
    }

    private static Column booleans(
            RowKernel.ToBoolean kernel,
            Arguments arguments,
            Evaluation evaluation,
            Selection selection) {
        boolean[] out = evaluation.booleans();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (arguments.at(row)) {
                out[row] = kernel.apply(arguments);
            }
        }
        return new BooleanColumn(evaluation.rowCount(), out, arguments.nullMask());
    }

    private static Column texts(
            RowKernel.ToText kernel,
            Arguments arguments,
            Evaluation evaluation,
            Selection selection) {
        ByteWriter out = evaluation.writer();
        int[] starts = evaluation.ints();
        int[] lengths = evaluation.ints();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (arguments.at(row)) {
                starts[row] = out.size();
                kernel.apply(arguments, out);
                lengths[row] = out.size() - starts[row];
            }
        }
        return new BytesColumn(
                evaluation.rowCount(), out.array(), starts, lengths, arguments.nullMask());
    }

    private static Column slices(
            RowKernel.ToSlice kernel,
            Arguments arguments,
            Evaluation evaluation,
            Selection selection) {
        int[] starts = evaluation.ints();
        int[] lengths = evaluation.ints();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (arguments.at(row)) {
                kernel.apply(arguments);
                starts[row] = arguments.sliceStart();
                lengths[row] = arguments.sliceLength();
            }
        }
        return new BytesColumn(
                evaluation.rowCount(), arguments.bytesAt(0), starts, lengths, arguments.nullMask());
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return function.call(newOperands);
    }

    @Override
    void write(SqlText out) {
        out.append(function.name()).append("(").list(operands(), ", ").append(")");
    }
}
