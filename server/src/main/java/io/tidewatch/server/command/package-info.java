/**
 * The command line: {@code tidewatch run|check|test|backtest|demo}. Start with {@link
 * io.tidewatch.server.command.TidewatchCommand}; the reference is docs/reference/cli.md.
 *
 * <p>Results and alerts go to standard output, all else to standard error. Exit codes: 0 done, 1 failed, 2 wrong usage.
 */
@NullMarked
package io.tidewatch.server.command;

import org.jspecify.annotations.NullMarked;
