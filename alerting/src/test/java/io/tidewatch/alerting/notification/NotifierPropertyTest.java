package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alerting.AlertState;
import io.tidewatch.alerting.Mode;
import io.tidewatch.alerting.Transition;
import io.tidewatch.alerting.Transition.Kind;
import io.tidewatch.alerting.notification.NaiveNotifier.Event;
import io.tidewatch.alerting.notification.TimeInterval.Range;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The notifier says what a naive one says that looks at the whole history each time. */
class NotifierPropertyTest {
    private static final int END = 120;
    private static final List<String> NAMES = List.of("a/s=x", "a/s=y", "b/s=x", "b/t=1");
    private static final List<String> MATCHERS =
            List.of("alertname=a", "alertname=b", "s=x", "t=~\".+\"", "alertname=~a|b,s=y");

    /** Years before 1970 mute the times that are tried, which are after it, from its beginning on. */
    private static final Map<String, List<TimeInterval>> TIMES =
            Map.of("never", List.of(years(1900, 1969)), "always", List.of(years(1970, 1971)));

    private static TimeInterval years(int first, int last) {
        return new TimeInterval(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Range(first, last)),
                ZoneOffset.UTC);
    }

    /** One run: what happens is chosen as it goes, for answers need something to answer. */
    private static final class Run {
        private final Choices choices;
        private final NotificationSpec spec;
        private final List<Event> events = new ArrayList<>();
        private final List<Delivery> decided = new ArrayList<>();
        private final Map<String, Boolean> fires = new TreeMap<>();
        private final List<String[]> standing = new ArrayList<>();
        private final int caughtUpAt;
        private Notifier notifier;
        private int transitions;

        Run(Choices choices) {
            this.choices = choices;
            this.spec = spec(choices);
            this.notifier = new Notifier(spec);
            this.caughtUpAt = choices.oneIn(3) ? choices.between(1, END) : -1;
        }

        List<String> shown() {
            for (long at = 0; at <= END; at++) {
                happen(at);
                if (choices.oneIn(3) || at == END || notifier.nextDue() == at && choices.flag()) {
                    notifier.advance(at, decided::add);
                }
                if (choices.oneIn(20)) {
                    restart();
                }
            }
            return decided.stream()
                    .map(delivery -> Story.show(delivery) + " " + delivery.id())
                    .toList();
        }

        private void restart() {
            ByteWriter out = new ByteWriter(0);
            notifier.write(out);
            byte[] bytes = out.copyBytes();
            notifier = Notifier.read(spec, JdkPatterns.INSTANCE, new ByteReader(bytes));
            ByteWriter again = new ByteWriter(0);
            notifier.write(again);
            assertThat(again.copyBytes()).isEqualTo(bytes);
        }

        private void happen(long at) {
            List<Delivery> awaiting = outstandingBefore(at);
            if (at == caughtUpAt) {
                add(at, "caughtUp", "", "", 0, 0);
                notifier.caughtUp(at, decided::add);
            }
            for (Delivery delivery : awaiting) {
                if (choices.oneIn(6)) {
                    Outcome outcome = choices.of(Outcome.values());
                    outcome = choices.flag() ? Outcome.DELIVERED : outcome;
                    events.add(new Event(at, "answer", "", delivery.id(), 0, 0, false, outcome));
                    notifier.answer(at, delivery.id(), outcome, "", decided::add);
                }
            }
            for (int i = choices.oneIn(4) ? choices.between(1, 3) : 0; i > 0; i--) {
                one(at);
            }
        }

        private List<Delivery> outstandingBefore(long at) {
            if (at > 0) {
                notifier.advance(at - 1, decided::add);
            }
            return notifier.outstanding();
        }

        private void one(long at) {
            String name = choices.of(NAMES);
            switch (choices.upTo(9)) {
                case 0, 1, 2, 3, 4 -> change(at, name);
                case 5 -> silence(at);
                case 6 -> {
                    String id = choices.of("1", "2");
                    add(at, "expire", "", id, 0, 0);
                    notifier.expire(at, id, decided::add);
                }
                case 7 -> {
                    add(at, "ack", name, "", 0, 0);
                    notifier.acknowledge(at, name, "ann", "", decided::add);
                }
                case 8 -> provisional(at, name);
                default -> withdraw(at);
            }
        }

        private void change(long at, String name) {
            boolean fired = fires.getOrDefault(name, false);
            fires.put(name, !fired);
            long time = Math.max(0, at - choices.upTo(8));
            String id = update(
                    at,
                    fired ? "resolve" : "fire",
                    Kind.STATE,
                    name,
                    time,
                    fired ? AlertState.RESOLVED : AlertState.FIRING,
                    null);
            standing.add(new String[] {id, name});
        }

        private void provisional(long at, String name) {
            long end = Math.max(0, at + choices.between(-3, 10));
            update(at, "provisional", Kind.PROVISIONAL, name, end, AlertState.FIRING, null);
        }

        private void withdraw(long at) {
            if (!standing.isEmpty()) {
                String[] undone = standing.remove(choices.upTo(standing.size() - 1));
                update(at, "withdraw", Kind.WITHDRAWN, undone[1], at, AlertState.FIRING, undone[0]);
            }
        }

        private String update(
                long at,
                String what,
                Kind kind,
                String name,
                long time,
                AlertState to,
                @Nullable String withdraws) {
            String id = "t" + transitions++;
            add(at, what, name, withdraws == null ? id : withdraws, time, 0);
            Transition transition = Story.transition(
                    id,
                    kind,
                    Story.alert(name, Mode.PAGE),
                    AlertState.INACTIVE,
                    to,
                    time,
                    withdraws);
            notifier.update(at, transition, at < caughtUpAt, decided::add);
            return id;
        }

        private void silence(long at) {
            String id = choices.of("1", "2");
            long from = at + choices.between(-5, 10);
            long to = from + choices.between(1, 40);
            String matchers = choices.of(MATCHERS);
            add(at, "silence", "", id + matchers, from, to);
            notifier.silence(
                    at,
                    new Silence(id, Routes.matchers(matchers), from, to, "me", ""),
                    decided::add);
        }

        private void add(long at, String what, String name, String text, long from, long to) {
            events.add(
                    new Event(at, what, name, text, from, to, at < caughtUpAt, Outcome.DELIVERED));
        }
    }

    private static NotificationSpec spec(Choices choices) {
        Routes root = Routes.to(choices.of("team", "two"))
                .every(choices.of(0, 1, 3, 10), choices.of(1, 4, 10), choices.of(1, 10, 25));
        root.by(choices.flag() ? new String[] {"alertname"} : new String[0]);
        for (int i = choices.upTo(2); i > 0; i--) {
            String receiver = choices.of("other", "mail", "two", "nobody", "");
            Routes below = Routes.to(receiver.isEmpty() ? null : receiver).on(choices.of(MATCHERS));
            below.by(choices.of("", "...", "s", "s t").split(" "));
            if (choices.flag()) {
                below.passingOn();
            }
            if (choices.oneIn(3)) {
                below.mutedIn(choices.of("never", "always"));
            }
            if (choices.oneIn(4)) {
                below.activeIn(choices.of("never", "always"));
            }
            if (choices.oneIn(3)) {
                below.withHistorical(choices.flag());
            }
            root.then(below);
        }
        List<InhibitRule> rules = new ArrayList<>();
        for (int i = choices.upTo(2); i > 0; i--) {
            rules.add(new InhibitRule(
                    Routes.matchers(choices.of(MATCHERS)),
                    Routes.matchers(choices.of(MATCHERS)),
                    choices.of(List.of(), List.of("s"), List.of("t", "none"))));
        }
        NotificationSpec plain = Story.spec(root, TIMES, rules.toArray(new InhibitRule[0]));
        return new NotificationSpec(
                plain.route(),
                plain.receivers(),
                plain.inhibitRules(),
                plain.timeIntervals(),
                choices.flag() ? FlapPolicy.OFF : new FlapPolicy(choices.of(5, 20), 2.5, 1.2),
                choices.of(5, 30),
                NotificationLimits.DEFAULTS);
    }

    @Test
    void saysWhatFollowsFromTheWholeHistory() {
        Choices.random("a notifier equals its naive twin", 60, choices -> {
            Run run = new Run(choices);
            List<String> shown = run.shown();
            List<String> expected = new NaiveNotifier(run.spec).run(run.events, END);
            assertThat(shown).isEqualTo(expected);
            choices.record(shown);
        });
    }
}
