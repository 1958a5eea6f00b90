package io.tidewatch.sql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlDatetimeSubtractionOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Refuses forms of expressions that Tidewatch does not have, each with what to write instead. */
final class ExpressionForms extends SqlBasicVisitor<@Nullable Void> {
    private static final Set<String> WINDOW_FUNCTIONS =
            Set.of("TUMBLE", "HOP", "CUMULATE", "SESSION");

    /** How the clock of a zone is read. */
    static final String ZONES =
            "a TIMESTAMP is an instant and has no zone; functions take one, as DATE_TRUNC('DAY', time, 'Europe/Berlin'),"
                    + " EXTRACT(HOUR, time, 'Europe/Berlin') or FORMAT_TIMESTAMP(time, pattern, 'Europe/Berlin')";

    /** What the parser adds to names of functions. Compiled here: deep in a tree it could overflow the stack. */
    private static final Pattern PARTS_OF_NO_NAME =
            Pattern.compile("^\\$|(?<=^TRANSLATE)3$|_(ABSENT|NULL)_ON_NULL$");

    private final boolean allowsRows;

    /** @param allowsRows whether several columns may stand in parentheses, as in GROUPING SETS */
    ExpressionForms(boolean allowsRows) {
        this.allowsRows = allowsRows;
    }

    void check(SqlNode expression) {
        expression.accept(this);
    }

    @Override
    public @Nullable Void visit(SqlDynamicParam parameter) {
        throw Refusal.unsupported(parameter, "parameters ('?') are not supported: write the value");
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal.getValue() instanceof NlsString text && text.getCharsetName() != null) {
            throw Refusal.unsupported(
                    literal,
                    "strings have no character set: write the characters themselves in quotes");
        }
        String tag = literal instanceof SqlUnknownLiteral unknown
                ? unknown.tag
                : literal.getTypeName().getName();
        switch (tag.toUpperCase(Locale.ROOT)) {
            case "DATE" ->
                throw Refusal.unsupported(
                        literal, "DATE is not supported: write TIMESTAMP '2026-01-31 00:00:00'");
            case "TIME",
                    "DATETIME",
                    "TIMESTAMP WITH LOCAL TIME ZONE",
                    "TIMESTAMP WITH TIME ZONE",
                    "TIMESTAMP_TZ" ->
                throw Refusal.unsupported(
                        literal,
                        tag + " is not supported: write TIMESTAMP '2026-01-31 12:00:00' (in UTC)");
            case "BINARY", "VARBINARY" ->
                throw Refusal.unsupported(
                        literal, "byte strings (X'…') are not supported: write a string");
            default -> {}
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlIntervalQualifier qualifier) {
        return null;
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        SqlTypeNameSpec spec = type.getTypeNameSpec();
        String name = spec.getTypeName().toString().toUpperCase(Locale.ROOT);
        if (!(spec instanceof SqlBasicTypeNameSpec basic)) {
            throw Refusal.unsupported(
                    type, "unknown type '" + spec.getTypeName() + "'" + remedy(name));
        }
        SqlTypeName typeName = SqlTypeName.get(name);
        if (typeName == SqlTypeName.VARCHAR && basic.getPrecision() >= 0) {
            throw Refusal.unsupported(
                    type,
                    "VARCHAR has no length here: write VARCHAR, and SUBSTRING(… FROM 1 FOR "
                            + basic.getPrecision() + ") to cut");
        }
        if (typeName == SqlTypeName.DECIMAL && basic.getPrecision() > 18) {
            throw Refusal.unsupported(
                    type,
                    "DECIMAL has at most 18 digits here: write DECIMAL(18, "
                            + Math.max(0, Math.min(18, basic.getScale())) + ") or DOUBLE");
        }
        if (typeName == SqlTypeName.DECIMAL && !isDecimal(basic.getPrecision(), basic.getScale())) {
            throw Refusal.invalid(
                    type,
                    "DECIMAL has 1 to 18 digits, and at most as many behind the point (expected: as DECIMAL(18, 2))");
        }
        if (typeName == SqlTypeName.TIMESTAMP && basic.getPrecision() > 3) {
            throw Refusal.unsupported(type, "times have milliseconds: write TIMESTAMP(3)");
        }
        if (typeName == null || !isSupported(typeName)) {
            throw Refusal.unsupported(type, "type " + name + " is not supported" + remedy(name));
        }
        return null;
    }

    /** Whether there is such a type; both may be absent, which is negative. */
    private static boolean isDecimal(int precision, int scale) {
        boolean hasScale = scale != RelDataType.SCALE_NOT_SPECIFIED;
        return precision != 0 && (!hasScale || scale >= 0 && scale <= precision);
    }

    private static boolean isSupported(SqlTypeName type) {
        return switch (type) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    TIMESTAMP -> true;
            default -> SqlTypeName.INTERVAL_TYPES.contains(type);
        };
    }

    private static String remedy(String name) {
        String instead = typeInstead(name);
        return instead.isEmpty()
                ? " (expected: BOOLEAN, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR or TIMESTAMP)"
                : ": write " + instead;
    }

    private static String typeInstead(String name) {
        return switch (name) {
            case "CHAR" -> "VARCHAR";
            case "STRING", "TEXT", "NVARCHAR", "NCHAR", "CHARACTER", "JSON", "JSONB", "ENUM" ->
                "VARCHAR";
            case "LONG", "INT64", "UINT64", "INT8", "INT4", "UNSIGNED", "SIGNED", "SERIAL" ->
                "BIGINT";
            case "FLOAT64", "FLOAT8", "FLOAT4", "MONEY" -> "DOUBLE";
            case "BOOL" -> "BOOLEAN";
            case "TIMESTAMPTZ", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "DATETIME64" -> "TIMESTAMP";
            case "NUMBER" -> "DECIMAL(18, 2) or DOUBLE";
            case "DATE" -> "TIMESTAMP, and FLOOR(… TO DAY)";
            case "TIME" -> "TIMESTAMP";
            case "DATETIME" -> "TIMESTAMP";
            case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> "TIMESTAMP";
            case "TIMESTAMP_TZ" -> "TIMESTAMP";
            case "BINARY" -> "VARCHAR";
            case "VARBINARY" -> "VARCHAR";
            case "UUID" -> "VARCHAR";
            default -> "";
        };
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (Forms.isQuery(call)) {
            throw Refusal.unsupported(
                    call,
                    "a subquery in an expression is not supported: JOIN it in FROM, ON window_start and window_end if it"
                            + " aggregates a stream");
        }
        if (call.getOperator() instanceof SqlJdbcFunctionCall) {
            throw Refusal.unsupported(
                    call, "{fn …} is not supported: write the function without braces");
        }
        switch (call.getKind()) {
            case OVER -> over(call);
            case IN, NOT_IN -> membership(call);
            case EXISTS ->
                throw Refusal.unsupported(
                        call, "EXISTS is not supported: JOIN with the rows that must exist");
            case SOME, ALL, UNIQUE ->
                throw Refusal.unsupported(
                        call,
                        "comparison with a subquery is not supported: compare with MIN or MAX of a JOINed subquery");
            case WITHIN_GROUP -> {
                check(call.operand(0));
                throw Refusal.unsupported(
                        call, "WITHIN GROUP is not supported: write APPROX_PERCENTILE(x, 0.99)");
            }
            case WITHIN_DISTINCT ->
                throw Refusal.unsupported(
                        call, "WITHIN DISTINCT is not supported: aggregate in a subquery first");
            case IGNORE_NULLS, RESPECT_NULLS ->
                throw Refusal.unsupported(
                        call,
                        "IGNORE NULLS and RESPECT NULLS are not supported: write FILTER (WHERE x IS NOT NULL)");
            case CURSOR,
                    ARRAY_VALUE_CONSTRUCTOR,
                    MAP_VALUE_CONSTRUCTOR,
                    MULTISET_VALUE_CONSTRUCTOR,
                    ITEM ->
                throw Refusal.unsupported(
                        call,
                        "lists and maps are not supported: declare a field for each part that you need; a span of time"
                                + " such as [5m] is the window: of the monitor");
            case ROW -> row(call);
            case LITERAL_CHAIN ->
                throw Refusal.invalid(
                        call, "two strings stand side by side: write one, or || between them");
            case DOT ->
                throw Refusal.unsupported(
                        call, "a value has no parts: declare a field for each part that you need");
            case INTERVAL ->
                throw Refusal.unsupported(
                        call,
                        "the number of an interval stands in quotes, as INTERVAL '5' MINUTE; for a number that is computed"
                                + " write x * INTERVAL '1' MINUTE");
            case SIMILAR ->
                throw Refusal.unsupported(
                        call, "SIMILAR TO is not supported: write REGEXP_LIKE(text, 'pattern')");
            case RLIKE ->
                throw Refusal.unsupported(
                        call, "RLIKE is not supported: write REGEXP_LIKE(text, 'pattern')");
            default -> refuseByName(call);
        }
        return super.visit(call);
    }

    /** An operator with a symbol, which the grammar knows and we do not. */
    private static void refuseBySymbol(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof SqlDatetimeSubtractionOperator && call.operandCount() == 3) {
            throw Refusal.unsupported(
                    call,
                    "a difference of times has no unit behind it: write a - b, or TIMESTAMPDIFF(HOUR, b, a) for a number");
        }
        boolean isSymbol = operator instanceof SqlBinaryOperator
                || operator instanceof SqlPrefixOperator
                || operator instanceof SqlPostfixOperator;
        if (isSymbol && !Operators.isKnownSymbol(operator)) {
            String symbol = symbolOf(operator);
            throw Refusal.unsupported(
                    call,
                    "'" + symbol + "' is not supported"
                            + OtherSystems.insteadOfOperator(symbol)
                                    .map(instead -> ": " + instead)
                                    .orElse(": the operators are + - * / % || = <> < <= > >="));
        }
    }

    private static String symbolOf(SqlOperator operator) {
        return switch (operator.getName().toUpperCase(Locale.ROOT)) {
            case "POSIX REGEX CASE SENSITIVE" -> "~";
            case "POSIX REGEX CASE INSENSITIVE" -> "~*";
            case "NEGATED POSIX REGEX CASE SENSITIVE" -> "!~";
            case "NEGATED POSIX REGEX CASE INSENSITIVE" -> "!~*";
            default -> operator.getName();
        };
    }

    private static void refuseByName(SqlCall call) {
        refuseBySymbol(call);
        String written = call.getOperator().getName().toUpperCase(Locale.ROOT);
        String name = PARTS_OF_NO_NAME.matcher(written).replaceAll("");
        if (call.getOperator() instanceof SqlFunction) {
            OtherSystems.insteadOfFunction(name).ifPresent(instead -> {
                throw Refusal.unsupported(call, name + " is not supported: " + instead);
            });
        }
        if (WINDOW_FUNCTIONS.contains(name)) {
            throw Refusal.unsupported(
                    call,
                    name + " stands in FROM: write FROM TABLE(" + name
                            + "(TABLE stream, DESCRIPTOR(time), …)), and GROUP BY window_start, window_end");
        }
        if (name.equals("DESCRIPTOR")) {
            throw Refusal.invalid(
                    call,
                    "DESCRIPTOR names a column for a table function: it stands in FROM TABLE(…) only");
        }
        if (name.contains("ILIKE")) {
            throw Refusal.unsupported(
                    call, "ILIKE is not supported: write LOWER(text) LIKE 'pattern'");
        }
        if (call.getKind() == SqlKind.SELECT) {
            throw new IllegalStateException("a query among expressions");
        }
    }

    private void row(SqlCall call) {
        if (!allowsRows) {
            throw Refusal.unsupported(
                    call,
                    "several values in parentheses are not supported: write a column, or a comparison, for each");
        }
    }

    private static void membership(SqlCall call) {
        SqlNode list = call.operand(1);
        if (Forms.isQuery(list)) {
            throw Refusal.unsupported(
                    list,
                    "IN (SELECT …) is not supported: JOIN with the table, or with the aggregate on its window");
        }
        if (!(list instanceof SqlNodeList)) {
            throw Refusal.invalid(
                    list,
                    "IN takes a list (expected: as IN (1, 2)); put the comparison into parentheses");
        }
    }

    private static void over(SqlCall call) {
        SqlNode function = call.operand(0);
        boolean isRowNumber = function instanceof SqlCall inner
                && inner.getOperator().getName().equalsIgnoreCase("ROW_NUMBER");
        if (!isRowNumber) {
            throw Refusal.unsupported(
                    call,
                    "OVER is supported only as ROW_NUMBER() OVER (PARTITION BY … ORDER BY …), to keep the first rows of"
                            + " each window; aggregate with GROUP BY instead");
        }
        if (!(call.operand(1) instanceof SqlWindow window)) {
            throw Refusal.unsupported(
                    call.operand(1), "WINDOW is not supported: write the window behind OVER");
        }
        if (window.getRefName() != null) {
            throw Refusal.unsupported(
                    window.getRefName(), "WINDOW is not supported: write the window behind OVER");
        }
        if (window.getOrderList().isEmpty()) {
            throw Refusal.invalid(
                    window,
                    "ROW_NUMBER needs an order (expected: OVER (PARTITION BY … ORDER BY …))");
        }
        if (window.getLowerBound() != null || window.getUpperBound() != null) {
            throw Refusal.invalid(window, "ROW_NUMBER takes no ROWS or RANGE: remove it");
        }
    }
}
