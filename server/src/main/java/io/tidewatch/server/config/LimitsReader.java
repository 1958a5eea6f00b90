package io.tidewatch.server.config;

import io.tidewatch.alerting.AlertLimits;
import io.tidewatch.codecs.Limits;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.plan.KernelLimits;
import io.tidewatch.server.yaml.YamlMap;
import java.util.Optional;

/** Reads {@code limits:}. */
final class LimitsReader {
    /** The most that a key may keep for one aggregate. */
    private static final int AGGREGATES_MAX = 1_000_000;

    private LimitsReader() {}

    /** The limits of a map, or the defaults of those that it does not have. */
    static LimitsConfig read(Optional<YamlMap> limits) {
        AlertLimits alerts = AlertLimits.DEFAULTS;
        LimitsConfig config = new LimitsConfig(
                limit(
                        limits,
                        "record_bytes",
                        1,
                        Limits.RECORD_BYTES_MAX,
                        Limits.DEFAULT.recordBytes()),
                limit(limits, "nesting", 1, Limits.NESTING_MAX, Limits.DEFAULT.nesting()),
                limit(
                        limits,
                        "keys_per_key_group",
                        1,
                        Integer.MAX_VALUE,
                        KernelLimits.DEFAULT.keysPerKeyGroupMax()),
                aggregates(limits),
                limit(limits, "alert_keys", 0, Integer.MAX_VALUE, alerts.knownKeysMax()),
                limit(
                        limits,
                        "alert_evaluations",
                        0,
                        Integer.MAX_VALUE,
                        alerts.keptEvaluationsMax()),
                limit(limits, "alert_provisionals", 0, Integer.MAX_VALUE, alerts.provisionalsMax()),
                limit(limits, "table_versions", 2, 10_000, LimitsConfig.TABLE_VERSIONS),
                limit(limits, "table_bytes", 0, Integer.MAX_VALUE, LimitsConfig.TABLE_BYTES));
        limits.ifPresent(YamlMap::refuseUnknown);
        return config;
    }

    private static AggregateLimits aggregates(Optional<YamlMap> limits) {
        AggregateLimits defaults = AggregateLimits.DEFAULT;
        return new AggregateLimits(
                limit(limits, "distinct_values", 1, AGGREGATES_MAX, defaults.distinctValuesMax()),
                limit(
                        limits,
                        "percentile_buckets",
                        1,
                        AGGREGATES_MAX,
                        defaults.percentileBucketsMax()),
                limit(limits, "window_rows", 1, AGGREGATES_MAX, defaults.rowsMax()));
    }

    private static int limit(
            Optional<YamlMap> limits, String key, int min, int max, int otherwise) {
        return limits.flatMap(map -> map.find(key))
                .flatMap(node -> node.integer(min, max))
                .map(Math::toIntExact)
                .orElse(otherwise);
    }
}
