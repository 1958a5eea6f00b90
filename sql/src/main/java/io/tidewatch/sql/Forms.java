package io.tidewatch.sql;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * Refuses forms of queries that Tidewatch does not have, each with what to write instead, before any name is looked up.
 * Forms of expressions are {@link ExpressionForms}' part.
 */
final class Forms {
    static final String TOP_N =
            "number the rows of each window in a subquery, ROW_NUMBER() OVER (PARTITION BY window_start, window_end"
                    + " ORDER BY …) AS place, and keep those WHERE place <= 10";

    static final String EXCEPT =
            "LEFT JOIN two aggregates on window_start and window_end, WHERE the right column IS NULL";

    /** The most columns that a SELECT may list. */
    static final int COLUMNS_MAX = 1_000;

    private final ExpressionForms expressions = new ExpressionForms(false);
    private final ExpressionForms groupings = new ExpressionForms(true);

    private Forms() {}

    static void check(SqlNode query) {
        Forms forms = new Forms();
        if (query instanceof SqlOrderBy order) {
            forms.checkLimit(order);
            forms.order(order.orderList);
            forms.query(order.query);
        } else {
            forms.query(query);
        }
    }

    private void order(SqlNodeList terms) {
        for (SqlNode term : terms) {
            if (term instanceof SqlIdentifier identifier && identifier.isStar()) {
                throw Refusal.invalid(term, "ORDER BY takes columns, one by one");
            }
            expression(term);
        }
    }

    private void query(SqlNode query) {
        switch (query.getKind()) {
            case SELECT -> select((SqlSelect) query);
            case WITH -> with((SqlWith) query);
            case UNION -> union((SqlCall) query);
            case VALUES -> groupings.check(query);
            case ORDER_BY -> {
                checkLimit((SqlOrderBy) query);
                throw Refusal.unsupported(
                        ((SqlOrderBy) query).orderList,
                        "ORDER BY in a subquery has no effect: remove it; for the first rows of each window "
                                + TOP_N);
            }
            case INTERSECT ->
                throw Refusal.unsupported(
                        query,
                        "INTERSECT is not supported: JOIN two aggregates on window_start and window_end");
            case EXCEPT -> throw Refusal.unsupported(query, "EXCEPT is not supported: " + EXCEPT);
            case INSERT, UPDATE, DELETE, MERGE, EXPLAIN, DESCRIBE_TABLE, DESCRIBE_SCHEMA ->
                throw Refusal.unsupported(query, "a monitor is a query (expected: SELECT …)");
            default ->
                throw Refusal.unsupported(query, "a monitor is a query (expected: SELECT …)");
        }
    }

    private void checkLimit(SqlOrderBy order) {
        SqlNode limit = order.fetch != null ? order.fetch : order.offset;
        if (limit != null) {
            throw Refusal.unsupported(
                    limit, "a stream has no end, so LIMIT never applies: " + TOP_N);
        }
    }

    private void with(SqlWith with) {
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (item.recursive.booleanValue()) {
                throw Refusal.unsupported(
                        item, "WITH RECURSIVE is not supported: remove RECURSIVE");
            }
            query(item.query);
        }
        query(with.body);
    }

    private void union(SqlCall union) {
        if (!((SqlSetOperator) union.getOperator()).isAll()) {
            throw Refusal.unsupported(
                    union,
                    "UNION would have to remember all rows: write UNION ALL, and GROUP BY to remove duplicates");
        }
        union.getOperandList().forEach(this::query);
    }

    private void select(SqlSelect select) {
        if (select.isDistinct()) {
            throw Refusal.unsupported(
                    select,
                    "SELECT DISTINCT would have to remember all rows: write GROUP BY with the same columns");
        }
        if (select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
            throw Refusal.unsupported(select, "every query reads streams: remove STREAM");
        }
        if (select.hasHints()) {
            throw Refusal.unsupported(select, "hints (/*+ … */) are not supported: remove them");
        }
        if (!select.getWindowList().isEmpty()) {
            throw Refusal.unsupported(
                    select.getWindowList(),
                    "WINDOW is not supported: write the window behind OVER");
        }
        checkLimitOf(select);
        if (select.getFrom() == null) {
            throw Refusal.unsupported(select, "a query reads something (expected: FROM …)");
        }
        from(select.getFrom());
        int columns = select.getSelectList().size();
        if (columns > COLUMNS_MAX) {
            throw Refusal.limit(
                    select.getSelectList().getParserPosition(),
                    "SELECT gives " + columns + " columns (expected: at most " + COLUMNS_MAX + ")");
        }
        checkExpressions(select.getSelectList());
        expression(select.getWhere());
        checkGroup(select.getGroup());
        expression(select.getHaving());
        expression(select.getQualify());
    }

    private void checkGroup(@Nullable SqlNodeList group) {
        if (group == null) {
            return;
        }
        for (SqlNode item : group) {
            if (item instanceof SqlNumericLiteral) {
                throw Refusal.invalid(
                        item, "a number in GROUP BY names no column: write the column");
            }
            groupings.check(item);
        }
    }

    private static void checkLimitOf(SqlSelect select) {
        SqlNode limit = select.getFetch() != null ? select.getFetch() : select.getOffset();
        if (limit != null) {
            throw Refusal.unsupported(
                    limit, "a stream has no end, so LIMIT never applies: " + TOP_N);
        }
    }

    private void checkExpressions(@Nullable SqlNodeList nodes) {
        if (nodes != null) {
            nodes.forEach(this::expression);
        }
    }

    private void expression(@Nullable SqlNode expression) {
        if (expression != null) {
            expressions.check(expression);
        }
    }

    private void from(SqlNode from) {
        switch (from.getKind()) {
            case IDENTIFIER -> {}
            case AS -> from(((SqlCall) from).operand(0));
            case JOIN -> join((SqlJoin) from);
            case COLLECTION_TABLE -> tableFunction(((SqlCall) from).operand(0));
            case EXPLICIT_TABLE -> from(((SqlCall) from).operand(0));
            case LATERAL ->
                throw Refusal.unsupported(
                        from,
                        "LATERAL is not supported: a subquery cannot see the rows beside it; JOIN it ON a condition");
            case UNNEST ->
                throw Refusal.unsupported(
                        from,
                        "UNNEST is not supported: a field that is a list cannot be taken apart");
            case SNAPSHOT ->
                throw Refusal.unsupported(
                        from,
                        "FOR SYSTEM_TIME is not needed: a reference table is always read as it was at the row's event time");
            case MATCH_RECOGNIZE ->
                throw Refusal.unsupported(
                        from,
                        "MATCH_RECOGNIZE is not supported: count each step per window with COUNT(*) FILTER (WHERE …), and"
                                + " compare the counts, or MIN and MAX of their times");
            case PIVOT ->
                throw Refusal.unsupported(
                        from,
                        "PIVOT is not supported: write one aggregate with FILTER (WHERE …) per column");
            case UNPIVOT ->
                throw Refusal.unsupported(from, "UNPIVOT is not supported: write UNION ALL");
            case TABLESAMPLE ->
                throw Refusal.unsupported(from, "TABLESAMPLE is not supported: remove it");
            case TABLE_REF, EXTEND ->
                throw Refusal.unsupported(
                        from, "hints and extra columns are not supported: write the name alone");
            default -> query(from);
        }
    }

    private void tableFunction(SqlNode function) {
        if (!(function instanceof SqlCall call)) {
            throw Refusal.invalid(
                    function, "not a table function (expected: TUMBLE, HOP, CUMULATE or SESSION)");
        }
        String name = call.getOperator().getName();
        WindowFunction known = WindowFunction.ALL.stream()
                .filter(each -> each.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
        if (known == null) {
            List<String> names =
                    WindowFunction.ALL.stream().map(WindowFunction::getName).toList();
            throw Refusal.invalid(
                    call,
                    "unknown table function '" + name + "'" + Suggestion.didYouMean(name, names)
                            + " (expected: TUMBLE, HOP, CUMULATE or SESSION)");
        }
        known.checkArguments(call);
        for (SqlNode operand : call.getOperandList()) {
            argument(operand);
        }
    }

    private void argument(SqlNode operand) {
        if (operand instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")) {
            descriptor(call);
            return;
        }
        switch (operand.getKind()) {
            case ARGUMENT_ASSIGNMENT -> argument(((SqlCall) operand).operand(0));
            case EXPLICIT_TABLE, SELECT, UNION, WITH, VALUES, ORDER_BY, INTERSECT, EXCEPT ->
                from(operand);
            case SET_SEMANTICS_TABLE ->
                throw Refusal.unsupported(
                        operand,
                        "PARTITION BY is not supported here: give SESSION its key as DESCRIPTOR(key)");
            case CURSOR ->
                throw Refusal.unsupported(
                        operand,
                        "CURSOR is not supported: write TABLE t, or the query in parentheses");
            case IDENTIFIER, LITERAL -> {}
            default -> expressions.check(operand);
        }
    }

    private static void descriptor(SqlCall descriptor) {
        for (SqlNode column : descriptor.getOperandList()) {
            if (!(column instanceof SqlIdentifier identifier)
                    || identifier.isStar()
                    || !identifier.isSimple()) {
                throw Refusal.invalid(
                        column,
                        "DESCRIPTOR takes names of columns (expected: as DESCRIPTOR(time))");
            }
        }
    }

    private void join(SqlJoin join) {
        switch (join.getJoinType()) {
            case INNER, LEFT -> {}
            case COMMA, CROSS -> {
                checkRight(join.getRight());
                throw Refusal.unsupported(
                        join.getJoinType() == org.apache.calcite.sql.JoinType.COMMA
                                ? join.getRight()
                                : join.getJoinTypeNode(),
                        "every row with every row is not supported: write JOIN … ON a.key = b.key; two streams are joined"
                                + " per window alone, so they need FROM TABLE(TUMBLE(…)) and the same window_start and"
                                + " window_end in ON");
            }
            case RIGHT ->
                throw Refusal.unsupported(
                        join.getJoinTypeNode(),
                        "RIGHT JOIN is not supported: swap the two sides and write LEFT JOIN");
            case FULL ->
                throw Refusal.unsupported(
                        join.getJoinTypeNode(),
                        "FULL JOIN is not supported: write LEFT JOIN, or UNION ALL of two queries and GROUP BY");
            default ->
                throw Refusal.unsupported(
                        join.getJoinTypeNode(),
                        join.getJoinType()
                                        .name()
                                        .toUpperCase(Locale.ROOT)
                                        .replace('_', ' ')
                                        .replaceAll(" JOIN$", "")
                                + " JOIN is not supported: write JOIN, or LEFT JOIN and WHERE b.key IS NULL for what"
                                + " the other side lacks");
        }
        if (join.isNatural()) {
            throw Refusal.unsupported(
                    join.isNaturalNode(),
                    "NATURAL JOIN is not supported: write JOIN … ON a.key = b.key");
        }
        if (join.getConditionType() == JoinConditionType.NONE) {
            throw Refusal.invalid(join.getRight(), "this JOIN lacks ON: write ON a.key = b.key");
        }
        if (join.getConditionType() != JoinConditionType.ON) {
            throw Refusal.unsupported(
                    join.getConditionTypeNode(), "USING is not supported: write ON a.key = b.key");
        }
        from(join.getLeft());
        from(join.getRight());
        expression(join.getCondition());
    }

    /** What has a refusal of its own beside a comma or CROSS JOIN. */
    private void checkRight(SqlNode right) {
        SqlNode relation = right.getKind() == SqlKind.AS ? ((SqlCall) right).operand(0) : right;
        if (relation.getKind() == SqlKind.LATERAL || relation.getKind() == SqlKind.UNNEST) {
            from(relation);
        }
    }

    static boolean isQuery(SqlNode node) {
        return node.getKind().belongsTo(SqlKind.QUERY) && node.getKind() != SqlKind.VALUES;
    }
}
