package io.tidewatch.alerting;

import io.tidewatch.alerting.Alert.Subject;
import io.tidewatch.alerting.Provenance.Cause;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.alerting.template.Template;
import io.tidewatch.kernel.batch.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes transitions out of changes: ids, labels, annotations, values and provenance. */
final class Announcer {
    /**
     * What made a transition.
     *
     * @param revision the amendment that did, if one did
     * @param at time of the evaluation, which is the end of the window if there is one
     */
    record Occasion(
            Cause cause, @Nullable Revision revision, long dueTime, long at, Sample sample) {}

    /**
     * An amendment.
     *
     * @param number 1 or more
     * @param windowEnd of the window that is amended
     */
    record Revision(int number, long dueTime, long windowEnd) {}

    private final AlertSpec spec;

    Announcer(AlertSpec spec) {
        this.spec = spec;
    }

    String fingerprint(AlertKey key, Subject subject) {
        Digest digest = Digest.of("alert").text(spec.monitor());
        return switch (subject) {
            case CONDITION -> digest.bytes(key.bytes()).id();
            case ABSENCE -> digest.bytes(key.bytes()).text("absent").id();
            case LIMIT ->
                digest.text("limit")
                        .number(key.keyGroup())
                        .number(spec.branch())
                        .id();
        };
    }

    /** The alert changed its state. */
    Transition state(KeyState key, Subject subject, Change change, Occasion occasion) {
        Alert alert = alert(key.key, subject);
        Revision amendedBy = subject == Subject.CONDITION ? key.amendedBy : null;
        Revision revision = occasion.revision() == null ? amendedBy : occasion.revision();
        String id = stateId(alert.fingerprint(), change, revision);
        return transition(id, Kind.STATE, alert, change, occasion, latest(key, subject));
    }

    /** The condition holds in a window that may be open. */
    Transition provisional(AlertKey key, Occasion occasion) {
        Alert alert = alert(key, Subject.CONDITION);
        String id = Digest.of("provisional")
                .text(alert.fingerprint())
                .number(occasion.at())
                .text("early")
                .id();
        Change change = new Change(
                AlertState.INACTIVE,
                AlertState.FIRING,
                occasion.at(),
                occasion.sample().ordinal(),
                occasion.at());
        return transition(id, Kind.PROVISIONAL, alert, change, occasion, List.of());
    }

    /** An amendment changed a condition in a window. */
    Transition note(KeyState key, Occasion occasion) {
        Alert alert = alert(key.key, Subject.CONDITION);
        LifeCycle now = key.condition;
        boolean belongs = now.isActive() && now.startsAt() <= occasion.at();
        String id = Digest.of("note")
                .text(alert.fingerprint())
                .number(occasion.at())
                .number(occasion.dueTime())
                .id();
        Change change = new Change(
                now.state(),
                now.state(),
                belongs ? now.startsAt() : occasion.at(),
                0,
                occasion.at());
        return transition(id, Kind.NOTE, alert, change, occasion, key.latestValues);
    }

    /** An amendment undid a transition. */
    Transition withdrawn(KeyState key, History.Emitted undone, Occasion occasion) {
        Alert alert = alert(key.key, Subject.CONDITION);
        String id = Digest.of("withdrawn")
                .text(undone.id())
                .number(occasion.dueTime())
                .number(occasion.at())
                .id();
        Transition made =
                transition(id, Kind.WITHDRAWN, alert, undone.change(), occasion, List.of());
        return new Transition(
                made.id(),
                made.kind(),
                made.alert(),
                made.from(),
                made.to(),
                made.startsAt(),
                made.at(),
                made.values(),
                made.marks(),
                made.annotations(),
                made.provenance(),
                undone.id());
    }

    /** The alert on the limits of a key group changed its state. */
    Transition limit(KeyGroupState group, Change change, Occasion occasion) {
        AlertKey none = new AlertKey(new byte[0], group.keyGroup);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("limit", "keys");
        labels.put("key_group", Integer.toString(group.keyGroup));
        Alert alert = new Alert(
                spec.monitor(),
                spec.version(),
                fingerprint(none, Subject.LIMIT),
                Subject.LIMIT,
                spec.policy().mode(),
                Map.of(),
                Collections.unmodifiableMap(labels));
        return new Transition(
                stateId(alert.fingerprint(), change, null),
                Kind.STATE,
                alert,
                change.from(),
                change.to(),
                change.startsAt(),
                change.at(),
                Map.of(),
                Marks.NONE,
                Map.of("summary", "more keys than a limit allows: some do not alert on their own"),
                provenance(occasion),
                null);
    }

    private static List<@Nullable Object> latest(KeyState key, Subject subject) {
        return subject == Subject.CONDITION ? key.latestValues : List.of();
    }

    private Transition transition(
            String id,
            Kind kind,
            Alert alert,
            Change change,
            Occasion occasion,
            List<@Nullable Object> latestValues) {
        List<@Nullable Object> values = occasion.sample().values();
        Rendering rendering =
                new Rendering(spec, alert.key(), values.isEmpty() ? latestValues : values);
        return new Transition(
                id,
                kind,
                alert,
                change.from(),
                change.to(),
                change.startsAt(),
                change.at(),
                named(values),
                occasion.sample().marks(),
                annotations(rendering),
                provenance(occasion),
                null);
    }

    /** An episode that was amended may take a step again that was withdrawn, so its ids carry the amendment. */
    private static String stateId(String fingerprint, Change change, @Nullable Revision revision) {
        Digest digest = Digest.of("transition")
                .text(fingerprint)
                .number(change.startsAt())
                .number(change.ordinal())
                .text(change.to().name().toLowerCase(Locale.ROOT));
        if (revision != null) {
            digest.number(revision.dueTime()).number(revision.windowEnd());
        }
        return digest.id();
    }

    private Alert alert(AlertKey key, Subject subject) {
        Map<String, @Nullable Object> values = spec.keys().values(key);
        Rendering rendering = new Rendering(spec, values, List.of());
        Map<String, String> labels = rendering.keyLabels();
        for (Map.Entry<String, Template> label : spec.policy().labels().entrySet()) {
            labels.put(label.getKey(), label.getValue().render(rendering));
        }
        return new Alert(
                spec.monitor(),
                spec.version(),
                fingerprint(key, subject),
                subject,
                spec.policy().mode(),
                values,
                Collections.unmodifiableMap(labels));
    }

    private Map<String, String> annotations(Rendering rendering) {
        Map<String, String> annotations = new LinkedHashMap<>();
        spec.policy().annotations().forEach((name, template) -> {
            if (!template.readsValues() || rendering.hasValues()) {
                annotations.put(name, template.render(rendering));
            }
        });
        return Collections.unmodifiableMap(annotations);
    }

    private Map<String, @Nullable Object> named(List<@Nullable Object> values) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(spec.values().field(i).name(), values.get(i));
        }
        return Collections.unmodifiableMap(named);
    }

    private static Provenance provenance(Occasion occasion) {
        Sample sample = occasion.sample();
        return new Provenance(
                sample.windowStart(),
                occasion.at(),
                occasion.revision() == null ? 0 : occasion.revision().number(),
                occasion.dueTime(),
                occasion.cause(),
                sample.positions(),
                sample.exemplars());
    }
}
