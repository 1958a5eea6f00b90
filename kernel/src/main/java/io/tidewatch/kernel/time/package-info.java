/**
 * Event time. Start with {@link io.tidewatch.kernel.time.TimeSpec}, a stream's settings; {@link
 * io.tidewatch.kernel.time.WatermarkTracker} follows one partition, and {@link io.tidewatch.kernel.time.Lateness} decides
 * to which revision of a window an event belongs.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00:00Z, durations are milliseconds. "Passes" means ≥ everywhere: a
 * watermark <em>w</em> has passed a time <em>t</em> when w ≥ t. Arithmetic goes through {@link
 * io.tidewatch.kernel.time.Times} where it could leave the range of a {@code long}. There is no clock here: time comes from
 * the log.
 */
@NullMarked
package io.tidewatch.kernel.time;

import org.jspecify.annotations.NullMarked;
