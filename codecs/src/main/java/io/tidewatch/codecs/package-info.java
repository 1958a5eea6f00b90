@NullMarked
package io.tidewatch.codecs;

import org.jspecify.annotations.NullMarked;
