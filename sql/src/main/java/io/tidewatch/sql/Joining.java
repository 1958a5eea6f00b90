package io.tidewatch.sql;

import io.tidewatch.kernel.expression.ArithmeticOperator;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes a link that joins the rows of two windowed inputs on their window. */
final class Joining {
    private final Links links;
    private final @Nullable Windowing monitorWindow;
    private final Functions functions;
    private final SqlParserPos pos;
    private final Feed left;
    private final Feed right;
    private final boolean keepsUnmatched;
    private final List<String> names;

    private boolean sameStart;
    private boolean sameEnd;
    private final List<Expression> leftKeys = new ArrayList<>();
    private final List<Expression> rightKeys = new ArrayList<>();
    private final List<RexNode> others = new ArrayList<>();

    Joining(
            Links links,
            @Nullable Windowing monitorWindow,
            Functions functions,
            Flow left,
            Flow right,
            boolean keepsUnmatched,
            SqlParserPos pos) {
        this.links = links;
        this.monitorWindow = monitorWindow;
        this.functions = functions;
        this.pos = pos;
        this.keepsUnmatched = keepsUnmatched;
        this.names = new ArrayList<>(left.names());
        names.addAll(right.names());
        this.left = windowed(left);
        this.right = windowed(right);
    }

    private Feed windowed(Flow flow) {
        for (Pipe pipe : flow.pipes()) {
            boolean pending = pipe instanceof Feed feed && feed.windows() != null;
            if (pipe.span() == null && !pending) {
                throw Refusal.unsupported(
                        pos,
                        "rows of streams are not joined one by one, only per window: read each FROM TABLE(TUMBLE(…)), or"
                                + " aggregate it, and add a.window_start = b.window_start AND a.window_end = b.window_end to"
                                + " ON; what changes rarely is declared as a reference table (tables:)");
            }
        }
        return links.windowed(flow);
    }

    Draft draft(RexNode condition) {
        for (RexNode part : RelOptUtil.conjunctions(condition)) {
            if (!isKey(part)) {
                others.add(part);
            }
        }
        Span leftSpan = left.span() == null ? Span.UNKNOWN : left.span();
        Span rightSpan = right.span() == null ? Span.UNKNOWN : right.span();
        boolean implied = monitorWindow != null && !sameStart && !sameEnd;
        boolean told =
                leftSpan.isToldBy(sameStart, sameEnd) && rightSpan.isToldBy(sameStart, sameEnd);
        if (!implied && !told) {
            throw Refusal.unsupported(
                    pos,
                    "streams are joined on their window only: add a.window_start = b.window_start AND a.window_end ="
                            + " b.window_end to ON");
        }
        if (leftSpan.differsFrom(rightSpan)) {
            throw Refusal.unsupported(
                    pos,
                    "the two sides have different windows, which never match: give both the same");
        }
        return joined(leftSpan.windowing() == null ? rightSpan : leftSpan);
    }

    /** Takes an equality of both sides as part of the key, or of the window. */
    private boolean isKey(RexNode part) {
        if (part.getKind() != SqlKind.EQUALS) {
            return false;
        }
        RexNode first = ((RexCall) part).getOperands().get(0);
        RexNode second = ((RexCall) part).getOperands().get(1);
        int width = left.columns().size();
        if (readsOnly(first, 0, width) && readsOnly(second, width, Integer.MAX_VALUE)) {
            return addKey(over(first), over(second));
        }
        if (readsOnly(second, 0, width) && readsOnly(first, width, Integer.MAX_VALUE)) {
            return addKey(over(second), over(first));
        }
        return false;
    }

    private boolean addKey(Expression ofLeft, Expression ofRight) {
        Expression first = Substitution.apply(ofLeft, padded(left.columns(), right.columns()));
        Expression second =
                Substitution.apply(ofRight, behind(left.columns().size(), right.columns()));
        if (left.isWindowStart(first) && right.isWindowStart(second)) {
            sameStart = true;
            return true;
        }
        if (left.isWindowEnd(first) && right.isWindowEnd(second)) {
            sameEnd = true;
            return true;
        }
        Type common = Expressions.commonType(List.of(first.type(), second.type()))
                .orElseThrow(
                        () -> Refusal.invalid(
                                pos,
                                "the two sides of ON cannot be compared: CAST one to the type of the other"));
        leftKeys.add(Expressions.cast(first, common, false));
        rightKeys.add(Expressions.cast(second, common, false));
        return true;
    }

    /** The columns of the left side, with nothing in the places of the right. */
    private static List<Expression> padded(List<Expression> columns, List<Expression> others) {
        List<Expression> padded = new ArrayList<>(columns);
        others.forEach(other -> padded.add(Expressions.literal(other.type(), null)));
        return padded;
    }

    private List<Expression> behind(int width, List<Expression> columns) {
        List<Expression> padded = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            padded.add(Expressions.literal(left.columns().get(i).type(), null));
        }
        padded.addAll(columns);
        return padded;
    }

    /** An expression over the columns of the left side, then those of the right. */
    private Expression over(RexNode node) {
        List<Type> types = new ArrayList<>(Substitution.types(left.columns()));
        types.addAll(Substitution.types(right.columns()));
        return new Scalars(functions, Substitution.columns(types), names).expression(node);
    }

    static boolean readsOnly(RexNode node, int first, int behind) {
        boolean[] found = {false, false};
        node.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitInputRef(RexInputRef reference) {
                found[reference.getIndex() >= first && reference.getIndex() < behind ? 0 : 1] =
                        true;
                return null;
            }
        });
        return found[0] && !found[1];
    }

    private Draft joined(Span span) {
        List<Expression> leftRow = projected(left, leftKeys, false);
        List<Expression> rightRow = projected(right, rightKeys, keepsUnmatched);
        int windowStart = leftRow.size() + rightRow.size();
        List<Expression> columns = new ArrayList<>();
        left.columns()
                .forEach(column -> columns.add(shaped(left, column, leftRow, 0, windowStart)));
        right.columns()
                .forEach(column ->
                        columns.add(shaped(right, column, rightRow, leftRow.size(), windowStart)));
        Expression condition = null;
        for (RexNode other : others) {
            condition = Substitution.and(condition, Substitution.apply(over(other), columns));
        }
        return new Draft(
                List.of(Links.input(left, leftRow), Links.input(right, rightRow)),
                new Join(
                        leftKeys.size(),
                        condition == null ? null : condition.folded(),
                        keepsUnmatched),
                windowStart,
                span,
                null,
                columns,
                key(leftRow, rightRow, windowStart),
                true);
    }

    /** The keys of the join, then the columns, then the key of the rows; the window's columns only if they may be NULL. */
    private static List<Expression> projected(
            Feed feed, List<Expression> keys, boolean withWindow) {
        List<Expression> row = new ArrayList<>(keys);
        List<Expression> wanted = new ArrayList<>(feed.columns());
        feed.key().columns().forEach(part -> wanted.add(part.expression()));
        for (Expression column : wanted) {
            boolean isWindow = feed.isWindowStart(column) || feed.isWindowEnd(column);
            if ((withWindow || !isWindow) && !row.contains(column)) {
                row.add(column);
            }
        }
        return row;
    }

    private static Expression shaped(
            Feed feed, Expression column, List<Expression> row, int shift, int windowStart) {
        int index = row.indexOf(column);
        if (index >= 0) {
            return Expressions.column(index + shift, column.type());
        }
        return Expressions.column(
                feed.isWindowStart(column) ? windowStart : windowStart + 1, Type.TIMESTAMP);
    }

    /** The key of the left side, then of the right what does not follow from the left row, as what ON equates does. */
    private RowKey key(List<Expression> leftRow, List<Expression> rightRow, int windowStart) {
        RowKey ofLeft = left.key().map(part -> shaped(left, part, leftRow, 0, windowStart));
        RowKey ofRight =
                right.key().map(part -> shaped(right, part, rightRow, leftRow.size(), windowStart));
        List<OutputColumn> parts = new ArrayList<>();
        List<@Nullable Expression> outside = new ArrayList<>();
        for (int i = 0; i < ofLeft.parts().size(); i++) {
            addPart(parts, ofLeft.parts().get(i));
            outside.add(ofLeft.outside(i));
        }
        for (int i = 0; i < ofRight.parts().size(); i++) {
            if (!rightKeys.contains(right.key().parts().get(i).expression())) {
                addPart(parts, ofRight.parts().get(i));
                outside.add(zeroIfUnmatched(ofRight.outside(i)));
            }
        }
        return new RowKey(
                parts,
                GroupingBits.ofKey(outside, pos),
                branch(ofLeft.branch(), zeroIfUnmatched(ofRight.branch())),
                GroupingBits.branches((long) ofLeft.branches() * ofRight.branches(), pos));
    }

    private static void addPart(List<OutputColumn> parts, OutputColumn part) {
        Set<String> taken = new TreeSet<>();
        parts.forEach(other -> taken.add(other.name()));
        parts.add(new OutputColumn(Links.free(part.name(), taken), part.expression()));
    }

    /** A left row without a match has NULL on the right. */
    private @Nullable Expression zeroIfUnmatched(@Nullable Expression number) {
        return number == null || !keepsUnmatched
                ? number
                : Expressions.coalesce(List.of(number, Expressions.literal(0)));
    }

    /** One number for each pair of branches. */
    private @Nullable Expression branch(@Nullable Expression ofLeft, @Nullable Expression ofRight) {
        if (ofLeft == null || ofRight == null) {
            return ofLeft == null ? ofRight : ofLeft;
        }
        Expression first = Expressions.arithmetic(
                ArithmeticOperator.MULTIPLY,
                ofLeft,
                Expressions.literal(right.key().branches()));
        return GroupingBits.plus(first, ofRight);
    }
}
