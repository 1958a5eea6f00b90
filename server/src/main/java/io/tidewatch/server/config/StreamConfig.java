package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.yaml.Place;
import java.util.List;
import java.util.Optional;

/**
 * A stream: what arrives, how it tells time, and where from.
 *
 * @param source empty for a stream that gets its rows from the command line or a test alone
 */
public record StreamConfig(
        String name,
        Place place,
        List<FieldConfig> fields,
        TimeConfig time,
        Optional<SourceConfig> source) {
    public StreamConfig {
        fields = List.copyOf(fields);
    }

    public Schema schema() {
        return new Schema(fields.stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList());
    }

    /** How the bytes of this stream are written; JSON lines when its source does not say. */
    public FormatConfig format() {
        return source.map(SourceConfig::format).orElse(FormatConfig.JSON);
    }

    /** How an input is written: as the stream's source is, or if that has no bytes, as the name of the input suggests. */
    public FormatConfig formatOf(String input) {
        return hasBytes() ? format() : FormatConfig.ofName(input).orElse(FormatConfig.JSON);
    }

    /** Whether the stream has a source that somebody else writes. */
    public boolean hasBytes() {
        return source.filter(from ->
                        from instanceof SourceConfig.File || from instanceof SourceConfig.Stdin)
                .isPresent();
    }

    public boolean hasSensitiveFields() {
        return fields.stream().anyMatch(FieldConfig::sensitive);
    }
}
