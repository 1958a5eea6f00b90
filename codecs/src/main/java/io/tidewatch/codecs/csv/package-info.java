/** Comma-separated values. Start with {@link io.tidewatch.codecs.csv.CsvDecoder}. */
@NullMarked
package io.tidewatch.codecs.csv;

import org.jspecify.annotations.NullMarked;
