package io.tidewatch.alerting.template;

import io.tidewatch.kernel.expression.DoubleText;
import io.tidewatch.kernel.expression.IntervalText;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
public final class ValueText {
    private ValueText() {}

    /** The text of a value in the form of {@code Values.get}: times as RFC 3339, NULL as {@code NULL}. */
    public static String of(Type type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.kind()) {
            case BOOLEAN, BIGINT, VARCHAR -> value.toString();
            case DOUBLE -> DoubleText.toString((Double) value);
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case TIMESTAMP -> Timestamps.format((Long) value);
            case INTERVAL -> IntervalText.toString((Long) value);
            case INTERVAL_MONTH -> IntervalText.monthsToString((Long) value);
        };
    }
}
