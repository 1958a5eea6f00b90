package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.yaml.Place;
import java.util.List;
import java.util.OptionalLong;

/**
 * A reference table: rows by key, from a file.
 *
 * @param key the fields whose values name one row
 * @param effectiveMillis the event time from which this version of the file holds; from the beginning if empty
 */
public record TableConfig(
        String name,
        Place place,
        Setting path,
        FormatConfig format,
        List<String> key,
        List<FieldConfig> fields,
        OptionalLong effectiveMillis) {
    public TableConfig {
        key = List.copyOf(key);
        fields = List.copyOf(fields);
    }

    public Schema schema() {
        return new Schema(fields.stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList());
    }
}
