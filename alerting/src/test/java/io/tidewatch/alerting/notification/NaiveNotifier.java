package io.tidewatch.alerting.notification;

import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Mode;
import io.tidewatch.kernel.batch.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The same as {@link Notifier}, millisecond by millisecond, and computing from the whole history whatever it wants to know:
 * what an alert is, which silences there are, who inhibits, and what an integration was told.
 */
final class NaiveNotifier {
    /** Something that happened: a call by its name, and what was found out by waiting. */
    record Event(
            long at,
            String what,
            String name,
            String text,
            long from,
            long to,
            boolean historical,
            Outcome outcome) {}

    /** What the events so far make of an alert. */
    private static final class View {
        final TreeMap<Long, List<String[]>> steps = new TreeMap<>();
        boolean fires;
        boolean historical;
        long startsAt;
        long until = Long.MAX_VALUE;

        @Nullable
        String acknowledgedBy;

        FlapScore score = FlapScore.CALM;
        int changes;

        boolean firesBySteps() {
            List<String[]> last =
                    steps.isEmpty() ? List.of() : steps.lastEntry().getValue();
            return !last.isEmpty() && last.get(last.size() - 1)[1].equals(AlertState.FIRING.name());
        }
    }

    private record Decision(
            Told.Key key,
            String group,
            long at,
            String id,
            String shown,
            TreeSet<String> firing,
            TreeSet<String> resolved,
            TreeSet<String> flapping) {}

    private static final class Group {
        final Route route;
        final SortedMap<String, String> labels;
        final String id;
        final TreeSet<String> members = new TreeSet<>();
        final Map<String, Integer> over = new TreeMap<>();
        long due;
        boolean flushed;
        boolean failed;

        Group(Route route, SortedMap<String, String> labels) {
            this.route = route;
            this.labels = labels;
            this.id = AlertGroup.id(route, labels);
        }
    }

    private final NotificationSpec spec;
    private final Route root;
    private final TreeSet<String> names = new TreeSet<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private long now;

    NaiveNotifier(NotificationSpec spec) {
        this.spec = spec;
        this.root = new Route(spec.route());
    }

    /** All deliveries up to a time. */
    List<String> run(List<Event> events, long through) {
        for (now = 0; now <= through; now++) {
            for (Event event : events) {
                if (event.at() == now) {
                    happen(event);
                }
            }
            while (ring()) {}
        }
        return decisions.stream()
                .map(Decision::shown)
                .filter(shown -> !shown.isEmpty())
                .toList();
    }

    private boolean ring() {
        for (String name : names) {
            if (view(name).until <= now) {
                happen(new Event(
                        now, "timeout", name, "", 0, 0, view(name).historical, Outcome.DELIVERED));
                return true;
            }
        }
        Group due = groups.values().stream()
                .filter(group -> group.due <= now)
                .min(Comparator.comparing((Group group) -> group.id))
                .orElse(null);
        if (due != null) {
            decide(due);
        }
        return due != null;
    }

    private void happen(Event event) {
        TreeMap<String, Integer> before = new TreeMap<>();
        names.forEach(name -> before.put(name, view(name).changes));
        history.add(event);
        if (event.what().equals("answer")) {
            settleAll(event);
        } else if (!event.name().isEmpty()) {
            names.add(event.name());
        }
        for (String name : names) {
            boolean caughtUp =
                    event.what().equals("caughtUp") && view(name).fires && isOldBefore(name);
            if (before.getOrDefault(name, 0) != view(name).changes || caughtUp) {
                join(name);
            }
        }
    }

    private boolean isOldBefore(String name) {
        return view(name, history.size() - 1).historical;
    }

    private View view(String name) {
        return view(name, history.size());
    }

    private View view(String name, int events) {
        View view = new View();
        for (Event event : history.subList(0, events)) {
            if (event.what().equals("caughtUp") && view.fires) {
                view.historical = false;
            }
            if (event.name().equals(name)) {
                see(view, event);
            }
        }
        return view;
    }

    private void see(View view, Event event) {
        switch (event.what()) {
            case "fire" -> step(view, event, AlertState.FIRING);
            case "resolve" -> step(view, event, AlertState.RESOLVED);
            case "withdraw" -> {
                view.steps
                        .values()
                        .forEach(list -> list.removeIf(step -> step[0].equals(event.text())));
                view.steps.values().removeIf(List::isEmpty);
                follow(view, event);
            }
            case "ack" -> view.acknowledgedBy = view.fires ? "ann" : null;
            case "timeout" -> {
                view.until = Long.MAX_VALUE;
                change(view, event.at(), event.historical());
                view.fires = false;
            }
            case "provisional" -> provisional(view, event);
            default -> {}
        }
    }

    private void provisional(View view, Event event) {
        long until = Math.max(event.from(), event.at()) + spec.resolveTimeoutMillis();
        boolean late = !view.steps.isEmpty() && view.steps.lastKey() >= event.from();
        if (!view.fires && !late) {
            view.startsAt = Math.min(event.from(), event.at());
            change(view, view.startsAt, event.historical());
            view.fires = true;
            view.until = until;
        } else if (view.until != Long.MAX_VALUE) {
            view.until = Math.max(view.until, until);
        }
    }

    private void step(View view, Event event, AlertState to) {
        view.steps
                .computeIfAbsent(event.from(), any -> new ArrayList<>())
                .add(new String[] {event.text(), to.name()});
        follow(view, event);
    }

    private void follow(View view, Event event) {
        boolean fires = view.firesBySteps();
        if (fires && view.until != Long.MAX_VALUE) {
            view.until = Long.MAX_VALUE;
        } else if (fires && !view.fires) {
            view.startsAt = view.steps.lastKey();
            change(view, event.from(), event.historical());
            view.fires = true;
        } else if (!fires && view.fires && view.until == Long.MAX_VALUE) {
            change(view, event.from(), event.historical());
            view.fires = false;
        }
    }

    private void change(View view, long time, boolean historical) {
        view.score = view.score.change(spec.flapping(), time);
        view.historical = historical;
        view.acknowledgedBy = null;
        view.changes++;
    }

    private static SortedMap<String, String> labels(String name) {
        return Labels.of(Story.alert(name, Mode.PAGE));
    }

    private void join(String name) {
        View view = view(name);
        for (Route route : root.match(labels(name))) {
            Group fresh = new Group(route, route.groupLabels(labels(name)));
            Group known = groups.get(fresh.id);
            Group group = known == null ? fresh : known;
            if (view.historical && !route.historical() && !isToldFiring(name, group)) {
                continue;
            }
            if (known == null) {
                forgetOld(group);
                group.due = now + route.groupWaitMillis();
                groups.put(group.id, group);
            }
            group.members.add(name);
            if (!group.flushed && view.startsAt + route.groupWaitMillis() < now) {
                group.due = now;
            }
        }
    }

    private List<Integration> integrations(Route route) {
        Receiver receiver = spec.receiver(route.receiver());
        return receiver == null ? List.of() : receiver.integrations();
    }

    private Told.Key key(Group group, int integration) {
        return new Told.Key(
                group.route.groupKey(group.labels), group.route.receiver(), integration);
    }

    /** A decision without a name stands for that nothing is known. */
    private void forgetOld(Group group) {
        for (int i = 0; i < integrations(group.route).size(); i++) {
            Decision told = told(key(group, i));
            boolean isOld =
                    told != null && told.at() < now - 2 * group.route.repeatIntervalMillis();
            if (isOld && !awaits(key(group, i))) {
                TreeSet<String> none = new TreeSet<>();
                decisions.add(new Decision(key(group, i), "", now, "", "", none, none, none));
            }
        }
    }

    private boolean isToldFiring(String name, Group group) {
        for (int i = 0; i < integrations(group.route).size(); i++) {
            Decision told = told(key(group, i));
            if (told != null && told.firing().contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The latest decision that was delivered, or needed no delivery. */
    private @Nullable Decision told(Told.Key key) {
        Decision told = null;
        for (Decision decision : decisions) {
            boolean isDone = decision.shown().isEmpty()
                    || history.stream()
                            .anyMatch(event -> event.what().equals("answer")
                                    && event.text().equals(decision.id())
                                    && event.outcome() == Outcome.DELIVERED);
            told = decision.key().equals(key) && isDone ? decision : told;
        }
        return told == null || told.id().isEmpty() ? null : told;
    }

    private boolean awaits(Told.Key key) {
        return decisions.stream()
                .filter(decision ->
                        decision.key().equals(key) && !decision.shown().isEmpty())
                .anyMatch(decision -> history.stream()
                        .noneMatch(event -> event.what().equals("answer")
                                && event.text().equals(decision.id())
                                && event.outcome().isFinal()));
    }

    private void settleAll(Event answer) {
        for (Decision decision : decisions) {
            Group group = groups.get(decision.group());
            Outcome outcome = answer.outcome();
            if (decision.id().equals(answer.text()) && group != null && outcome.isFinal()) {
                group.failed |= outcome != Outcome.DELIVERED;
                settle(group);
            }
        }
    }

    private void settle(Group group) {
        boolean waits = group.failed;
        for (int i = 0; i < integrations(group.route).size(); i++) {
            waits |= awaits(key(group, i));
        }
        if (!waits) {
            group.members.removeIf(name -> {
                View view = view(name);
                Integer changes = group.over.get(name);
                return !view.fires && changes != null && changes == view.changes && !flaps(view);
            });
            if (group.members.isEmpty()) {
                groups.remove(group.id);
            }
        }
    }

    private boolean flaps(View view) {
        return view.score.isFlapping(spec.flapping(), now);
    }

    private void decide(Group group) {
        group.flushed = true;
        group.failed = false;
        group.due = now + group.route.groupIntervalMillis();
        group.over.clear();
        for (String name : group.members) {
            if (!view(name).fires) {
                group.over.put(name, view(name).changes);
            }
        }
        for (int i = 0; i < integrations(group.route).size(); i++) {
            if (!awaits(key(group, i))) {
                decide(group, i);
            }
        }
        settle(group);
    }

    private void decide(Group group, int number) {
        Told.Key key = key(group, number);
        Decision told = told(key);
        TreeSet<String> firing = new TreeSet<>();
        TreeSet<String> resolved = new TreeSet<>();
        TreeSet<String> flapping = new TreeSet<>();
        List<String> sent = new ArrayList<>();
        for (String name : group.members) {
            View view = view(name);
            boolean isToldFiring = told != null && told.firing().contains(name);
            boolean isToldOver = told != null && told.resolved().contains(name);
            if (isMuted(name, group.route)
                    || view.historical && !group.route.historical() && !isToldFiring) {
                continue;
            }
            boolean held = flaps(view) && told != null && told.flapping().contains(name);
            boolean counts = !held || isToldFiring || isToldOver;
            if (flaps(view)) {
                flapping.add(name);
            }
            if (counts) {
                ((held ? isToldFiring : view.fires) ? firing : resolved).add(name);
            }
            if (!held) {
                sent.add(name);
            }
        }
        Integration integration = integrations(group.route).get(number);
        String why = why(group.route, integration, told, firing, resolved, sent);
        if (!why.isEmpty()) {
            record(group, key, integration, why, new Told.State(firing, resolved, flapping), sent);
        }
    }

    private String why(
            Route route,
            Integration integration,
            @Nullable Decision told,
            Set<String> firing,
            Set<String> resolved,
            List<String> sent) {
        if (firing.isEmpty()
                && (resolved.isEmpty() || told == null || told.firing().isEmpty())) {
            return "";
        }
        if (told == null) {
            return "first";
        }
        if (firing.isEmpty()) {
            return "all_resolved";
        }
        for (String name : firing) {
            if (!told.firing().contains(name)) {
                return "new_alerts";
            }
        }
        for (String name : resolved) {
            if (integration.sendResolved() && !told.resolved().contains(name)) {
                return "some_resolved";
            }
        }
        boolean wanted = sent.stream()
                .anyMatch(name -> view(name).fires && view(name).acknowledgedBy == null);
        return wanted && now >= told.at() + route.repeatIntervalMillis() ? "repeat" : "";
    }

    private void record(
            Group group,
            Told.Key key,
            Integration integration,
            String why,
            Told.State says,
            List<String> members) {
        List<String> sent = new ArrayList<>(members);
        sent.removeIf(name -> !integration.sendResolved() && !view(name).fires);
        sent.sort(Comparator.comparing(NaiveNotifier::labels, Labels.ORDER));
        Digest digest = Digest.of("delivery")
                .text(key.groupKey())
                .text(key.receiver())
                .number(key.integration())
                .number(now);
        StringBuilder shown = new StringBuilder();
        for (String name : sent) {
            digest.text(name).number(view(name).fires ? 1 : 0).number(view(name).startsAt);
            if (integration.maxAlerts() == 0 || sent.indexOf(name) < integration.maxAlerts()) {
                shown.append(view(name).fires ? " +" : " -").append(name);
            }
        }
        String where = key.receiver() + "[" + key.integration() + "]:";
        decisions.add(new Decision(
                key,
                group.id,
                now,
                digest.id(),
                sent.isEmpty() ? "" : now + " " + why + " " + where + shown + " " + digest.id(),
                new TreeSet<>(says.firing()),
                new TreeSet<>(says.resolved()),
                new TreeSet<>(says.flapping())));
    }

    private boolean isMuted(String name, Route route) {
        SortedMap<String, String> labels = labels(name);
        for (InhibitRule rule : spec.inhibitRules()) {
            for (String other : names) {
                SortedMap<String, String> others = labels(other);
                boolean both = rule.isSource(labels) && rule.isTarget(others);
                if (view(other).fires
                        && rule.isSource(others)
                        && rule.isTarget(labels)
                        && !both
                        && rule.equal().stream().allMatch(label -> labels.getOrDefault(label, "")
                                .equals(others.getOrDefault(label, "")))) {
                    return true;
                }
            }
        }
        boolean outside = !route.spec().activeTimeIntervals().isEmpty()
                && spec.intervalAt(route.spec().activeTimeIntervals(), now) == null;
        return outside
                || spec.intervalAt(route.spec().muteTimeIntervals(), now) != null
                || isSilenced(labels);
    }

    private boolean isSilenced(SortedMap<String, String> labels) {
        TreeMap<String, Event> silences = new TreeMap<>();
        for (Event event : history) {
            if (event.what().equals("silence")) {
                silences.put(event.text().substring(0, 1), event);
            } else if (event.what().equals("expire")) {
                silences.remove(event.text());
            }
        }
        return silences.values().stream()
                .anyMatch(event -> event.from() <= now
                        && now < event.to()
                        && Routes.matchers(event.text().substring(1)).match(labels));
    }
}
