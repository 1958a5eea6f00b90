/**
 * The port of the log: ordered, durable records in partitions. Start with {@link io.tidewatch.log.EventLog}.
 *
 * <p>The logs of events, updates and commands are the same thing with other contents: a log checks the envelope of a record
 * (what {@link io.tidewatch.log.Entry} names) and never looks into its payload. Adapters are in packages below and in modules
 * of their own; each passes {@code EventLogContract}. Offsets count rows: docs/decisions says why.
 */
@NullMarked
package io.tidewatch.log;

import org.jspecify.annotations.NullMarked;
