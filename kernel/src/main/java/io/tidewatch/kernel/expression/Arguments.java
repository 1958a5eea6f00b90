package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The arguments of a function call for one row after the other. */
final class Arguments {
    private final Column[] columns;
    private final Nulls nulls;
    private final Expression call;
    private final int[] bounds = new int[2];
    private int row;
    private int sliceStart;
    private int sliceLength;

    Arguments(Column[] columns, Nulls nulls, Expression call) {
        this.columns = columns;
        this.nulls = nulls;
        this.call = call;
    }

    /** Turns to a row, and says whether the function is to be called for it: whether no argument is NULL. */
    boolean at(int row) {
        this.row = row;
        return !nulls.isNull(row);
    }

    boolean @Nullable [] nullMask() {
        return nulls.mask();
    }

    int count() {
        return columns.length;
    }

    long longAt(int argument) {
        return ((LongColumn) columns[argument]).values()[row];
    }

    double doubleAt(int argument) {
        return ((DoubleColumn) columns[argument]).values()[row];
    }

    boolean booleanAt(int argument) {
        return ((BooleanColumn) columns[argument]).values()[row];
    }

    /** The array that holds the string of an argument, from {@link #startAt}, {@link #lengthAt} bytes. */
    byte[] bytesAt(int argument) {
        return ((BytesColumn) columns[argument]).bytes();
    }

    int startAt(int argument) {
        return ((BytesColumn) columns[argument]).starts()[row];
    }

    int lengthAt(int argument) {
        return ((BytesColumn) columns[argument]).lengths()[row];
    }

    int endAt(int argument) {
        return startAt(argument) + lengthAt(argument);
    }

    String stringAt(int argument) {
        return ((BytesColumn) columns[argument]).toString(row);
    }

    /** Two numbers to be used within one row. */
    int[] bounds() {
        return bounds;
    }

    /** The start and the length of a string, in {@link #bounds}. */
    int[] rangeOf(int argument) {
        bounds[0] = startAt(argument);
        bounds[1] = lengthAt(argument);
        return bounds;
    }

    /** The result is this part of the bytes of the first argument. */
    void slice(int start, int end) {
        sliceStart = start;
        sliceLength = end - start;
    }

    int sliceStart() {
        return sliceStart;
    }

    int sliceLength() {
        return sliceLength;
    }

    void setNull() {
        nulls.add(row);
    }

    /** The row fails because of its arguments; {@code what} says why, without their values. */
    void fail(String what) {
        nulls.fail(row, ErrorCode.FUNCTION_ARGUMENT_INVALID, what, call);
    }

    void fail(ErrorCode code, String what) {
        nulls.fail(row, code, what, call);
    }
}
