package io.tidewatch.kernel.type;

/** The kinds of values, each with the Java primitive that holds it in a column. */
public enum TypeKind {
    /** True or false; {@code boolean}. */
    BOOLEAN,
    /** A 64-bit signed integer; {@code long}. Narrower integers are widened to it. */
    BIGINT,
    /** An IEEE 754 binary64 number; {@code double}. */
    DOUBLE,
    /** An exact decimal of up to 18 digits; its unscaled value as {@code long}. */
    DECIMAL,
    /** A string, as UTF-8 bytes. */
    VARCHAR,
    /** An instant in milliseconds since the epoch, UTC; {@code long}. */
    TIMESTAMP,
    /** A day-time interval in milliseconds; {@code long}. */
    INTERVAL,
    /** A year-month interval in months; {@code long}. */
    INTERVAL_MONTH
}
