package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/** A table function that gives each row its windows: appends {@code window_start} and {@code window_end}. */
final class WindowFunction extends SqlWindowTableFunction {
    static final WindowFunction TUMBLE = new WindowFunction(
            Kind.TUMBLE,
            List.of("DATA", "TIMECOL", "SIZE", "OFFSET"),
            3,
            "TUMBLE(TABLE t, DESCRIPTOR(time), INTERVAL '1' MINUTE)");
    static final WindowFunction HOP = new WindowFunction(
            Kind.HOP,
            List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            4,
            "HOP(TABLE t, DESCRIPTOR(time), INTERVAL '10' SECOND, INTERVAL '1' MINUTE), the slide before the size");
    static final WindowFunction CUMULATE = new WindowFunction(
            Kind.CUMULATE,
            List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
            4,
            "CUMULATE(TABLE t, DESCRIPTOR(time), INTERVAL '10' MINUTE, INTERVAL '1' DAY), the step before the size");
    static final WindowFunction SESSION = new WindowFunction(
            Kind.SESSION,
            List.of("DATA", "TIMECOL", "KEY", "SIZE"),
            3,
            "SESSION(TABLE t, DESCRIPTOR(time), DESCRIPTOR(key), INTERVAL '20' MINUTE)");

    static final List<WindowFunction> ALL = List.of(TUMBLE, HOP, CUMULATE, SESSION);

    /** The windows that a table function makes. */
    enum Kind {
        TUMBLE,
        HOP,
        CUMULATE,
        SESSION
    }

    private final Kind windowKind;

    private final Operands operands;

    private WindowFunction(Kind kind, List<String> parameters, int required, String example) {
        this(kind, new Operands(parameters, required, example));
    }

    private WindowFunction(Kind kind, Operands operands) {
        super(kind.name(), operands);
        this.windowKind = kind;
        this.operands = operands;
    }

    /** Refuses arguments that are unknown, missing or too many. */
    void checkArguments(SqlCall call) {
        List<SqlNode> arguments = call.getOperandList();
        checkRows(arguments);
        long named = arguments.stream()
                .filter(argument -> argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT)
                .count();
        if (named == 0) {
            int count = arguments.size();
            if (count < operands.required || count > operands.parameters.size()) {
                throw Refusal.invalid(
                        call,
                        getName() + " does not take " + count + " arguments; for example "
                                + operands.example);
            }
        } else if (named < arguments.size()) {
            throw Refusal.invalid(
                    call, "name all arguments, or none; for example " + operands.example);
        } else {
            checkNamed(call);
        }
    }

    /** The rows come first, and a bare name is not taken as them. */
    private void checkRows(List<SqlNode> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof SqlIdentifier name) {
            throw Refusal.invalid(
                    name,
                    getName() + " takes the rows of a table: write TABLE " + name + "; for example "
                            + operands.example);
        }
        if (arguments.size() > 1 && arguments.get(1) instanceof SqlIdentifier name) {
            throw Refusal.invalid(
                    name,
                    getName() + " takes the column with the time as DESCRIPTOR(" + name
                            + "); for example " + operands.example);
        }
    }

    private void checkNamed(SqlCall call) {
        Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (SqlNode argument : call.getOperandList()) {
            SqlIdentifier name = ((SqlCall) argument).operand(1);
            if (operands.parameters.stream().noneMatch(name.getSimple()::equalsIgnoreCase)) {
                throw Refusal.invalid(
                        name,
                        "'" + name.getSimple() + "' is no argument of " + getName()
                                + Suggestion.didYouMean(name.getSimple(), operands.parameters)
                                + " (expected: " + String.join(", ", operands.parameters) + ")");
            }
            if (!given.add(name.getSimple())) {
                throw Refusal.invalid(name, "argument '" + name.getSimple() + "' is given twice");
            }
        }
        for (String parameter : operands.parameters) {
            boolean optional = parameter.equals("KEY") || parameter.equals("OFFSET");
            if (!optional && !given.contains(parameter)) {
                throw Refusal.invalid(
                        call, getName() + " lacks the argument " + parameter + " => …");
            }
        }
    }

    Kind windowKind() {
        return windowKind;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType timestamp = types.createSqlType(SqlTypeName.TIMESTAMP, 3);
        RelDataTypeFactory.Builder builder = types.builder();
        builder.addAll(binding.getOperandType(0).getFieldList());
        return builder.add("window_start", timestamp)
                .add("window_end", timestamp)
                .build();
    }

    /** What the functions take: rows, the time column, and intervals. */
    private record Operands(List<String> parameters, int required, String example)
            implements SqlOperandMetadata {
        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory typeFactory) {
            return java.util.Collections.nCopies(
                    parameters.size(), typeFactory.createSqlType(SqlTypeName.ANY));
        }

        @Override
        public List<String> paramNames() {
            return parameters;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(required, parameters.size());
        }

        @Override
        public boolean isOptional(int index) {
            return index >= required || parameters.get(index).equals("KEY");
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return example;
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            RelDataType row = checkRows(binding);
            List<SqlNode> operands = operands(binding);
            checkDescriptor(binding, operands.get(1), row, true);
            for (int i = 2; i < operands.size(); i++) {
                SqlNode operand = operands.get(i);
                boolean isKey = i == 2
                        && parameters.get(i).equals("KEY")
                        && operand.getKind() == SqlKind.DESCRIPTOR;
                if (isKey) {
                    checkDescriptor(binding, operand, row, false);
                } else if (operand.getKind() != SqlKind.DEFAULT
                        && !SqlTypeUtil.isInterval(
                                binding.getValidator().getValidatedNodeType(operand))) {
                    throw wrong(operand, "an interval, as INTERVAL '1' MINUTE");
                }
            }
            return true;
        }

        private static List<SqlNode> operands(SqlCallBinding binding) {
            List<SqlNode> operands = new ArrayList<>();
            for (int i = 0; i < binding.getOperandCount(); i++) {
                operands.add(binding.operand(i));
            }
            return operands;
        }

        private RelDataType checkRows(SqlCallBinding binding) {
            SqlNode data = binding.operand(0);
            RelDataType row = binding.getValidator().getValidatedNodeType(data);
            if (!row.isStruct()) {
                throw wrong(data, "rows: TABLE t, or a query in parentheses");
            }
            for (String name : List.of("window_start", "window_end")) {
                if (binding.getValidator().getCatalogReader().nameMatcher().field(row, name)
                        != null) {
                    throw Refusal.invalid(
                                    data,
                                    "the rows already have a column '" + name
                                            + "': in their place write a query in parentheses"
                                            + " that selects what you need, and gives " + name
                                            + " another name")
                            .orAt(binding.getCall().getParserPosition());
                }
            }
            return row;
        }

        private void checkDescriptor(
                SqlCallBinding binding, SqlNode operand, RelDataType row, boolean isTime) {
            if (operand.getKind() != SqlKind.DESCRIPTOR) {
                throw wrong(
                        operand,
                        isTime ? "the time column, as DESCRIPTOR(time)" : "DESCRIPTOR(key)");
            }
            List<SqlNode> columns = ((SqlCall) operand).getOperandList();
            SqlNameMatcher matcher = binding.getValidator().getCatalogReader().nameMatcher();
            for (SqlNode column : columns) {
                String name = ((SqlIdentifier) column).getSimple();
                RelDataTypeField field = matcher.field(row, name);
                if (field == null) {
                    throw Refusal.invalid(
                            column,
                            "unknown column '" + name + "'"
                                    + Suggestion.didYouMean(name, row.getFieldNames()));
                }
                if (isTime && field.getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
                    throw Refusal.invalid(
                            column,
                            "'" + name + "' is " + TypeFactory.shown(field.getType())
                                    + " (expected: the time, a TIMESTAMP)");
                }
            }
            if (isTime && columns.size() != 1) {
                throw wrong(operand, "one time column, as DESCRIPTOR(time)");
            }
        }

        private Refusal wrong(SqlNode operand, String expected) {
            return Refusal.invalid(
                    operand, "not what is expected here: " + expected + "; for example " + example);
        }
    }
}
