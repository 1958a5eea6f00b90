/**
 * Measurements of this machine as rows. Start with {@link io.tidewatch.server.source.host.HostSource}; what is measured stands
 * in {@link io.tidewatch.server.source.host.Machine} and in docs/reference/configuration.md.
 */
@NullMarked
package io.tidewatch.server.source.host;

import org.jspecify.annotations.NullMarked;
