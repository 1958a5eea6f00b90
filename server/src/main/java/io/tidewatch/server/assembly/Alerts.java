package io.tidewatch.server.assembly;

import io.tidewatch.alerting.Absence;
import io.tidewatch.alerting.AlertKey;
import io.tidewatch.alerting.AlertPolicy;
import io.tidewatch.alerting.AlertSpec;
import io.tidewatch.alerting.AlertTiming;
import io.tidewatch.alerting.Evaluate;
import io.tidewatch.alerting.KeyFields;
import io.tidewatch.alerting.NoData;
import io.tidewatch.alerting.template.Template;
import io.tidewatch.alerting.template.TemplateNames;
import io.tidewatch.alerting.template.TemplateProblem;
import io.tidewatch.engine.embedded.AlertTimings;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorPlan;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.server.config.AlertConfig;
import io.tidewatch.server.config.MonitorConfig;
import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What alerting is to do, from what the configuration says. */
final class Alerts {
    private final JobPlan plan;
    private final Problems problems;

    Alerts(JobPlan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /**
     * The alert of a monitor of the plan, if it has one; with complaints about what cannot be.
     *
     * @param partsNameSeries whether values of the key's columns alone name one series of the monitor
     */
    @Nullable
    AlertSpec spec(int monitor, MonitorConfig config, boolean partsNameSeries) {
        if (config.alert().isEmpty()) {
            return null;
        }
        AlertConfig alert = config.alert().get();
        MonitorPlan monitorPlan = plan.monitors().get(monitor);
        Schema keys = plan.keySchema(monitor);
        TemplateNames names = new TemplateNames(
                keys.fields().stream().map(Field::name).toList(), monitorPlan.rowSchema());
        Map<String, Template> labels = templates(alert.labels(), names);
        Map<String, Template> annotations = templates(alert.annotations(), names);
        Absence absence = alert.absent()
                .map(absent -> absence(absent, keys, partsNameSeries))
                .orElse(null);
        AlertTiming timing = AlertTimings.of(plan, monitor);
        if (complains(alert, labels, timing)) {
            return null;
        }
        AlertPolicy policy = new AlertPolicy(
                alert.forMillis(),
                alert.keepFiringForMillis(),
                alert.clear().isPresent(),
                absence,
                alert.noData(),
                alert.onAmend(),
                alert.mode(),
                alert.evaluate(),
                labels,
                annotations);
        return new AlertSpec(
                config.name(),
                monitorPlan.version(),
                policy,
                timing,
                new KeyFields(keys),
                monitorPlan.rowSchema());
    }

    /** Complains about settings that cannot be together. */
    private boolean complains(AlertConfig alert, Map<String, Template> labels, AlertTiming timing) {
        int before = problems.count();
        boolean early = alert.evaluate() == Evaluate.EARLY;
        boolean sessions = timing instanceof AlertTiming.Sessions;
        if (early && alert.forMillis() > 0) {
            problems.add(
                    alert.placeOf("for"),
                    "for: what is evaluated early is told at once; remove 'for', or write evaluate: final");
        }
        if (sessions && alert.absent().isPresent()) {
            problems.add(
                    alert.placeOf("absent"),
                    "absent: a session ends when its key is silent, so no session is ever absent; use another window");
        }
        if (!(timing instanceof AlertTiming.Windowed) && alert.noData() != NoData.RESOLVE) {
            problems.add(
                    alert.placeOf("no_data"),
                    "no_data: only windows on a grid miss rows, and this monitor has none; remove it, or write resolve");
        }
        labels.forEach((name, template) -> {
            if (template.readsValues()) {
                problems.add(
                        alert.labels()
                                .getOrDefault(name, Text.at(alert.place(), ""))
                                .place(),
                        "labels: '" + name
                                + "' reads $value, which changes while labels stay; write it into annotations");
            }
        });
        return problems.count() > before || early && sessions; // TimeChecks says why.
    }

    private Map<String, Template> templates(Map<String, Text> texts, TemplateNames names) {
        Map<String, Template> templates = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            Optional<TemplateProblem> problem = Template.problem(text.value(), names);
            if (problem.isPresent()) {
                problems.add(
                        text.placeOf(problem.get().offset()),
                        name + ": " + problem.get().message());
            } else {
                templates.put(name, Template.parse(text.value(), names));
            }
        });
        return templates;
    }

    private Absence absence(AlertConfig.Absent absent, Schema keys, boolean partsNameSeries) {
        if (!absent.keys().isEmpty() && !partsNameSeries) {
            problems.add(
                    absent.keys().get(0).place(),
                    "keys: several branches of UNION ALL, or grouping sets, have rows with the same key here, so a listed key"
                            + " names none of them; write learn: true instead, or a monitor for each branch or set");
        }
        List<AlertKey> listed = new ArrayList<>();
        for (AlertConfig.Key key : absent.keys()) {
            listedKey(key, keys).ifPresent(listed::add);
        }
        long forget = absent.forgetAfterMillis()
                .orElse(Absence.defaultForgetAfterMillis(absent.afterMillis()));
        return new Absence(absent.afterMillis(), forget, absent.learn(), listed);
    }

    private Optional<AlertKey> listedKey(AlertConfig.Key key, Schema keys) {
        Map<String, @Nullable Object> values = key.values();
        Place place = key.place();
        if (values.containsKey("") && keys.size() != 1) {
            problems.add(
                    place,
                    "keys: the key has the columns " + names(keys)
                            + "; write a value for each: {column: value, …}");
            return Optional.empty();
        }
        List<@Nullable Object> ordered = new ArrayList<>();
        for (Field field : keys.fields()) {
            boolean unnamed = values.containsKey("");
            Optional<String> other = values.keySet().stream()
                    .filter(name -> !name.isEmpty() && keys.indexOf(name) < 0)
                    .findFirst();
            if (other.isPresent()) {
                problems.add(
                        place,
                        "keys: '" + other.get() + "' is no column of the key"
                                + Suggestion.hint(other.get(), names(keys)));
                return Optional.empty();
            }
            if (!unnamed && !values.containsKey(field.name())) {
                problems.add(
                        place, "keys: the column '" + field.name() + "' of the key is missing");
                return Optional.empty();
            }
            ordered.add(values.get(unnamed ? "" : field.name()));
        }
        if (values.size() > keys.size()) {
            problems.add(place, "keys: the key has the columns " + names(keys) + " alone");
            return Optional.empty();
        }
        try {
            return Optional.of(ListedKeys.of(ordered, keys));
        } catch (IllegalArgumentException e) {
            problems.add(place, "keys: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> names(Schema keys) {
        return keys.fields().stream().map(Field::name).toList();
    }
}
