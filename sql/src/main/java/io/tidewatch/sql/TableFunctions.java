package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads the calls of window table functions. */
final class TableFunctions {
    private final Functions functions;
    private final RexCall call;
    private final SqlParserPos pos;

    TableFunctions(Functions functions, RexCall call) {
        this.functions = functions;
        this.call = call;
        this.pos = Scalars.positionOf(call);
    }

    SqlParserPos pos() {
        return pos;
    }

    /** The windows of the call over a pipe with such columns. */
    TableWindows over(List<Expression> columns, List<String> names) {
        List<RexNode> operands = call.getOperands();
        Expression time = columns.get(descriptor(operands.get(0)).get(0));
        List<Expression> keys = new ArrayList<>();
        List<String> keyNames = new ArrayList<>();
        List<Long> intervals = new ArrayList<>();
        for (RexNode operand : operands.subList(1, operands.size())) {
            if (operand.getKind() == SqlKind.DESCRIPTOR) {
                for (int column : descriptor(operand)) {
                    keys.add(columns.get(column));
                    keyNames.add(names.get(column));
                }
            } else if (operand.getKind() != SqlKind.DEFAULT) {
                intervals.add(interval(operand));
            }
        }
        return new TableWindows(windowing(intervals), time, keys, keyNames);
    }

    private static List<Integer> descriptor(RexNode node) {
        List<Integer> columns = new ArrayList<>();
        for (RexNode operand : ((RexCall) node).getOperands()) {
            columns.add(((RexInputRef) operand).getIndex());
        }
        return columns;
    }

    private long interval(RexNode node) {
        Expression expression = new Scalars(functions, List.of(), List.of()).expression(node);
        if (expression.type().equals(Type.INTERVAL_MONTH)) {
            throw Refusal.unsupported(
                    pos,
                    "months and years have no fixed length: write days, or give the monitor window: {size: 1d, zone: …} in"
                            + " place of the table function");
        }
        Object value = expression.isConstant() ? Constants.valueOf(expression, pos) : null;
        if (!(value instanceof Long millis)) {
            throw Refusal.invalid(
                    pos, "the length of a window is a constant (expected: INTERVAL '1' MINUTE)");
        }
        return millis;
    }

    private Windowing windowing(List<Long> intervals) {
        long first = intervals.get(0);
        long second = intervals.size() > 1 ? intervals.get(1) : 0;
        long third = intervals.size() > 2 ? intervals.get(2) : 0;
        return switch (((WindowFunction) call.getOperator()).windowKind()) {
            case TUMBLE -> grid(() -> Windows.tumbling(first, second));
            case HOP -> grid(() -> Windows.hopping(second, first, third));
            case CUMULATE -> grid(() -> Windows.cumulating(second, first, third));
            case SESSION -> session(first);
        };
    }

    private Windowing grid(Supplier<Windows> windows) {
        try {
            return new Windowing.Grid(windows.get());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(pos, String.valueOf(e.getMessage()));
        }
    }

    private Windowing session(long gapMillis) {
        try {
            return new Windowing.Session(gapMillis);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(pos, String.valueOf(e.getMessage()));
        }
    }
}
