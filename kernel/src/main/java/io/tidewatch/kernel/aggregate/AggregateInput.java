package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import java.util.List;

/** What one call reads of a batch: its evaluated arguments, and the origins of the rows. */
public final class AggregateInput {
    private final RowOrigins origins;
    private final Column[] arguments;

    public AggregateInput(RowOrigins origins, List<? extends Column> arguments) {
        this(origins, arguments.toArray(new Column[0]));
    }

    /** Wraps the array, which the caller must not change while this is in use. */
    public AggregateInput(RowOrigins origins, Column[] arguments) {
        this.origins = origins;
        this.arguments = arguments;
    }

    public RowOrigins origins() {
        return origins;
    }

    public int argumentCount() {
        return arguments.length;
    }

    public Column argument(int index) {
        return arguments[index];
    }

    LongColumn longs(int index) {
        return (LongColumn) arguments[index];
    }

    DoubleColumn doubles(int index) {
        return (DoubleColumn) arguments[index];
    }

    BooleanColumn booleans(int index) {
        return (BooleanColumn) arguments[index];
    }

    BytesColumn bytes(int index) {
        return (BytesColumn) arguments[index];
    }
}
