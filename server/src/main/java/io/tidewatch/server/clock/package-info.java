/** The wall clock, passed in wherever it is needed so that tests can turn it themselves. */
@NullMarked
package io.tidewatch.server.clock;

import org.jspecify.annotations.NullMarked;
