package io.tidewatch.sql;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Where Calcite lets one choose, the SQL standard, with {@code %} and {@code !=} which everybody writes. */
final class Conformance extends SqlDelegatingConformance {
    static final SqlConformance INSTANCE = new Conformance();

    private Conformance() {
        super(SqlConformanceEnum.DEFAULT);
    }

    @Override
    public boolean isPercentRemainderAllowed() {
        return true;
    }

    @Override
    public boolean isBangEqualAllowed() {
        return true;
    }

    /** {@code GROUP BY 1} is refused: a number is not a column. */
    @Override
    public boolean isGroupByOrdinal() {
        return false;
    }
}
