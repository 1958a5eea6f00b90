package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constant. Its column is filled once per batch and selection; loops that can take a single value ask for it. */
final class Literal extends Expression {
    private final @Nullable Object value;
    private final byte[] bytes;

    /** @param value as package {@code type} says for the type; a DECIMAL at the scale of the type */
    Literal(Type type, @Nullable Object value) {
        super(type, List.of(), value);
        this.value = value;
        this.bytes = value instanceof String text ? text.getBytes(UTF_8) : new byte[0];
    }

    @Nullable
    Object value() {
        return value;
    }

    boolean isNullLiteral() {
        return value == null;
    }

    /** The value as a column of its type would hold it; 0 for NULL. */
    long asLong() {
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().longValueExact();
        }
        return value == null ? 0 : (Long) value;
    }

    double asDouble() {
        return value == null ? 0 : (Double) value;
    }

    boolean asBoolean() {
        return value != null && (Boolean) value;
    }

    /** The UTF-8 form of a VARCHAR, not to be changed. */
    byte[] asBytes() {
        return bytes;
    }

    String asString() {
        return value == null ? "" : value.toString();
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        int rowCount = evaluation.rowCount();
        boolean[] nulls = null;
        if (value == null) {
            nulls = evaluation.booleans();
            Arrays.fill(nulls, 0, rowCount, true);
        }
        return switch (type().kind()) {
            case BOOLEAN -> {
                boolean[] values = evaluation.booleans();
                Arrays.fill(values, 0, rowCount, asBoolean());
                yield new BooleanColumn(rowCount, values, nulls);
            }
            case DOUBLE -> {
                double[] values = evaluation.doubles();
                Arrays.fill(values, 0, rowCount, asDouble());
                yield new DoubleColumn(rowCount, values, nulls);
            }
            case VARCHAR -> {
                int[] starts = evaluation.ints();
                int[] lengths = evaluation.ints();
                Arrays.fill(starts, 0, rowCount, 0);
                Arrays.fill(lengths, 0, rowCount, bytes.length);
                yield new BytesColumn(rowCount, bytes, starts, lengths, nulls);
            }
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> {
                long[] values = evaluation.longs();
                Arrays.fill(values, 0, rowCount, asLong());
                yield new LongColumn(rowCount, values, nulls);
            }
        };
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return this;
    }

    @Override
    void write(SqlText out) {
        if (value == null) {
            out.append("CAST(NULL AS ").append(type().toString()).append(")");
            return;
        }
        switch (type().kind()) {
            case BOOLEAN -> out.append(asBoolean() ? "TRUE" : "FALSE");
            case BIGINT -> out.append(Long.toString(asLong()));
            case DOUBLE -> writeDouble(out);
            case DECIMAL -> out.append(((BigDecimal) value).toPlainString());
            case VARCHAR -> out.string((String) value);
            case TIMESTAMP ->
                out.append("TIMESTAMP '").append(Timestamps.toSql(asLong())).append("'");
            case INTERVAL ->
                out.append("INTERVAL '")
                        .append(IntervalText.toString(asLong()))
                        .append("' DAY TO SECOND");
            case INTERVAL_MONTH ->
                out.append("INTERVAL '")
                        .append(IntervalText.monthsToString(asLong()))
                        .append("' YEAR TO MONTH");
        }
    }

    private void writeDouble(SqlText out) {
        double number = asDouble();
        String text = DoubleText.toString(number);
        if (!Double.isFinite(number)) {
            out.append("CAST('").append(text).append("' AS DOUBLE)");
        } else {
            out.append(text).append(text.indexOf('E') < 0 ? "E0" : "");
        }
    }
}
