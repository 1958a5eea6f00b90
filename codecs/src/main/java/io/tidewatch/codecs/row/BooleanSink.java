package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.Column;
import java.util.Arrays;

/** BOOLEAN: JSON's literals; in text {@code true} and {@code false} in any case. */
final class BooleanSink extends ValueSink {
    private boolean[] values = {};

    BooleanSink(SpareArrays spare) {
        super(spare);
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        boolean isTrue = Ascii.equalsIgnoreCase("true", bytes, start, end);
        values[row] = isTrue;
        return isTrue || Ascii.equalsIgnoreCase("false", bytes, start, end);
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return false;
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return false;
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        values[row] = value;
        return true;
    }

    @Override
    String expectation() {
        return "true or false";
    }

    @Override
    void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        values = spare().booleans(newCapacity);
    }

    @Override
    void growValues(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    void clearValue(int row) {
        values[row] = false;
    }

    @Override
    void releaseValues(Column column) {
        spare().release(((BooleanColumn) column).values());
    }

    @Override
    Column build(int rowCount, byte[] buffer) {
        return new BooleanColumn(rowCount, values, nulls());
    }
}
