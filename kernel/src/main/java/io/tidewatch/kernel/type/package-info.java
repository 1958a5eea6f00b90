/**
 * Types of values and schemas of rows. Start with {@link io.tidewatch.kernel.type.Type}.
 *
 * <p>Values that stand outside columns (literals, keys on their way out, tests) are Java objects: {@code Boolean}, {@code
 * Long} (BIGINT, and TIMESTAMP and INTERVAL in milliseconds, INTERVAL_MONTH in months), {@code Double}, {@code
 * BigDecimal} (DECIMAL, at the type's scale), {@code String}, and {@code null} for SQL's NULL.
 */
@NullMarked
package io.tidewatch.kernel.type;

import org.jspecify.annotations.NullMarked;
