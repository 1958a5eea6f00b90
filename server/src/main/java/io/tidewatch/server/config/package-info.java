/**
 * The configuration file: streams, reference tables and monitors, as records that know where they stand in it. Start with
 * {@link io.tidewatch.server.config.ConfigurationReader} and {@link io.tidewatch.server.config.Configuration}.
 *
 * <p>The records hold what the file says, with defaults filled in; whether queries and conditions make sense is for the
 * compiler to say. All that is wrong in a file is reported together. The keys stand in docs/reference/configuration.md.
 */
@NullMarked
package io.tidewatch.server.config;

import org.jspecify.annotations.NullMarked;
