package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import java.util.Arrays;

/** DOUBLE: correctly rounded; a number beyond the greatest finite one does not fit. */
final class DoubleSink extends ValueSink {
    private final DecimalText decimal = new DecimalText();
    private double[] values = {};

    DoubleSink(SpareArrays spare) {
        super(spare);
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        return decimal.parse(bytes, start, end) ? set(row) : notFinite(row, bytes, start, end);
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return decimal.parseJson(bytes, start, end) ? set(row) : notFinite(row, bytes, start, end);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return decimal.parse(bytes, start, end) && set(row);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return false;
    }

    private boolean set(int row) {
        double value = decimal.toDouble();
        values[row] = value;
        return Double.isFinite(value);
    }

    private boolean notFinite(int row, byte[] bytes, int start, int end) {
        if (Ascii.equals("NaN", bytes, start, end)) {
            values[row] = Double.NaN;
        } else if (Ascii.equals("Infinity", bytes, start, end)) {
            values[row] = Double.POSITIVE_INFINITY;
        } else if (Ascii.equals("-Infinity", bytes, start, end)) {
            values[row] = Double.NEGATIVE_INFINITY;
        } else {
            return false;
        }
        return true;
    }

    @Override
    String expectation() {
        return "a number within the range of DOUBLE";
    }

    @Override
    void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        values = spare().doubles(newCapacity);
    }

    @Override
    void growValues(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    void clearValue(int row) {
        values[row] = 0;
    }

    @Override
    void releaseValues(Column column) {
        spare().release(((DoubleColumn) column).values());
    }

    @Override
    Column build(int rowCount, byte[] buffer) {
        return new DoubleColumn(rowCount, values, nulls());
    }
}
