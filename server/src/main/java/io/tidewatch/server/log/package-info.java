/**
 * The log of a run, in memory, and its recording. Start with {@link io.tidewatch.server.log.LogOwner}.
 *
 * <p>The owner is the only place where wall-clock time enters: it stamps what it reads with receive times, which never fall
 * within a partition, and writes ticks into partitions that are silent. What it appends goes to a {@link
 * io.tidewatch.server.log.LogSink} at once, and is kept only if it is recorded; {@link
 * io.tidewatch.server.log.RecordingReader} gives a sink the same calls again. The bytes stand in docs/formats/recording.md.
 */
@NullMarked
package io.tidewatch.server.log;

import org.jspecify.annotations.NullMarked;
