/**
 * The log as files on disk. Start with {@link io.tidewatch.log.segment.SegmentLog}; the bytes stand in docs/formats/log.md.
 *
 * <p>A partition is a folder of segments, of which only the newest, the active one, is written, and only at its end, by one
 * thread ({@code Committer}). It takes all appends that wait, writes them in one piece, and forces them to disk together. Only
 * then they are acknowledged, and readers see them. Everything else that changes files (compression, retention) replaces or
 * deletes closed segments whole.
 *
 * <p>What was durable is never given up in silence: a file says, and a mark beside it, how far it was forced when each record
 * was written, so that after a crash a torn tail can be told from damage. A failed force is final: the partition accepts
 * nothing more until the log is opened again.
 */
@NullMarked
package io.tidewatch.log.segment;

import org.jspecify.annotations.NullMarked;
