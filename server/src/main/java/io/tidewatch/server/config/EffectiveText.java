package io.tidewatch.server.config;

import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.server.yaml.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration as YAML, with its defaults filled in, and with the names of variables instead of their values. */
public final class EffectiveText {
    private final StringBuilder text = new StringBuilder();

    private EffectiveText() {}

    public static String of(Configuration configuration) {
        EffectiveText effective = new EffectiveText();
        effective.text.append("streams:\n");
        configuration.streams().forEach(effective::stream);
        if (!configuration.tables().isEmpty()) {
            effective.text.append("tables:\n");
            configuration.tables().forEach(effective::table);
        }
        if (!configuration.monitors().isEmpty()) {
            effective.text.append("monitors:\n");
            configuration.monitors().forEach(effective::monitor);
        }
        effective.limits(configuration.limits());
        return effective.text.toString();
    }

    private void line(int depth, String key, String value) {
        text.append("  ".repeat(depth)).append(key).append(": ").append(value).append('\n');
    }

    private void open(int depth, String key) {
        text.append("  ".repeat(depth)).append(key).append(":\n");
    }

    private void limits(LimitsConfig limits) {
        text.append("limits:\n");
        line(1, "record_bytes", Integer.toString(limits.recordBytes()));
        line(1, "nesting", Integer.toString(limits.nesting()));
        line(1, "keys_per_key_group", Integer.toString(limits.keysPerKeyGroup()));
        AggregateLimits aggregates = limits.aggregates();
        line(1, "distinct_values", Integer.toString(aggregates.distinctValuesMax()));
        line(1, "percentile_buckets", Integer.toString(aggregates.percentileBucketsMax()));
        line(1, "window_rows", Integer.toString(aggregates.rowsMax()));
        line(1, "alert_keys", Integer.toString(limits.alertKeys()));
        line(1, "alert_evaluations", Integer.toString(limits.alertEvaluations()));
        line(1, "alert_provisionals", Integer.toString(limits.alertProvisionals()));
        line(1, "table_versions", Integer.toString(limits.tableVersions()));
        line(1, "table_bytes", Integer.toString(limits.tableBytes()));
    }

    private void stream(StreamConfig stream) {
        open(1, quoted(stream.name()));
        fields(stream.fields());
        open(2, "time");
        TimeConfig time = stream.time();
        line(3, "field", quoted(time.field()));
        time.format().ifPresent(format -> line(3, "format", quoted(format)));
        time.zone().ifPresent(zone -> line(3, "zone", quoted(zone.getId())));
        time.year().ifPresent(year -> line(3, "year", Integer.toString(year)));
        TimeSpec spec = time.spec();
        line(3, "out_of_order", Durations.format(spec.outOfOrderMillis()));
        line(3, "allowed_lateness", Durations.format(spec.allowedLatenessMillis()));
        if (spec.allowedLatenessMillis() > 0) {
            line(3, "amend_every", Durations.format(spec.amendEveryMillis()));
        }
        line(3, "idle", Durations.format(spec.idleMillis()));
        line(3, "ahead", Durations.format(spec.aheadMillis()));
        stream.source().ifPresent(this::source);
    }

    private void fields(List<FieldConfig> fields) {
        open(2, "fields");
        for (FieldConfig field : fields) {
            StringBuilder value = new StringBuilder("{type: ").append(quoted(typeOf(field)));
            field.path().ifPresent(path -> value.append(", path: ").append(quoted(path)));
            field.format().ifPresent(format -> value.append(", format: ").append(quoted(format)));
            field.zone().ifPresent(zone -> value.append(", zone: ").append(quoted(zone.getId())));
            value.append(field.sensitive() ? ", sensitive: true}" : "}");
            line(3, quoted(field.name()), value.toString());
        }
    }

    private static String typeOf(FieldConfig field) {
        return switch (field.type().kind()) {
            case BIGINT -> "long";
            case VARCHAR -> "string";
            case DECIMAL ->
                "decimal(" + field.type().precision() + ", " + field.type().scale() + ")";
            case TIMESTAMP -> "timestamp";
            case BOOLEAN, DOUBLE, INTERVAL, INTERVAL_MONTH ->
                field.type().kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private void source(SourceConfig source) {
        open(2, "source");
        if (source instanceof SourceConfig.File file) {
            open(3, "file");
            line(4, "path", quoted(file.path().shown()));
            format(4, file.format());
            line(4, "follow", Boolean.toString(file.follow()));
        } else if (source instanceof SourceConfig.Host host) {
            open(3, "host");
            line(4, "interval", Durations.format(host.intervalMillis()));
            line(4, "processes", Integer.toString(host.processCount()));
        } else if (source instanceof SourceConfig.Generator generator) {
            open(3, "generator");
            generator(generator.generator());
        } else {
            open(3, "stdin");
            format(4, source.format());
        }
    }

    private void format(int depth, FormatConfig format) {
        line(depth, "format", format.kind().name().toLowerCase(Locale.ROOT));
        if (format.kind() == FormatConfig.Kind.CSV) {
            line(depth, "delimiter", quoted(String.valueOf(format.delimiter())));
            line(depth, "quote", quoted(String.valueOf(format.quote())));
            line(depth, "header", Boolean.toString(format.header()));
            if (!format.columns().isEmpty()) {
                line(depth, "columns", list(format.columns()));
            }
        }
        format.pattern().ifPresent(pattern -> line(depth, "pattern", quoted(pattern)));
    }

    private void generator(GeneratorConfig generator) {
        line(4, "rate", Double.toString(generator.rate()));
        line(4, "seed", Long.toString(generator.seed()));
        generator.count().ifPresent(count -> line(4, "count", Long.toString(count)));
        generator.startMillis().ifPresent(start -> line(4, "start", Timestamps.format(start)));
        line(4, "jitter", Durations.format(generator.jitterMillis()));
        if (!generator.columns().isEmpty()) {
            open(4, "fields");
            generator
                    .columns()
                    .forEach(column -> line(5, quoted(column.field()), RuleText.of(column.rule())));
        }
        if (!generator.incidents().isEmpty()) {
            open(4, "incidents");
            generator.incidents().forEach(incident -> text.append("          - ")
                    .append(RuleText.of(incident))
                    .append('\n'));
        }
    }

    private void table(TableConfig table) {
        open(1, quoted(table.name()));
        line(2, "file", quoted(table.path().shown()));
        format(2, table.format());
        if (!table.key().isEmpty()) {
            line(2, "key", list(table.key()));
        }
        table.effectiveMillis().ifPresent(time -> line(2, "effective", Timestamps.format(time)));
        fields(table.fields());
    }

    private void monitor(MonitorConfig monitor) {
        text.append("  - name: ").append(quoted(monitor.name())).append('\n');
        line(2, "query", quoted(monitor.query().value()));
        monitor.window().ifPresent(window -> line(2, "window", window.shown()));
        if (!monitor.key().isEmpty()) {
            line(2, "key", list(monitor.key().stream().map(Text::value).toList()));
        }
        monitor.alert().ifPresent(this::alert);
    }

    private void alert(AlertConfig alert) {
        open(2, "alert");
        alert.when().ifPresent(when -> line(3, "when", quoted(when.value())));
        alert.clear().ifPresent(clear -> line(3, "clear", quoted(clear.value())));
        line(3, "for", Durations.format(alert.forMillis()));
        line(3, "keep_firing_for", Durations.format(alert.keepFiringForMillis()));
        alert.absent().ifPresent(this::absent);
        line(3, "no_data", word(alert.noData()));
        line(3, "on_amend", word(alert.onAmend()));
        line(3, "evaluate", word(alert.evaluate()));
        line(3, "mode", word(alert.mode()));
        texts("labels", alert.labels());
        texts("annotations", alert.annotations());
    }

    private void absent(AlertConfig.Absent absent) {
        open(3, "absent");
        line(4, "after", Durations.format(absent.afterMillis()));
        line(4, "learn", Boolean.toString(absent.learn()));
        absent.forgetAfterMillis()
                .ifPresent(forget -> line(4, "forget_after", Durations.format(forget)));
        if (!absent.keys().isEmpty()) {
            open(4, "keys");
            for (AlertConfig.Key key : absent.keys()) {
                String values = key.values().entrySet().stream()
                        .map(entry -> entry.getKey().isEmpty()
                                ? plain(entry.getValue())
                                : quoted(entry.getKey()) + ": " + plain(entry.getValue()))
                        .collect(Collectors.joining(", "));
                boolean named = !key.values().containsKey("");
                text.append("          - ")
                        .append(named ? "{" + values + "}" : values)
                        .append('\n');
            }
        }
    }

    private void texts(String key, Map<String, Text> texts) {
        if (!texts.isEmpty()) {
            open(3, key);
            texts.forEach((name, value) -> line(4, quoted(name), quoted(value.value())));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(@Nullable Object value) {
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String list(List<String> values) {
        return values.stream()
                .map(EffectiveText::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** A double-quoted scalar, or the text itself where it is a word that no reader takes for anything else. */
    static String quoted(String value) {
        boolean word = value.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                && !value.matches("(?i)true|false|null|yes|no|on|off|y|n");
        if (word) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(point)) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
