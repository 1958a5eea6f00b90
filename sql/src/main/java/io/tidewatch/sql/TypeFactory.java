package io.tidewatch.sql;

import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Makes the parser's types: the kernel's types in Calcite's terms. Strings are UTF-8 and have no length. */
final class TypeFactory extends SqlTypeFactoryImpl {
    private static final SqlIntervalQualifier DAY_TO_SECOND =
            new SqlIntervalQualifier(TimeUnit.DAY, 9, TimeUnit.SECOND, 3, SqlParserPos.ZERO);
    private static final SqlIntervalQualifier YEAR_TO_MONTH =
            new SqlIntervalQualifier(TimeUnit.YEAR, 9, TimeUnit.MONTH, -1, SqlParserPos.ZERO);

    TypeFactory() {
        super(TypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        return typeName == SqlTypeName.CHAR || typeName == SqlTypeName.VARCHAR
                ? super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED)
                : super.createSqlType(typeName, precision);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName);
    }

    /** Every type may be NULL. */
    RelDataType of(Type type) {
        RelDataType created =
                switch (type.kind()) {
                    case BOOLEAN -> createSqlType(SqlTypeName.BOOLEAN);
                    case BIGINT -> createSqlType(SqlTypeName.BIGINT);
                    case DOUBLE -> createSqlType(SqlTypeName.DOUBLE);
                    case DECIMAL ->
                        createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
                    case VARCHAR -> createSqlType(SqlTypeName.VARCHAR);
                    case TIMESTAMP -> createSqlType(SqlTypeName.TIMESTAMP, 3);
                    case INTERVAL -> createSqlIntervalType(DAY_TO_SECOND);
                    case INTERVAL_MONTH -> createSqlIntervalType(YEAR_TO_MONTH);
                };
        return createTypeWithNullability(created, true);
    }

    RelDataType of(Schema schema) {
        Builder builder = builder();
        for (Field field : schema.fields()) {
            builder.add(field.name(), of(field.type()));
        }
        return builder.build();
    }

    /** The kernel's type for one of Calcite's, if it has one. */
    static Optional<Type> toKernel(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Optional.of(Type.BOOLEAN);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> Optional.of(Type.BIGINT);
            case FLOAT, REAL, DOUBLE -> Optional.of(Type.DOUBLE);
            case DECIMAL -> toDecimal(type.getPrecision(), type.getScale());
            case CHAR, VARCHAR -> Optional.of(Type.VARCHAR);
            case TIMESTAMP -> Optional.of(Type.TIMESTAMP);
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                Optional.of(Type.INTERVAL_MONTH);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> Optional.of(Type.INTERVAL);
            default -> Optional.empty();
        };
    }

    /** The kernel's type of an argument; VARCHAR for what the kernel has no type for, which it then refuses by name. */
    static Type argument(RelDataType type) {
        return toKernel(type).orElse(Type.VARCHAR);
    }

    /** The type as messages show it. */
    static String shown(RelDataType type) {
        return toKernel(type).map(Type::toString).orElse(type.getSqlTypeName().getName());
    }

    private static Optional<Type> toDecimal(int precision, int scale) {
        boolean fits = precision >= 1
                && precision <= Type.DECIMAL_PRECISION_MAX
                && scale >= 0
                && scale <= precision;
        return fits ? Optional.of(Type.decimal(precision, scale)) : Optional.empty();
    }
}
