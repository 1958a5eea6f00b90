package io.tidewatch.codecs;

import static java.util.Objects.requireNonNull;

import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * One declared field of a stream and where records have it.
 *
 * @param name the column's name
 * @param type BOOLEAN, BIGINT, DOUBLE, DECIMAL, VARCHAR or TIMESTAMP
 * @param path where the value stands: a path into JSON ({@code actor.login}, {@code items[0].id}, {@code
 *     labels["k8s.io/name"]}), the name of a CSV column, of a regular expression's group, of a logfmt key or of a part of
 *     a web log line; {@code null} for a place that is called like the field, taken literally (also with dots)
 * @param timeFormat how a TIMESTAMP is written; {@code null} for the format's own default (RFC 3339 with an offset, or
 *     the web log date); only for TIMESTAMP
 * @param wanted whether somebody reads the column; otherwise it is neither decoded nor present in batches
 */
public record FieldSpec(
        String name,
        Type type,
        @Nullable String path,
        @Nullable TimeFormat timeFormat,
        boolean wanted) {
    public FieldSpec {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        if (type.kind() == TypeKind.INTERVAL || type.kind() == TypeKind.INTERVAL_MONTH) {
            throw new IllegalArgumentException("field '" + name
                    + "': a field cannot be an interval (declare VARCHAR or BIGINT)");
        }
        if (timeFormat != null && type.kind() != TypeKind.TIMESTAMP) {
            throw new IllegalArgumentException(
                    "field '" + name + "': a time format is for TIMESTAMP only, not " + type);
        }
    }

    /** A wanted field that is called the same in the records, with the default time format. */
    public static FieldSpec of(String name, Type type) {
        return new FieldSpec(name, type, null, null, true);
    }

    public FieldSpec withPath(String newPath) {
        return new FieldSpec(name, type, newPath, timeFormat, wanted);
    }

    public FieldSpec withTimeFormat(TimeFormat newFormat) {
        return new FieldSpec(name, type, path, newFormat, wanted);
    }

    public FieldSpec withWanted(boolean newWanted) {
        return new FieldSpec(name, type, path, timeFormat, newWanted);
    }

    /** What the place is called in formats whose records are flat. */
    public String pathOrName() {
        return path == null ? name : path;
    }
}
