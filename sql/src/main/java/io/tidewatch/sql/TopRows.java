package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes a link that keeps the first rows of each window: a numbering with the filter above it. */
final class TopRows {
    private final Links links;
    private final @Nullable Windowing monitorWindow;
    private final Functions functions;
    private final Part.Ranking ranking;
    private final SqlParserPos pos;

    TopRows(
            Links links,
            @Nullable Windowing monitorWindow,
            Functions functions,
            Part.Ranking ranking) {
        this.links = links;
        this.monitorWindow = monitorWindow;
        this.functions = functions;
        this.ranking = ranking;
        this.pos = Scalars.positionOf(ranking.over());
    }

    /** What says that a numbering has no filter. */
    Refusal withoutLimit() {
        return Refusal.unsupported(
                pos,
                "ROW_NUMBER is supported only to keep the first rows of each window: put the query into FROM (…) and filter"
                        + " its number, as WHERE place <= 10");
    }

    /** @param condition over the columns of the ranking's input, then the rank */
    Flow filtered(RexNode condition, List<RexNode> columns, List<String> names) {
        Feed feed = input();
        int rank = feed.columns().size();
        int limit = limit(condition, rank);
        List<Expression> projected = new ArrayList<>(feed.columns());
        for (OutputColumn part : feed.key().columns()) {
            place(part.expression(), projected);
        }
        List<Integer> partition = partition(feed, projected);
        List<TopN.Order> orders = orders(feed, projected);
        int windowStart = projected.size() + 1;
        LinkInput link = Links.input(feed, projected);
        List<Expression> row = shapedRow(feed, projected.size(), windowStart);
        Scalars scalars = new Scalars(functions, row, rowNames());
        List<Expression> shaped = new ArrayList<>();
        columns.forEach(column -> shaped.add(scalars.expression(column)));
        RowKey key =
                feed.key().map(part -> Expressions.column(projected.indexOf(part), part.type()));
        Draft draft = new Draft(
                List.of(link),
                new TopN(partition, orders, limit),
                windowStart,
                feed.span(),
                scalars.expression(condition),
                shaped,
                key,
                false);
        return new Flow(List.of(draft), names);
    }

    private List<String> rowNames() {
        List<String> names = new ArrayList<>(ranking.input().names());
        names.add("ROW_NUMBER()");
        return names;
    }

    /** The columns of the input and the rank, over the shaped row. */
    private static List<Expression> shapedRow(Feed feed, int width, int windowStart) {
        List<Expression> row = new ArrayList<>();
        for (int i = 0; i < feed.columns().size(); i++) {
            Expression column = feed.columns().get(i);
            if (feed.isWindowStart(column)) {
                row.add(Expressions.column(windowStart, Type.TIMESTAMP));
            } else if (feed.isWindowEnd(column)) {
                row.add(Expressions.column(windowStart + 1, Type.TIMESTAMP));
            } else {
                row.add(Expressions.column(i, column.type()));
            }
        }
        row.add(Expressions.column(width, Type.BIGINT));
        return row;
    }

    private Feed input() {
        for (Pipe pipe : ranking.input().pipes()) {
            boolean pending = pipe instanceof Feed feed && feed.windows() != null;
            if (pipe.span() == null && !pending) {
                throw Refusal.unsupported(
                        pos,
                        "the first rows are kept per window, and these rows have none: read FROM TABLE(TUMBLE(…)) and"
                                + " PARTITION BY window_start, window_end, or number the rows of an aggregation");
            }
        }
        return links.windowed(ranking.input());
    }

    private List<Integer> partition(Feed feed, List<Expression> projected) {
        boolean start = false;
        boolean end = false;
        List<Integer> partition = new ArrayList<>();
        for (RexNode node : ranking.over().getWindow().partitionKeys) {
            Expression column = over(feed, node);
            if (feed.isWindowStart(column)) {
                start = true;
            } else if (feed.isWindowEnd(column)) {
                end = true;
            } else {
                partition.add(place(column, projected));
            }
        }
        Span span = feed.span() == null ? Span.UNKNOWN : feed.span();
        boolean implied = monitorWindow != null && !start && !end;
        if (!implied && !span.isToldBy(start, end)) {
            throw Refusal.unsupported(
                    pos,
                    "the first rows are kept per window: add window_start and window_end to PARTITION BY");
        }
        return partition;
    }

    private List<TopN.Order> orders(Feed feed, List<Expression> projected) {
        List<TopN.Order> orders = new ArrayList<>();
        for (RexFieldCollation collation : ranking.over().getWindow().orderKeys) {
            int column = place(over(feed, collation.left), projected);
            boolean descending = collation.getDirection() == RelFieldCollation.Direction.DESCENDING;
            boolean nullsFirst =
                    collation.getNullDirection() == RelFieldCollation.NullDirection.FIRST;
            orders.add(new TopN.Order(column, descending, nullsFirst));
        }
        return orders;
    }

    private Expression over(Feed feed, RexNode node) {
        List<Expression> columns = Substitution.columns(Substitution.types(feed.columns()));
        Expression expression =
                new Scalars(functions, columns, ranking.input().names()).expression(node);
        return Substitution.apply(expression, feed.columns());
    }

    private static int place(Expression column, List<Expression> projected) {
        int index = projected.indexOf(column);
        if (index < 0) {
            projected.add(column);
            return projected.size() - 1;
        }
        return index;
    }

    /** The least bound that the condition sets to the rank. */
    private int limit(RexNode condition, int rank) {
        long limit = Long.MAX_VALUE;
        for (RexNode part : RelOptUtil.conjunctions(condition)) {
            limit = Math.min(limit, bound(part, rank));
        }
        if (limit == Long.MAX_VALUE) {
            throw withoutLimit();
        }
        if (limit < 1 || limit > TopN.LIMIT_MAX) {
            throw Refusal.limit(
                    pos,
                    "the number of rows kept is " + limit + " (expected: 1 to " + TopN.LIMIT_MAX
                            + ")");
        }
        return (int) limit;
    }

    /** The greatest rank for which the condition may be TRUE, or {@code Long.MAX_VALUE}. */
    private static long bound(RexNode condition, int rank) {
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return Long.MAX_VALUE;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (isRank(left, rank) && right instanceof RexLiteral literal) {
            return bound(call.getKind(), literal);
        }
        if (isRank(right, rank) && left instanceof RexLiteral literal) {
            return bound(call.getKind().reverse(), literal);
        }
        return Long.MAX_VALUE;
    }

    private static boolean isRank(RexNode node, int rank) {
        return node instanceof RexInputRef reference && reference.getIndex() == rank;
    }

    private static long bound(SqlKind kind, RexLiteral literal) {
        if (!(literal.getValue() instanceof java.math.BigDecimal value)) {
            return Long.MAX_VALUE;
        }
        long floor = value.setScale(0, java.math.RoundingMode.FLOOR).longValue();
        long ceiling = value.setScale(0, java.math.RoundingMode.CEILING).longValue();
        return switch (kind) {
            case LESS_THAN_OR_EQUAL, EQUALS -> floor;
            case LESS_THAN -> ceiling - 1;
            default -> Long.MAX_VALUE;
        };
    }
}
