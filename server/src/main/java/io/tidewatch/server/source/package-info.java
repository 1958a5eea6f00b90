/**
 * Where bytes come from: files, also followed through rotation, standard input, made-up rows, and measurements of this machine.
 * Start with {@link io.tidewatch.server.source.Source}.
 *
 * <p>A source is one partition and gives bytes in which records stand in order; it neither decodes nor stamps them. It is read
 * by one thread and does not block, except where it says so.
 */
@NullMarked
package io.tidewatch.server.source;

import org.jspecify.annotations.NullMarked;
