package io.tidewatch.kernel.type;

import static java.util.Objects.requireNonNull;

/**
 * The type of a column or an expression. Every type includes NULL.
 *
 * @param kind what kind of value
 * @param precision digits in all, for DECIMAL (1 to 18); 0 otherwise
 * @param scale digits after the point, for DECIMAL (0 to precision); 0 otherwise
 */
public record Type(TypeKind kind, int precision, int scale) {
    /** The most digits that a DECIMAL column holds: every unscaled value of 18 digits fits a {@code long}. */
    public static final int DECIMAL_PRECISION_MAX = 18;

    public static final Type BOOLEAN = new Type(TypeKind.BOOLEAN, 0, 0);
    public static final Type BIGINT = new Type(TypeKind.BIGINT, 0, 0);
    public static final Type DOUBLE = new Type(TypeKind.DOUBLE, 0, 0);
    public static final Type VARCHAR = new Type(TypeKind.VARCHAR, 0, 0);
    public static final Type TIMESTAMP = new Type(TypeKind.TIMESTAMP, 0, 0);
    public static final Type INTERVAL = new Type(TypeKind.INTERVAL, 0, 0);
    public static final Type INTERVAL_MONTH = new Type(TypeKind.INTERVAL_MONTH, 0, 0);

    public Type {
        requireNonNull(kind, "kind");
        if (kind == TypeKind.DECIMAL) {
            if (precision < 1 || precision > DECIMAL_PRECISION_MAX) {
                throw new IllegalArgumentException("precision: " + precision + " (expected: 1 to "
                        + DECIMAL_PRECISION_MAX + ")");
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "scale: " + scale + " (expected: 0 to " + precision + ")");
            }
        } else if (precision != 0 || scale != 0) {
            throw new IllegalArgumentException(kind + " has no precision and scale");
        }
    }

    public static Type decimal(int precision, int scale) {
        return new Type(TypeKind.DECIMAL, precision, scale);
    }

    /** Whether a column of this type is a {@code LongColumn}. */
    public boolean isLong() {
        return switch (kind) {
            case BIGINT, DECIMAL, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> true;
            case BOOLEAN, DOUBLE, VARCHAR -> false;
        };
    }

    public boolean isNumeric() {
        return kind == TypeKind.BIGINT || kind == TypeKind.DOUBLE || kind == TypeKind.DECIMAL;
    }

    /** The type as SQL writes it, for example {@code DECIMAL(10, 2)}. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case TIMESTAMP -> "TIMESTAMP(3)";
            case INTERVAL -> "INTERVAL DAY TO SECOND";
            case INTERVAL_MONTH -> "INTERVAL YEAR TO MONTH";
            case BOOLEAN, BIGINT, DOUBLE, VARCHAR -> kind.name();
        };
    }
}
