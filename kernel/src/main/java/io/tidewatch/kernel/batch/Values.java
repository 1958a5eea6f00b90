package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Values as Java objects, one at a time, as package {@code type} lists them: for literals, for what leaves the system, and
 * for tests. Not for loops over rows.
 */
public final class Values {
    private Values() {}

    /** The value of one row, or {@code null} for NULL. */
    public static @Nullable Object get(Type type, Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> ((BooleanColumn) column).value(row);
            case DOUBLE -> ((DoubleColumn) column).value(row);
            case VARCHAR -> ((BytesColumn) column).toString(row);
            case DECIMAL -> BigDecimal.valueOf(((LongColumn) column).value(row), type.scale());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> ((LongColumn) column).value(row);
        };
    }

    /**
     * Appends a value of the type that the builder was made for.
     *
     * @throws ArithmeticException if a DECIMAL has more digits after the point than its type, or does not fit
     */
    public static void append(Type type, ColumnBuilder builder, @Nullable Object value) {
        if (value == null) {
            builder.appendNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> ((BooleanColumnBuilder) builder).append((Boolean) value);
            case DOUBLE -> ((DoubleColumnBuilder) builder).append((Double) value);
            case VARCHAR -> ((BytesColumnBuilder) builder).append(((String) value).getBytes(UTF_8));
            case DECIMAL ->
                ((LongColumnBuilder) builder)
                        .append(((BigDecimal) value)
                                .setScale(type.scale())
                                .unscaledValue()
                                .longValueExact());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                ((LongColumnBuilder) builder).append((Long) value);
        }
    }
}
