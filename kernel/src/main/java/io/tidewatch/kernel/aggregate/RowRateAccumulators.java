package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import java.math.BigInteger;

/** RATE(): rows per second of the window. */
final class RowRateAccumulators extends CountAccumulators {
    @Override
    public void finish(Selection slots, FinishContext context, ColumnBuilder out) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.row(i);
            long millis = RateAccumulators.windowMillis(slot, context);
            if (millis > 0) {
                Rational perSecond = Rational.of(BigInteger.valueOf(count(slot)))
                        .times(RateAccumulators.MILLIS_PER_SECOND)
                        .dividedBy(BigInteger.valueOf(millis));
                ((DoubleColumnBuilder) out).append(perSecond.toDouble());
            } else {
                out.appendNull();
            }
        }
    }
}
