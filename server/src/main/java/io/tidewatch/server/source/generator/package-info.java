/**
 * Rows made up by rule. Start with {@link io.tidewatch.server.source.generator.RowGenerator}, which is a pure function of the
 * configuration and the number of the row.
 */
@NullMarked
package io.tidewatch.server.source.generator;

import org.jspecify.annotations.NullMarked;
