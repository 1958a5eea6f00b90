package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;

/**
 * Brings forms with a syntax of their own to plain calls of the kernel's functions: {@code EXTRACT(HOUR FROM t)} becomes
 * {@code EXTRACT('HOUR', t)}, {@code x IN (1, 2)} a call of {@link Membership}. The meaning stays; names and types are judged
 * later, in one way for all functions.
 */
final class Rewriting {
    private Rewriting() {}

    /** Rewrites the operands of a tree in place and returns what stands for the tree itself. */
    static SqlNode rewritten(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                SqlNode element = list.get(i);
                if (element != null) {
                    list.set(i, rewritten(element));
                }
            }
            return list;
        }
        if (!(node instanceof SqlCall call)) {
            return node;
        }
        List<SqlNode> operands = call.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            SqlNode replacement = operand == null ? null : rewritten(operand);
            if (replacement != null && replacement != operand) {
                call.setOperand(i, replacement);
            }
        }
        return replacement(call);
    }

    private static SqlNode replacement(SqlCall call) {
        return switch (call.getKind()) {
            case IN -> membership(call);
            case NOT_IN ->
                SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), membership(call));
            case TRIM -> trim(call);
            case OTHER_FUNCTION -> isPlainExtract(call) ? plainExtract(call) : others(call);
            case COALESCE, NULLIF, CAST, SAFE_CAST, DESCRIPTOR, ROW_NUMBER, GROUPING -> call;
            case MINUS_PREFIX -> negated(call);
            default -> others(call);
        };
    }

    private static SqlNode others(SqlCall call) {
        return isBuiltIn(call) ? plain(call) : symbol(call);
    }

    /** {@code EXTRACT(HOUR, time, zone)}, of which the parser takes the unit for a name. */
    private static boolean isPlainExtract(SqlCall call) {
        return call.getOperator() instanceof SqlUnresolvedFunction function
                && function.getName().equalsIgnoreCase("EXTRACT")
                && call.operandCount() > 1
                && call.operand(0) instanceof SqlIdentifier unit
                && unit.isSimple();
    }

    private static SqlNode plainExtract(SqlCall call) {
        SqlIdentifier unit = call.operand(0);
        call.setOperand(
                0, new Unit(unit.getSimple().toUpperCase(Locale.ROOT), unit.getParserPosition()));
        return call;
    }

    /** A literal number with its sign, so that the least BIGINT can be written. */
    private static SqlNode negated(SqlCall call) {
        return call.operand(0) instanceof SqlNumericLiteral literal
                        && literal.isExact()
                        && !literal.toValue().startsWith("-")
                ? SqlLiteral.createExactNumeric("-" + literal.toValue(), call.getParserPosition())
                : call;
    }

    private static SqlNode symbol(SqlCall call) {
        return SymbolOperator.of(call.getOperator())
                .map(operator -> (SqlNode)
                        new SqlBasicCall(operator, call.getOperandList(), call.getParserPosition()))
                .orElse(call);
    }

    /** Whether the parser made the call of a function of Calcite's. */
    private static boolean isBuiltIn(SqlCall call) {
        return call.getOperator() instanceof SqlFunction function
                && !(function instanceof SqlUnresolvedFunction)
                && !(function instanceof SqlAggFunction)
                && call.getOperator() != SqlStdOperatorTable.ROW;
    }

    private static SqlNode membership(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(call.operand(0));
        SqlNode list = call.operand(1);
        for (SqlNode element : (SqlNodeList) list) {
            operands.add(element);
        }
        return new SqlBasicCall(Membership.IN, operands, call.getParserPosition());
    }

    private static SqlNode trim(SqlCall call) {
        if (call.operandCount() != 3) {
            return call;
        }
        SqlLiteral side = call.operand(0);
        SqlNode characters = call.operand(1);
        SqlNode text = call.operand(2);
        String name =
                switch (side.getValueAs(SqlTrimFunction.Flag.class)) {
                    case BOTH -> "TRIM";
                    case LEADING -> "LTRIM";
                    case TRAILING -> "RTRIM";
                };
        // The parser writes the space that is cut where nothing else is said.
        boolean isSpace = characters instanceof SqlCharStringLiteral literal
                && " ".equals(literal.getValueAs(String.class));
        return function(
                name,
                isSpace ? List.of(text) : List.of(text, characters),
                call.getParserPosition());
    }

    /** The call with units as strings. */
    private static SqlNode plain(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(operand instanceof SqlIntervalQualifier unit ? unitOf(unit) : operand);
        }
        return function(call.getOperator().getName(), operands, call.getParserPosition());
    }

    private static SqlNode unitOf(SqlIntervalQualifier unit) {
        String name = unit.timeFrameName != null ? unit.timeFrameName : unit.timeUnitRange.name();
        return new Unit(name.toUpperCase(Locale.ROOT), unit.getParserPosition());
    }

    /** The word, if an argument is a unit that was written as one. */
    static Optional<String> unitAt(SqlOperatorBinding binding, int operand) {
        return binding instanceof SqlCallBinding call && call.operand(operand) instanceof Unit unit
                ? Optional.of(unit.word)
                : Optional.empty();
    }

    /** A word as a text. */
    private static final class Unit extends SqlCharStringLiteral {
        private final String word;

        Unit(String word, SqlParserPos pos) {
            super(new NlsString(word, null, null), pos);
            this.word = word;
        }

        @Override
        public SqlCharStringLiteral clone(SqlParserPos pos) {
            return new Unit(word, pos);
        }
    }

    private static SqlNode function(String name, List<SqlNode> operands, SqlParserPos pos) {
        SqlUnresolvedFunction function = new SqlUnresolvedFunction(
                new SqlIdentifier(name, pos),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return new SqlBasicCall(function, operands, pos);
    }
}
