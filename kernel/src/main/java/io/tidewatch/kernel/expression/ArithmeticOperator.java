package io.tidewatch.kernel.expression;

/** The five arithmetic operations. */
public enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    /** The remainder of a division that truncates, which has the sign of the dividend. */
    MODULO("%");

    private final String sql;

    ArithmeticOperator(String sql) {
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }
}
