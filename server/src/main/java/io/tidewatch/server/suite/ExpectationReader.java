package io.tidewatch.server.suite;

import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.suite.Suite.Alert;
import io.tidewatch.server.suite.Suite.Columns;
import io.tidewatch.server.suite.Suite.Results;
import io.tidewatch.server.suite.Suite.State;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlMap;
import io.tidewatch.server.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code expect:} of a test. */
final class ExpectationReader {
    private static final List<String> STATES = List.of(
            "inactive", "pending", "firing", "resolved", "withdrawn", "note", "provisional");

    private final List<String> monitors;
    private final Moment moment;
    private final List<Results> results = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private boolean noAlerts;

    ExpectationReader(Configuration configuration, Moment moment) {
        this.monitors =
                configuration.monitors().stream().map(MonitorConfig::name).toList();
        this.moment = moment;
    }

    List<Results> results() {
        return results;
    }

    List<Alert> alerts() {
        return alerts;
    }

    /** Whether an empty list of alerts was expected. */
    boolean noAlerts() {
        return noAlerts;
    }

    List<State> states() {
        return states;
    }

    void read(YamlMap map) {
        map.find("results")
                .flatMap(YamlNode::map)
                .ifPresent(entries -> entries.forEach((name, node) -> {
                    checkMonitor(name, message -> entries.problem(name, message));
                    results(name, node);
                }));
        Optional<YamlNode> alertList = map.find("alerts");
        List<YamlNode> listed = alertList.map(YamlNode::list).orElse(List.of());
        noAlerts = alertList.isPresent() && alertList.get().isList() && listed.isEmpty();
        listed.forEach(this::alert);
        map.find("alerts_at").map(YamlNode::list).orElse(List.of()).forEach(this::state);
        map.refuseUnknown();
    }

    private void results(String monitor, YamlNode node) {
        if (node.isMap()) {
            YamlMap map = node.map().orElseThrow();
            List<YamlNode> rows = map.require("exactly").map(YamlNode::list).orElse(List.of());
            map.refuseUnknown();
            results.add(new Results(monitor, map.place(), columns(rows), true));
            return;
        }
        List<Columns> rows = columns(node.list());
        results.add(new Results(monitor, node.place(), rows, rows.isEmpty()));
    }

    private List<Columns> columns(List<YamlNode> nodes) {
        List<Columns> rows = new ArrayList<>();
        for (YamlNode node : nodes) {
            node.map().ifPresent(map -> rows.add(new Columns(map.place(), values(map))));
        }
        return rows;
    }

    /** Plain values; times after the start become absolute ones. */
    private Map<String, @Nullable Object> values(YamlMap map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            Object plain = value.plain();
            OptionalLong time = plain instanceof String text && text.startsWith("+")
                    ? moment.parse(text)
                    : OptionalLong.empty();
            values.put(name, time.isPresent() ? Timestamps.format(time.getAsLong()) : plain);
        });
        return values;
    }

    private void alert(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return;
        }
        YamlMap map = found.get();
        Optional<String> monitor = monitor(map);
        Optional<String> state = map.require("state").flatMap(value -> word(value, STATES));
        Optional<String> from = map.find("from").flatMap(value -> word(value, STATES));
        OptionalLong at = map.find("at").map(moment::read).orElse(OptionalLong.empty());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.find("values")
                .flatMap(YamlNode::map)
                .ifPresent(columns -> values.putAll(values(columns)));
        Alert alert = new Alert(
                map.place(),
                monitor.orElse(""),
                texts(map, "labels"),
                from,
                state.orElse(""),
                at,
                values,
                texts(map, "annotations"));
        map.refuseUnknown();
        alerts.add(alert);
    }

    private void state(YamlNode node) {
        Optional<YamlMap> found = node.map();
        if (found.isEmpty()) {
            return;
        }
        YamlMap map = found.get();
        Optional<String> monitor = monitor(map);
        OptionalLong at = map.require("at").map(moment::read).orElse(OptionalLong.empty());
        for (String state : List.of("pending", "firing")) {
            map.find(state).ifPresent(list -> {
                List<Map<String, String>> labels = new ArrayList<>();
                list.list()
                        .forEach(one -> one.map().ifPresent(entries -> labels.add(texts(entries))));
                states.add(new State(map.place(), monitor.orElse(""), state, at.orElse(0), labels));
            });
        }
        if (!map.has("pending") && !map.has("firing")) {
            map.problem("'firing' or 'pending' is missing: the labels of the alerts in that state");
        }
        map.refuseUnknown();
    }

    private Optional<String> monitor(YamlMap map) {
        Optional<YamlNode> node = map.require("monitor");
        Optional<String> name = node.flatMap(YamlNode::string);
        name.ifPresent(known -> checkMonitor(known, node.orElseThrow()::problem));
        return name;
    }

    private void checkMonitor(String name, Consumer<String> complain) {
        if (!monitors.contains(name)) {
            complain.accept("'" + name + "' is no monitor of the configuration"
                    + Suggestion.hint(name, monitors));
        }
    }

    private static Optional<String> word(YamlNode node, List<String> words) {
        Optional<String> text = node.string();
        if (text.isPresent() && !words.contains(text.get())) {
            node.problem("'" + text.get() + "' (expected: " + String.join(", ", words) + ")");
        }
        return text;
    }

    private static Map<String, String> texts(YamlMap map, String key) {
        return map.find(key)
                .flatMap(YamlNode::map)
                .map(ExpectationReader::texts)
                .orElse(Map.of());
    }

    private static Map<String, String> texts(YamlMap map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> value.string().ifPresent(text -> texts.put(name, text)));
        return texts;
    }
}
