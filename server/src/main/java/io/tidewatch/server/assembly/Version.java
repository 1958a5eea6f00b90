package io.tidewatch.server.assembly;

import io.tidewatch.kernel.batch.Digest;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.FieldConfig;
import io.tidewatch.server.config.LimitsConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.config.WindowConfig;
import io.tidewatch.server.yaml.Text;
import io.tidewatch.sql.CompiledQuery;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The version of a monitor: a hash of its canonical definition, of the limits of its kind, and of what it reads. White space
 * around texts, comments and the order of keys in the file are not part of it.
 */
final class Version {
    private final Configuration configuration;
    private final Map<String, String> monitorVersions;

    /**
     * Versions within a configuration.
     *
     * @param monitorVersions the versions of the monitors that others may read
     */
    Version(Configuration configuration, Map<String, String> monitorVersions) {
        this.configuration = configuration;
        this.monitorVersions = monitorVersions;
    }

    String of(MonitorConfig monitor, CompiledQuery query) {
        Digest digest = Digest.of("monitor").text(monitor.name()).text(stripped(monitor.query()));
        digest.text(monitor.window().map(Version::window).orElse(""));
        digest.number(monitor.key().size());
        monitor.key().forEach(column -> digest.text(stripped(column)));
        limits(configuration.limits(), monitor.alert().isPresent(), digest);
        monitor.alert().ifPresent(alert -> alert(alert, digest));
        new TreeSet<>(query.streams()).forEach(name -> configuration.stream(name)
                .ifPresent(stream -> stream(stream, digest)));
        for (TableConfig table : configuration.tables()) {
            if (query.tables().contains(table.name())) {
                digest.text(table.name());
                fields(table.fields(), digest);
            }
        }
        new TreeSet<>(query.monitors())
                .forEach(name -> digest.text(name).text(monitorVersions.getOrDefault(name, "")));
        return digest.id();
    }

    private static String window(WindowConfig window) {
        return window instanceof WindowConfig.OnGrid grid
                ? grid.windows().canonical()
                : "session " + ((WindowConfig.Session) window).gapMillis();
    }

    /**
     * The limits that may decide what a monitor gives: those of keys and aggregates for all monitors, whether their queries
     * have any or not, those of alerts for monitors with an alert.
     */
    private static void limits(LimitsConfig limits, boolean alerts, Digest digest) {
        digest.number(limits.keysPerKeyGroup())
                .number(limits.aggregates().distinctValuesMax())
                .number(limits.aggregates().percentileBucketsMax())
                .number(limits.aggregates().rowsMax());
        if (alerts) {
            digest.number(limits.alertKeys())
                    .number(limits.alertEvaluations())
                    .number(limits.alertProvisionals());
        }
    }

    private static void alert(AlertConfig alert, Digest digest) {
        digest.text(alert.when().map(Version::stripped).orElse(""))
                .text(alert.clear().map(Version::stripped).orElse(""))
                .number(alert.forMillis())
                .number(alert.keepFiringForMillis())
                .text(alert.absent().map(Version::absent).orElse(""))
                .text(alert.noData().name())
                .text(alert.onAmend().name())
                .text(alert.evaluate().name())
                .text(alert.mode().name());
        texts(alert.labels(), digest);
        texts(alert.annotations(), digest);
    }

    private static String absent(AlertConfig.Absent absent) {
        List<String> keys =
                absent.keys().stream().map(key -> key.values().toString()).toList();
        return absent.afterMillis() + " " + keys + " " + absent.learn() + " "
                + absent.forgetAfterMillis();
    }

    private static void texts(Map<String, Text> texts, Digest digest) {
        digest.number(texts.size());
        texts.forEach((name, text) -> digest.text(name).text(text.value()));
    }

    private static void stream(StreamConfig stream, Digest digest) {
        digest.text(stream.name())
                .text(stream.time().field())
                .text(stream.time().spec().toString());
        fields(stream.fields(), digest);
    }

    private static void fields(List<FieldConfig> fields, Digest digest) {
        digest.number(fields.size());
        fields.forEach(field -> digest.text(field.name()).text(field.type().toString()));
    }

    private static String stripped(Text text) {
        return text.value().strip();
    }
}
