/**
 * Columnar rows. Start with {@link io.tidewatch.kernel.batch.Batch}, {@link io.tidewatch.kernel.batch.Column} and {@link
 * io.tidewatch.kernel.batch.Selection}.
 *
 * <p>Columns are immutable once published in a batch. A filter makes a selection, never a copy. {@link
 * io.tidewatch.kernel.batch.ByteWriter} and {@link io.tidewatch.kernel.batch.ByteReader} are the one way in which rows,
 * keys and accumulators become bytes.
 */
@NullMarked
package io.tidewatch.kernel.batch;

import org.jspecify.annotations.NullMarked;
