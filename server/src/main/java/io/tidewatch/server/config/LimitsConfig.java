package io.tidewatch.server.config;

import io.tidewatch.kernel.aggregate.AggregateLimits;

/**
 * What records, monitors and alerts may cost.
 *
 * @param recordBytes {@code record_bytes}: the most bytes of a record
 * @param nesting {@code nesting}: the most objects and arrays of a JSON record in one another
 * @param keysPerKeyGroup {@code keys_per_key_group}: the keys that are kept apart, per pane and key group
 * @param aggregates {@code distinct_values}, {@code percentile_buckets}, {@code window_rows}: what aggregates keep per key
 * @param alertKeys {@code alert_keys}: the keys that may be known to an alert, per key group
 * @param alertEvaluations {@code alert_evaluations}: the evaluations kept for amendments, per key group
 * @param alertProvisionals {@code alert_provisionals}: the provisionals of open windows, per key group
 * @param tableVersions {@code table_versions}: the versions of a reference table that are kept, at least 2
 * @param tableBytes {@code table_bytes}: the bytes of their files from which on no further version is taken
 */
public record LimitsConfig(
        int recordBytes,
        int nesting,
        int keysPerKeyGroup,
        AggregateLimits aggregates,
        int alertKeys,
        int alertEvaluations,
        int alertProvisionals,
        int tableVersions,
        int tableBytes) {
    /** The default of {@code table_versions}. */
    static final int TABLE_VERSIONS = 16;

    /** The default of {@code table_bytes}. */
    static final int TABLE_BYTES = 512 << 20;
}
