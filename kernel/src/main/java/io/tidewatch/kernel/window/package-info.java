/**
 * Which windows exist and which of them hold a time. Start with {@link io.tidewatch.kernel.window.Windows}, the windows on
 * a grid. Sessions are not here: the events make them, key by key, and {@code operator} keeps them.
 *
 * <p>A window is {@code [start, end)} in milliseconds since the epoch. Within one family of windows the end identifies the
 * window. Panes are the pieces that windows of a family share: every window is a union of whole panes, so an event is
 * folded once, whatever the number of windows that hold it. All classes are immutable but for caches that change no answer.
 */
@NullMarked
package io.tidewatch.kernel.window;

import org.jspecify.annotations.NullMarked;
