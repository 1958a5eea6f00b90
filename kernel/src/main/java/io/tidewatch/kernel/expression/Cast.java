package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * CAST and TRY_CAST. A value that the target cannot hold fails, or is NULL with TRY_CAST.
 *
 * <p>To BIGINT, digits after the point are cut off; to DECIMAL, a number is rounded half up. DECIMAL becomes the nearest
 * DOUBLE. TIMESTAMP and BIGINT convert as milliseconds since the epoch, intervals and BIGINT as milliseconds or months;
 * DOUBLE to INTERVAL is rounded half up to a millisecond. Strings are what {@link TextReader} reads, and {@link
 * DoubleText}, {@link Timestamps} and {@link IntervalText} write.
 */
final class Cast extends Expression {
    private static final double TWO_TO_63 = 0x1p63;
    /** Every whole number up to here is a double. */
    private static final double EXACT_MAX = 0x1p53;

    private final boolean tryCast;

    Cast(Expression operand, Type target, boolean tryCast) {
        super(target, List.of(operand), tryCast);
        this.tryCast = tryCast;
    }

    boolean isTryCast() {
        return tryCast;
    }

    /** Whether there is a conversion; between equal types none is needed. */
    static boolean isDefined(Type from, Type to) {
        return switch (to.kind()) {
            case BOOLEAN -> from.kind() == TypeKind.BOOLEAN || from.kind() == TypeKind.VARCHAR;
            case BIGINT -> from.kind() != TypeKind.BOOLEAN;
            case DOUBLE, DECIMAL -> from.isNumeric() || from.kind() == TypeKind.VARCHAR;
            case VARCHAR -> true;
            case TIMESTAMP, INTERVAL_MONTH ->
                from.kind() == to.kind()
                        || from.kind() == TypeKind.VARCHAR
                        || from.kind() == TypeKind.BIGINT;
            case INTERVAL ->
                from.kind() == to.kind()
                        || from.kind() == TypeKind.VARCHAR
                        || from.kind() == TypeKind.BIGINT
                        || from.kind() == TypeKind.DOUBLE;
        };
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Column operand = evaluation.column(operand(0), selection);
        Nulls nulls = Nulls.of(evaluation, selection, operand);
        return switch (type().kind()) {
            case BOOLEAN -> toBoolean(evaluation, (BytesColumn) operand, selection, nulls);
            case DOUBLE -> toDouble(evaluation, operand, selection, nulls);
            case VARCHAR -> toVarchar(evaluation, operand, selection, nulls);
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                toLong(evaluation, operand, selection, nulls);
        };
    }

    private Column toBoolean(
            Evaluation evaluation, BytesColumn operand, Selection selection, Nulls nulls) {
        TextReader reader = new TextReader();
        boolean[] out = evaluation.booleans();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (nulls.isNull(row)) {
                continue;
            }
            if (reader.readBoolean(operand.bytes(), operand.start(row), operand.length(row))) {
                out[row] = reader.value() != 0;
            } else {
                refuse(row, nulls);
            }
        }
        return new BooleanColumn(evaluation.rowCount(), out, nulls.mask());
    }

    private Column toDouble(
            Evaluation evaluation, Column operand, Selection selection, Nulls nulls) {
        double[] out = evaluation.doubles();
        if (operand instanceof BytesColumn bytes) {
            TextReader reader = new TextReader();
            for (int i = 0; i < selection.size(); i++) {
                int row = selection.row(i);
                if (nulls.isNull(row)) {
                    continue;
                }
                if (reader.readDouble(bytes.bytes(), bytes.start(row), bytes.length(row))) {
                    out[row] = reader.doubleValue();
                } else {
                    refuse(row, nulls);
                }
            }
        } else {
            longsToDoubles(
                    ((LongColumn) operand).values(), operand(0).type().scale(), selection, out);
        }
        return new DoubleColumn(evaluation.rowCount(), out, nulls.mask());
    }

    private static void longsToDoubles(
            long[] values, int scale, Selection selection, double[] out) {
        int[] rows = selection.rows();
        int size = selection.size();
        if (scale != 0) {
            for (int i = 0; i < size; i++) {
                int row = rows == null ? i : rows[i];
                out[row] = decimalToDouble(values[row], scale);
            }
        } else if (rows == null) {
            for (int row = 0; row < size; row++) {
                out[row] = (double) values[row];
            }
        } else {
            for (int i = 0; i < size; i++) {
                out[rows[i]] = (double) values[rows[i]];
            }
        }
    }

    /** The double nearest to {@code unscaled}·10^−{@code scale}. */
    static double decimalToDouble(long unscaled, int scale) {
        // Numerator and power of ten are exact here, so that the quotient is rounded only once.
        return Math.abs((double) unscaled) < EXACT_MAX
                ? unscaled / (double) Decimals.powerOfTen(scale)
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    private Column toLong(Evaluation evaluation, Column operand, Selection selection, Nulls nulls) {
        if (operand instanceof LongColumn longs && isSameNumber()) {
            return longs;
        }
        LongReader reader = new LongReader(operand, operand(0).type(), type());
        long[] out = evaluation.longs();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (nulls.isNull(row)) {
                continue;
            }
            if (reader.read(row)) {
                out[row] = reader.value;
            } else {
                refuse(row, nulls);
            }
        }
        return new LongColumn(evaluation.rowCount(), out, nulls.mask());
    }

    /** Whether the column holds the very same numbers in both types. */
    private boolean isSameNumber() {
        Type from = operand(0).type();
        if (type().kind() == TypeKind.DECIMAL) {
            return from.kind() == TypeKind.DECIMAL
                    && from.scale() == type().scale()
                    && from.precision() <= type().precision();
        }
        return type().kind() != TypeKind.TIMESTAMP && from.scale() == 0;
    }

    private void refuse(int row, Nulls nulls) {
        if (tryCast) {
            nulls.add(row);
        } else {
            nulls.fail(
                    row,
                    ErrorCode.CAST_INVALID,
                    "a " + operand(0).type() + " that is no " + type(),
                    this);
        }
    }

    /** One value of a column as the {@code long} of another type. */
    private static final class LongReader {
        private final Column operand;
        private final Type from;
        private final Type to;
        private final TextReader text = new TextReader();
        private long value;

        LongReader(Column operand, Type from, Type to) {
            this.operand = operand;
            this.from = from;
            this.to = to;
        }

        boolean read(int row) {
            if (operand instanceof BytesColumn bytes) {
                boolean read = readText(bytes.bytes(), bytes.start(row), bytes.length(row));
                value = text.value();
                return read;
            }
            if (operand instanceof DoubleColumn doubles) {
                return readDouble(doubles.value(row));
            }
            return readLong(((LongColumn) operand).value(row));
        }

        private boolean readText(byte[] bytes, int start, int length) {
            return switch (to.kind()) {
                case BIGINT -> text.readBigint(bytes, start, length);
                case DECIMAL -> text.readDecimal(bytes, start, length, to.precision(), to.scale());
                case TIMESTAMP -> text.readTimestamp(bytes, start, length);
                case INTERVAL -> text.readInterval(bytes, start, length);
                case INTERVAL_MONTH -> text.readMonths(bytes, start, length);
                case BOOLEAN, DOUBLE, VARCHAR -> throw new IllegalStateException("CAST to " + to);
            };
        }

        private boolean readDouble(double number) {
            if (to.kind() == TypeKind.DECIMAL) {
                return readDoubleAsDecimal(number);
            }
            boolean cutsOff = to.kind() == TypeKind.BIGINT || Math.abs(number) >= EXACT_MAX;
            long magnitude = Math.round(Math.abs(number));
            value = cutsOff ? (long) number : number < 0 ? -magnitude : magnitude;
            return number >= -TWO_TO_63 && number < TWO_TO_63;
        }

        private boolean readDoubleAsDecimal(double number) {
            if (!(Math.abs(number) < Decimals.LIMIT)) {
                return false;
            }
            BigDecimal rounded = new BigDecimal(number).setScale(to.scale(), RoundingMode.HALF_UP);
            if (rounded.precision() > to.precision() && rounded.signum() != 0) {
                return false;
            }
            value = rounded.unscaledValue().longValueExact();
            return true;
        }

        private boolean readLong(long number) {
            if (to.kind() == TypeKind.DECIMAL) {
                value = Decimals.rescale(number, to.scale() - from.scale());
                long limit = Decimals.limitOf(to.precision());
                return value != Decimals.OVERFLOW && value < limit && value > -limit;
            }
            value = number / Decimals.powerOfTen(from.scale());
            return to.kind() != TypeKind.TIMESTAMP || Calendar.isTimestamp(value);
        }
    }

    private Column toVarchar(
            Evaluation evaluation, Column operand, Selection selection, Nulls nulls) {
        ByteWriter out = evaluation.writer();
        int[] starts = evaluation.ints();
        int[] lengths = evaluation.ints();
        for (int i = 0; i < selection.size(); i++) {
            int row = selection.row(i);
            if (!nulls.isNull(row)) {
                starts[row] = out.size();
                byte[] text = text(operand, row).getBytes(UTF_8);
                out.writeRaw(text, 0, text.length);
                lengths[row] = text.length;
            }
        }
        return new BytesColumn(evaluation.rowCount(), out.array(), starts, lengths, nulls.mask());
    }

    private String text(Column operand, int row) {
        Type from = operand(0).type();
        return switch (from.kind()) {
            case BOOLEAN -> ((BooleanColumn) operand).value(row) ? "TRUE" : "FALSE";
            case DOUBLE -> DoubleText.toString(((DoubleColumn) operand).value(row));
            case VARCHAR -> ((BytesColumn) operand).toString(row);
            case BIGINT -> Long.toString(((LongColumn) operand).value(row));
            case DECIMAL ->
                BigDecimal.valueOf(((LongColumn) operand).value(row), from.scale())
                        .toPlainString();
            case TIMESTAMP -> Timestamps.format(((LongColumn) operand).value(row));
            case INTERVAL -> IntervalText.toString(((LongColumn) operand).value(row));
            case INTERVAL_MONTH -> IntervalText.monthsToString(((LongColumn) operand).value(row));
        };
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new Cast(newOperands.get(0), type(), tryCast);
    }

    @Override
    void write(SqlText out) {
        out.append(tryCast ? "TRY_CAST(" : "CAST(")
                .write(operand(0))
                .append(" AS ")
                .append(type().toString())
                .append(")");
    }
}
