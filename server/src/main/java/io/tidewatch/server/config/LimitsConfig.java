package io.tidewatch.server.config;

/**
 * What records, monitors and alerts may cost.
 *
 * @param recordBytes {@code record_bytes}: the most bytes of a record
 * @param nesting {@code nesting}: the most objects and arrays of a JSON record in one another
 * @param keysPerKeyGroup {@code keys_per_key_group}: the keys that are kept apart, per pane and key group
 * @param alertKeys {@code alert_keys}: the keys that may be known to an alert, per key group
 * @param alertEvaluations {@code alert_evaluations}: the evaluations kept for amendments, per key group
 * @param alertProvisionals {@code alert_provisionals}: the provisionals of open windows, per key group
 */
public record LimitsConfig(
        int recordBytes,
        int nesting,
        int keysPerKeyGroup,
        int alertKeys,
        int alertEvaluations,
        int alertProvisionals) {}
