/**
 * JSON lines. {@link io.tidewatch.codecs.json.JsonDecoder} drives {@link io.tidewatch.codecs.json.JsonScanner}, which checks
 * every byte of a line against RFC 8259 but keeps only where the wanted values stand; those are read when the line is
 * known to be well-formed.
 */
@NullMarked
package io.tidewatch.codecs.json;

import org.jspecify.annotations.NullMarked;
