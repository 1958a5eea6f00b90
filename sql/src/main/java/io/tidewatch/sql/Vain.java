package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is written in vain: comparisons with NULL, which are never TRUE, and expressions that fail for every row. A query
 * with one is warned of. A condition with one is refused, since that part of it can never be TRUE, whatever the others are.
 */
final class Vain {
    private final Places places;
    private final Map<SqlParserPos, String> found = new LinkedHashMap<>();

    Vain(Places places) {
        this.places = places;
    }

    /** Looks for comparisons with NULL in a tree as the parser made it. */
    void compare(SqlNode tree) {
        tree.accept(new Comparisons());
    }

    /** Looks for failures in what a query computes. */
    void compute(RelNode node, Scalars constants) {
        node.accept(new Computations(constants, places.of(node)));
        node.getInputs().forEach(input -> compute(input, constants));
    }

    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        found.forEach((pos, message) -> warnings.add(
                new Warning(places.map().written().place(places.map().start(pos)), message)));
        return warnings;
    }

    /** Refuses the first that was found. */
    void refuse() {
        found.forEach((pos, message) -> {
            throw Refusal.invalid(pos, message);
        });
    }

    private final class Comparisons extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlCall call) {
            switch (call.getKind()) {
                case EQUALS,
                        NOT_EQUALS,
                        LESS_THAN,
                        LESS_THAN_OR_EQUAL,
                        GREATER_THAN,
                        GREATER_THAN_OR_EQUAL -> comparison(call);
                case IN, NOT_IN -> {
                    refuseNullIn(call);
                    membership(call);
                }
                case BETWEEN -> {
                    refuseNullIn(call);
                    bounds(call);
                }
                case CASE -> choice((SqlCase) call);
                case SELECT -> having(((SqlSelect) call).getHaving());
                case JOIN -> refuseIn(((SqlJoin) call).getCondition());
                default -> {}
            }
            return super.visit(call);
        }

        /** A part of HAVING or ON that is never TRUE is refused, though rows may pass by other parts. */
        private void refuseIn(@Nullable SqlNode condition) {
            if (condition != null) {
                Vain inside = new Vain(places);
                inside.compare(condition);
                inside.refuse();
            }
        }

        private void having(@Nullable SqlNode condition) {
            if (condition != null) {
                refuseConstant(condition);
                refuseIn(condition);
            }
        }

        private void refuseConstant(SqlNode condition) {
            if (condition instanceof SqlCall call && call.getKind() == SqlKind.AND) {
                call.getOperandList().forEach(this::refuseConstant);
            }
            if (isNull(condition) || isFalse(condition)) {
                throw Refusal.invalid(
                        condition,
                        "this condition is never TRUE, so there are no rows: write what they have to meet, or remove it");
            }
        }

        private void refuseNullIn(SqlCall call) {
            if (isNull(call.operand(0))) {
                throw Refusal.invalid(
                        call.operand(0),
                        "NULL is in no list and between no bounds, so this is never TRUE: write a column, or a value");
            }
        }

        private void bounds(SqlCall call) {
            boolean low = isNull(call.operand(1));
            if (!low && !isNull(call.operand(2))) {
                return;
            }
            boolean negated = ((SqlBetweenOperator) call.getOperator()).isNegated();
            if (low && isNull(call.operand(2))) {
                add(call, "NULL is no bound: write " + testOfNull(call.operand(0), negated));
                return;
            }
            String sign = low ? (negated ? " > " : " <= ") : (negated ? " < " : " >= ");
            add(
                    call,
                    "NULL is no bound: write " + fragment(call.operand(0)) + sign
                            + fragment(call.operand(low ? 2 : 1)));
        }

        private void comparison(SqlCall call) {
            boolean left = isNull(call.operand(0));
            if (!left && !isNull(call.operand(1))) {
                return;
            }
            boolean negated = call.getKind() == SqlKind.NOT_EQUALS;
            add(
                    call,
                    "a comparison with NULL is never TRUE: write "
                            + testOfNull(call.operand(left ? 1 : 0), negated));
        }

        /** A CASE with an operand, of which the parser makes comparisons that stand where the whole does. */
        private void choice(SqlCase choice) {
            for (SqlNode when : choice.getWhenOperands()) {
                if (when instanceof SqlCall call
                        && call.getParserPosition().equals(choice.getParserPosition())) {
                    if (isNull(call.operand(0))) {
                        add(choice, "NULL equals no WHEN: write a column behind CASE, or a value");
                    } else if (hasNull(call.operand(1))) {
                        add(
                                choice,
                                "WHEN NULL is never met: write CASE WHEN "
                                        + testOfNull(call.operand(0), false) + " THEN …");
                    }
                }
            }
        }

        private boolean hasNull(SqlNode node) {
            return isNull(node)
                    || node instanceof SqlNodeList list && list.stream().anyMatch(Vain::isNull);
        }

        private void membership(SqlCall call) {
            if (!(call.operand(1) instanceof SqlNodeList list) || !hasNull(list)) {
                return;
            }
            boolean negated = call.getKind() == SqlKind.NOT_IN;
            String test = testOfNull(call.operand(0), negated);
            String remedy = list.stream().allMatch(Vain::isNull)
                    ? "write " + test
                    : "remove it from the list, and write " + (negated ? "AND " : "OR ") + test;
            String what = negated
                    ? "NOT IN with NULL in its list is never TRUE: "
                    : "NULL is not found by IN: ";
            add(call, what + remedy);
        }

        private String testOfNull(SqlNode value, boolean negated) {
            return fragment(value) + (negated ? " IS NOT NULL" : " IS NULL");
        }

        private void add(SqlNode node, String message) {
            found.putIfAbsent(node.getParserPosition(), message);
        }

        private String fragment(SqlNode node) {
            return places.map().fragment(node.getParserPosition());
        }
    }

    private static boolean isFalse(SqlNode node) {
        return node instanceof SqlLiteral literal
                && literal.getTypeName() == SqlTypeName.BOOLEAN
                && Boolean.FALSE.equals(literal.getValue());
    }

    private static boolean isNull(SqlNode node) {
        return SqlUtil.isNullLiteral(node, false);
    }

    private final class Computations extends RexShuttle {
        private final Scalars constants;
        private SqlParserPos outer;

        Computations(Scalars constants, SqlParserPos outer) {
            this.constants = constants;
            this.outer = outer;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            SqlParserPos around = outer;
            SqlParserPos own = Scalars.positionOf(call);
            outer = own.getLineNum() > 0 ? own : around;
            int before = found.size();
            super.visitCall(call);
            if (found.size() == before) {
                failureOf(call).ifPresent(message -> found.put(outer, message));
            }
            outer = around;
            return call;
        }

        private Optional<String> failureOf(RexCall call) {
            if (RexUtil.isConstant(call)) {
                return constant(call)
                        .flatMap(Constants::failureOf)
                        .map(reason -> "this always fails (" + reason
                                + "), so each row that needs it is set aside: " + remedy(call));
            }
            return divides(call) && isZero(call.getOperands().get(1))
                    ? Optional.of("this divides by zero, so each row that needs it is set aside: "
                            + "write another divisor")
                    : Optional.empty();
        }

        private boolean isZero(RexNode divisor) {
            return RexUtil.isConstant(divisor)
                    && constant(divisor)
                            .filter(expression ->
                                    Constants.failureOf(expression).isEmpty())
                            .map(expression -> Constants.valueOf(expression, outer))
                            .filter(value ->
                                    value instanceof Number number && number.doubleValue() == 0)
                            .isPresent();
        }

        /** The expression, unless it is refused, of which the compilation of the query tells. */
        private Optional<Expression> constant(RexNode node) {
            try {
                return Optional.of(constants.expression(node));
            } catch (Refusal e) {
                return Optional.empty();
            }
        }
    }

    private static boolean divides(RexCall call) {
        return call.getKind() == SqlKind.DIVIDE
                || call.getKind() == SqlKind.MOD
                || call.getOperator().getName().equals("MOD");
    }

    private static String remedy(RexCall call) {
        if (divides(call)) {
            return "write another divisor";
        }
        return call.getKind() == SqlKind.CAST
                ? "write the value in the type that is meant, or TRY_CAST for NULL"
                : "write arguments for which it has an answer, or NULL";
    }
}
