/**
 * What all decoders share: values from text into columns ({@link io.tidewatch.codecs.row.ValueSink}), rows into batches
 * ({@link io.tidewatch.codecs.row.RowCollector}), and input into records ({@link io.tidewatch.codecs.row.RecordDecoder}).
 *
 * <p>A row is written at the collector's current place in all columns and becomes part of the batch only when it is
 * accepted; a refused record leaves nothing behind.
 */
@NullMarked
package io.tidewatch.codecs.row;

import org.jspecify.annotations.NullMarked;
