/**
 * Running monitors over what happens now. Start with {@link io.tidewatch.server.live.LiveRun}.
 */
@NullMarked
package io.tidewatch.server.live;

import org.jspecify.annotations.NullMarked;
