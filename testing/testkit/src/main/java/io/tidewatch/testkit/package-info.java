@NullMarked
package io.tidewatch.testkit;

import org.jspecify.annotations.NullMarked;
