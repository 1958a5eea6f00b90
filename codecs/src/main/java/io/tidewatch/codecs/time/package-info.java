/**
 * How times are written, and reading them from bytes. Start with {@link io.tidewatch.codecs.time.TimeFormat}.
 *
 * <p>A time is milliseconds since the epoch, UTC, from year 1 to year 9999; finer fractions are cut off towards the past.
 * A local time with a zone: one that a clock change skips moves forward by the length of the gap; one that a clock change
 * repeats is the earlier of the two. A leap second (23:59:60 UTC) reads as 23:59:59.999, so that it stays in its day and
 * does not run ahead.
 */
@NullMarked
package io.tidewatch.codecs.time;

import org.jspecify.annotations.NullMarked;
