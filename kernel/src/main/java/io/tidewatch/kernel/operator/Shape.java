package io.tidewatch.kernel.operator;

/** What a link makes of its projected rows. */
public sealed interface Shape permits Aggregation, Join, Rows, TopN {}
