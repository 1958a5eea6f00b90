package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Place;
import java.util.List;

/** The fields of a stream whose source is {@code host}: one measured value per row. */
public final class HostFields {
    /** When it was measured. */
    public static final String TIME = "ts";
    /**
     * What was measured: {@code cpu}, {@code load}, {@code memory}, {@code swap}, {@code disk}, {@code
     * filesystem}, {@code network} or {@code process}.
     */
    public static final String KIND = "kind";
    /** The name of the metric, for example {@code busy}. */
    public static final String METRIC = "metric";
    /** Which one of several: a core, disk, mount point, interface or process name; empty for the whole machine. */
    public static final String INSTANCE = "instance";
    /** The process id; NULL for all other kinds. */
    public static final String PID = "pid";
    /** The value, in base units (bytes, seconds, ratios from 0 to 1). */
    public static final String VALUE = "value";

    private HostFields() {}

    public static List<FieldConfig> all(Place place) {
        return List.of(
                FieldConfig.of(TIME, place, Type.TIMESTAMP),
                FieldConfig.of(KIND, place, Type.VARCHAR),
                FieldConfig.of(METRIC, place, Type.VARCHAR),
                FieldConfig.of(INSTANCE, place, Type.VARCHAR),
                FieldConfig.of(PID, place, Type.BIGINT),
                FieldConfig.of(VALUE, place, Type.DOUBLE));
    }
}
