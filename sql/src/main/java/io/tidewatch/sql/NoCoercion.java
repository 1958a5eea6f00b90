package io.tidewatch.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercion;
import org.jspecify.annotations.Nullable;

/**
 * Casts nothing behind the query's back. Coercion is on nevertheless, because the validator takes a bare NULL only then.
 */
final class NoCoercion implements TypeCoercion {
    static final NoCoercion INSTANCE = new NoCoercion();

    private NoCoercion() {}

    @Override
    public @Nullable RelDataType getTightestCommonType(
            @Nullable RelDataType first, @Nullable RelDataType second) {
        return null;
    }

    @Override
    public @Nullable RelDataType getWiderTypeForTwo(
            @Nullable RelDataType first, @Nullable RelDataType second, boolean promotes) {
        return null;
    }

    @Override
    public @Nullable RelDataType getWiderTypeFor(List<RelDataType> types, boolean promotes) {
        return null;
    }

    @Override
    public @Nullable RelDataType getWiderTypeForDecimal(
            @Nullable RelDataType first, @Nullable RelDataType second) {
        return null;
    }

    @Override
    public @Nullable RelDataType commonTypeForBinaryComparison(
            @Nullable RelDataType first, @Nullable RelDataType second) {
        return null;
    }

    @Override
    public boolean rowTypeCoercion(
            @Nullable SqlValidatorScope scope, SqlNode query, int column, RelDataType target) {
        return false;
    }

    @Override
    public boolean inOperationCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean quantifyOperationCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    @SuppressWarnings("deprecation") // The interface still asks for it.
    public boolean caseWhenCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean caseOrEquivalentCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> operandTypes, List<SqlTypeFamily> families) {
        return false;
    }

    @Override
    public boolean userDefinedFunctionCoercion(
            SqlValidatorScope scope, SqlCall call, SqlFunction function) {
        return false;
    }

    @Override
    public boolean querySourceCoercion(
            @Nullable SqlValidatorScope scope,
            RelDataType source,
            RelDataType target,
            SqlNode query) {
        return false;
    }
}
