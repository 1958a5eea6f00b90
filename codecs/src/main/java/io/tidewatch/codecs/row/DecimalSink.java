package io.tidewatch.codecs.row;

import io.tidewatch.kernel.type.Type;

/** DECIMAL: exact, so a number with more digits after the point than the scale does not fit. */
final class DecimalSink extends LongSink {
    private final Type type;
    private final long unscaledLimit;
    private final DecimalText decimal = new DecimalText();

    DecimalSink(Type type, SpareArrays spare) {
        super(spare);
        this.type = type;
        long limit = 1;
        for (int i = 0; i < type.precision(); i++) {
            limit *= 10;
        }
        this.unscaledLimit = limit;
    }

    @Override
    boolean text(int row, byte[] bytes, int start, int end) {
        return decimal.parse(bytes, start, end) && takeDecimal(row);
    }

    @Override
    boolean string(int row, byte[] bytes, int start, int end) {
        return decimal.parseJson(bytes, start, end) && takeDecimal(row);
    }

    @Override
    boolean number(int row, byte[] bytes, int start, int end) {
        return text(row, bytes, start, end);
    }

    @Override
    boolean literal(int row, boolean value, byte[] bytes, int start, int end) {
        return false;
    }

    private boolean takeDecimal(int row) {
        if (!decimal.isWhole(type.scale()) || !decimal.fitsLong(type.scale())) {
            return false;
        }
        long unscaled = decimal.toLong(type.scale());
        set(row, unscaled);
        return unscaled < unscaledLimit && unscaled > -unscaledLimit;
    }

    @Override
    String expectation() {
        return "a number of at most " + (type.precision() - type.scale()) + " digits before and "
                + type.scale() + " after the point";
    }
}
