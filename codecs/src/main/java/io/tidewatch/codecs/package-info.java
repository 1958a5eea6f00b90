/**
 * The contract of the codecs: what to decode ({@link io.tidewatch.codecs.StreamFormat}), how ({@link
 * io.tidewatch.codecs.Decoder}) and what comes out ({@link io.tidewatch.codecs.Decoded}, {@link
 * io.tidewatch.codecs.Refusal}). Decoders are made, and fed from streams of bytes, in package {@code input}.
 *
 * <p>Whatever the bytes are, decoding does not throw: a record that cannot be accepted is refused with its place and the
 * reason, and the next one is decoded. How the input is cut into buffers does not change any result.
 */
@NullMarked
package io.tidewatch.codecs;

import org.jspecify.annotations.NullMarked;
