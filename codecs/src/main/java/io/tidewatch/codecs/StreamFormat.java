package io.tidewatch.codecs;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.TypeKind;
import java.util.List;
import java.util.OptionalInt;

/**
 * What to decode, as a stream declares it.
 *
 * @param format how records are written
 * @param fields the declared fields, in the order of the schema
 * @param timeField the index of the field that holds the event time, a TIMESTAMP; none for reference tables
 * @param limits what a record may cost
 */
public record StreamFormat(
        Format format, List<FieldSpec> fields, OptionalInt timeField, Limits limits) {
    public StreamFormat {
        requireNonNull(format, "format");
        requireNonNull(timeField, "timeField");
        requireNonNull(limits, "limits");
        fields = List.copyOf(fields);
        schemaOf(fields);
        if (timeField.isPresent()) {
            requireTimestamp(fields, timeField.getAsInt());
        }
    }

    /** A format whose event time is the field of index {@code timeField}, with the default limits. */
    public static StreamFormat of(Format format, int timeField, FieldSpec... fields) {
        return new StreamFormat(format, List.of(fields), OptionalInt.of(timeField), Limits.DEFAULT);
    }

    /** The schema of the batches; it has all fields, wanted or not. */
    public Schema schema() {
        return schemaOf(fields);
    }

    private static Schema schemaOf(List<FieldSpec> fields) {
        return new Schema(
                fields.stream().map(f -> new Field(f.name(), f.type())).toList());
    }

    private static void requireTimestamp(List<FieldSpec> fields, int timeField) {
        if (timeField < 0 || timeField >= fields.size()) {
            throw new IllegalArgumentException(
                    "timeField: " + timeField + " (expected: 0 to " + (fields.size() - 1) + ")");
        }
        FieldSpec field = fields.get(timeField);
        if (field.type().kind() != TypeKind.TIMESTAMP) {
            throw new IllegalArgumentException("time field '" + field.name() + "' is "
                    + field.type() + " (expected: TIMESTAMP)");
        }
    }
}
