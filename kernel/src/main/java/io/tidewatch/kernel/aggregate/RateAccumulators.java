package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.type.Type;
import java.math.BigInteger;

/** RATE(x): the sum per second of the window, from the exact sum, rounded once. NULL without a value. */
final class RateAccumulators extends SumAccumulators {
    static final BigInteger MILLIS_PER_SECOND = BigInteger.valueOf(1000);

    private final BigInteger unit;

    RateAccumulators(Type type) {
        super(type);
        this.unit = Totals.unit(type);
    }

    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            long millis = windowMillis(slot, context);
            if (millis > 0 && !totals.isEmpty(slot)) {
                BigInteger divisor = unit.multiply(BigInteger.valueOf(millis));
                ((DoubleColumnBuilder) out)
                        .append(totals.quotient(slot, MILLIS_PER_SECOND.longValue(), divisor));
            } else {
                out.appendNull();
            }
        }
    }

    /** The length of the slot's window; where it has none, a failure is noted. */
    static long windowMillis(int slot, FinishContext context) {
        long millis = context.windowMillis(slot);
        if (millis <= 0) {
            context.fail(
                    slot,
                    ErrorCode.DIVISION_BY_ZERO,
                    "RATE is per second of a window, and there is no window;"
                            + " give the monitor one, or use SUM or COUNT");
        }
        return millis;
    }
}
