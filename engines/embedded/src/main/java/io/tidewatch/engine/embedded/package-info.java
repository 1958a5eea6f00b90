@NullMarked
package io.tidewatch.engine.embedded;

import org.jspecify.annotations.NullMarked;
