package io.tidewatch.server.assembly;

import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.TypeKind;
import io.tidewatch.server.config.FieldConfig;
import io.tidewatch.server.config.FormatConfig;
import io.tidewatch.server.config.LimitsConfig;
import io.tidewatch.server.config.SourceConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.config.TimeConfig;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What codecs are to decode, from what the configuration says. */
final class Formats {
    /** Web logs have one time, whatever the field is called that takes it. */
    private static final String WEB_LOG_TIME = "time";

    private final Limits limits;

    Formats(LimitsConfig limits) {
        this.limits = new Limits(limits.recordBytes(), limits.nesting());
    }

    /**
     * The format of a stream as its source writes it.
     *
     * @param wanted the fields that somebody reads; the event time is always decoded
     */
    StreamFormat of(StreamConfig stream, Set<String> wanted) {
        return of(stream, stream.format(), wanted);
    }

    /** As {@link #of(StreamConfig, Set)}, of an input that is written in another format. */
    StreamFormat of(StreamConfig stream, FormatConfig format, Set<String> wanted) {
        boolean made = stream.source().isPresent() && !stream.hasBytes();
        return of(stream, format(format, stream.fields()), wanted, !made);
    }

    /** JSON lines with the names of the stream's fields and RFC 3339 times, whatever its source writes. */
    StreamFormat plainJson(StreamConfig stream, Set<String> wanted) {
        return of(stream, new Format.Json(), wanted, false);
    }

    /** CSV with a header of the stream's field names and RFC 3339 times, whatever its source writes. */
    StreamFormat plainCsv(StreamConfig stream, Set<String> wanted) {
        return of(stream, Format.Csv.DEFAULT, wanted, false);
    }

    /** The format of a reference table, all of whose fields are decoded. */
    StreamFormat of(TableConfig table) {
        List<FieldSpec> specs = new ArrayList<>();
        for (FieldConfig field : table.fields()) {
            specs.add(spec(field, true, Optional.empty(), true));
        }
        return new StreamFormat(
                format(table.format(), table.fields()), specs, OptionalInt.empty(), limits);
    }

    /** Complains about formats that cannot be used. */
    void check(StreamConfig stream, Problems problems) {
        Place source = stream.source().map(SourceConfig::place).orElse(stream.place());
        boolean sound = check(source, problems, () -> format(stream.format(), stream.fields()));
        for (FieldConfig field : stream.fields()) {
            boolean isTime = field.name().equals(stream.time().field());
            Optional<TimeConfig> time = isTime ? Optional.of(stream.time()) : Optional.empty();
            Place place = isTime ? stream.time().place() : field.place();
            sound &= check(place, problems, () -> spec(field, true, time, true));
        }
        // The event time and a pattern are always read; what else goes wrong is the field's own.
        boolean hasPattern = stream.format().kind() == FormatConfig.Kind.REGEX;
        Place always = hasPattern ? source : stream.time().place();
        if (sound && check(always, problems, () -> decoder(stream, Set.of()))) {
            for (FieldConfig field : stream.fields()) {
                check(field.place(), problems, () -> decoder(stream, Set.of(field.name())));
            }
        }
    }

    private void decoder(StreamConfig stream, Set<String> wanted) {
        Decoders.of(of(stream, wanted));
    }

    /** As {@link #check(StreamConfig, Problems)}, of a reference table; whether it can be read. */
    boolean check(TableConfig table, Problems problems) {
        return check(table.place(), problems, () -> Decoders.of(of(table)));
    }

    private static boolean check(Place place, Problems problems, Runnable use) {
        try {
            use.run();
            return true;
        } catch (TidewatchException | IllegalArgumentException e) {
            problems.add(place, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private StreamFormat of(
            StreamConfig stream, Format format, Set<String> wanted, boolean declared) {
        List<FieldSpec> specs = new ArrayList<>();
        int timeField = -1;
        for (FieldConfig field : stream.fields()) {
            boolean isTime = field.name().equals(stream.time().field());
            if (isTime) {
                timeField = specs.size();
            }
            FieldSpec spec = spec(
                    field,
                    isTime || wanted.contains(field.name()),
                    isTime ? Optional.of(stream.time()) : Optional.empty(),
                    declared);
            boolean webLogTime = isTime && spec.path() == null && isWebLog(format);
            specs.add(webLogTime ? spec.withPath(WEB_LOG_TIME) : spec);
        }
        return new StreamFormat(format, specs, OptionalInt.of(timeField), limits);
    }

    private static boolean isWebLog(Format format) {
        return format instanceof Format.Common || format instanceof Format.Combined;
    }

    private static FieldSpec spec(
            FieldConfig field, boolean wanted, Optional<TimeConfig> time, boolean declared) {
        String path = declared ? field.path().orElse(null) : null;
        TimeFormat format = declared && field.type().kind() == TypeKind.TIMESTAMP
                ? timeFormat(field, time)
                : null;
        return new FieldSpec(field.name(), field.type(), path, format, wanted);
    }

    /** What {@code time:} says about the event time goes before what the field says. */
    private static @Nullable TimeFormat timeFormat(FieldConfig field, Optional<TimeConfig> time) {
        Optional<String> text = time.flatMap(TimeConfig::format).or(field::format);
        Optional<ZoneId> zone = time.flatMap(TimeConfig::zone).or(field::zone);
        OptionalInt year = time.map(TimeConfig::year).orElse(OptionalInt.empty());
        if (text.isEmpty() && zone.isEmpty() && year.isEmpty()) {
            return null;
        }
        return TimeFormat.parse(
                text.orElse("rfc3339"),
                zone.orElse(null),
                year.isPresent() ? (Integer) year.getAsInt() : null);
    }

    private static Format format(FormatConfig config, List<FieldConfig> fields) {
        return switch (config.kind()) {
            case JSON -> new Format.Json();
            case CSV -> csv(config, fields);
            case COMMON -> new Format.Common();
            case COMBINED -> new Format.Combined();
            case LOGFMT -> new Format.Logfmt();
            case REGEX -> new Format.Regex(config.pattern().orElseThrow());
        };
    }

    /** Without a header and a list of columns, the columns are the fields in their order. */
    private static Format csv(FormatConfig config, List<FieldConfig> fields) {
        List<String> columns = config.columns();
        if (columns.isEmpty() && !config.header()) {
            columns = fields.stream()
                    .map(field -> field.path().orElse(field.name()))
                    .toList();
        }
        return new Format.Csv(
                config.delimiter(),
                config.quote(),
                config.header(),
                columns,
                config.nullText().orElse(null),
                Format.Encoding.UTF_8);
    }
}
