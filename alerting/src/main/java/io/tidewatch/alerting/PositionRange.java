package io.tidewatch.alerting;

/** The least and the greatest offset in one partition of the rows that went into something. */
public record PositionRange(int partition, long least, long greatest) {}
