package io.tidewatch.codecs.row;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.type.Type;
import java.util.Arrays;

/** DECIMAL: exact, so a number with more digits after the point than the scale does not fit. */
final class DecimalSink extends ValueSink {
    private final Type type;
    private final long unscaledLimit;
    private final DecimalText decimal = new DecimalText();
    private long[] values = {};

    DecimalSink(Type type) {
        this.type = type;
        long limit = 1;
        for (int i = 0; i < type.precision(); i++) {
            limit *= 10;
        }
        this.unscaledLimit = limit;
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        return decimal.parse(bytes, start, end) && set(row);
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return decimal.parseJson(bytes, start, end) && set(row);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return false;
    }

    private boolean set(int row) {
        if (!decimal.isWhole(type.scale()) || !decimal.fitsLong(type.scale())) {
            return false;
        }
        long unscaled = decimal.toLong(type.scale());
        values[row] = unscaled;
        return unscaled < unscaledLimit && unscaled > -unscaledLimit;
    }

    @Override
    String expectation() {
        return "a number of at most " + (type.precision() - type.scale()) + " digits before and "
                + type.scale() + " after the point";
    }

    @Override
    void begin(int newCapacity, byte[] buffer) {
        super.begin(newCapacity, buffer);
        values = new long[newCapacity];
    }

    @Override
    void growValues(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    Column build(int rowCount, byte[] buffer) {
        return new LongColumn(rowCount, values, nulls());
    }
}
