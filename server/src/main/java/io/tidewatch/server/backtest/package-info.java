/**
 * Running monitors over what happened: files and recordings, as fast as they are read. Start with {@link
 * io.tidewatch.server.backtest.Backtest}.
 */
@NullMarked
package io.tidewatch.server.backtest;

import org.jspecify.annotations.NullMarked;
