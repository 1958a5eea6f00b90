/** Bytes looked at several at a time. */
@NullMarked
package io.tidewatch.codecs.bytes;

import org.jspecify.annotations.NullMarked;
