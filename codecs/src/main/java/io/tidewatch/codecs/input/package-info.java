/**
 * From a stream of bytes to batches: {@link io.tidewatch.codecs.input.Inputs} opens files, compressed or not, {@link
 * io.tidewatch.codecs.input.Decoders} makes the decoder of a format, and {@link io.tidewatch.codecs.input.RecordReader}
 * feeds the one from the other. Start with {@link io.tidewatch.codecs.input.RecordReader#open}.
 */
@NullMarked
package io.tidewatch.codecs.input;

import org.jspecify.annotations.NullMarked;
