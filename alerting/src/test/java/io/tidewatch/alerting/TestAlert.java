package io.tidewatch.alerting;

import io.tidewatch.alerting.TestRows.Row;
import io.tidewatch.alerting.template.Template;
import io.tidewatch.alerting.template.TemplateNames;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One alert, told what happens step by step. Windows are of 10 ms unless the test says otherwise. */
final class TestAlert {
    static final TemplateNames NAMES = new TemplateNames(List.of("host"), TestRows.VALUES);
    static final AlertTiming WINDOWS = windows(10, 0, 0);
    static final AlertTiming ROWS = new AlertTiming.Rows();
    static final AlertTiming SESSIONS = new AlertTiming.Sessions(10);

    final AlertOperator operator;
    final List<Transition> all = new ArrayList<>();
    private final List<Transition> fresh = new ArrayList<>();

    TestAlert(AlertTiming timing, AlertPolicy policy) {
        this(timing, policy, AlertLimits.DEFAULTS);
    }

    TestAlert(AlertTiming timing, AlertPolicy policy, AlertLimits limits) {
        operator = new AlertOperator(spec(timing, policy), limits, keyGroup -> true);
    }

    static AlertSpec spec(AlertTiming timing, AlertPolicy policy) {
        return new AlertSpec("m", "v1", policy, timing, TestRows.KEYS, TestRows.VALUES);
    }

    static AlertTiming windows(long size, long allowedLateness, long amendEvery) {
        return new AlertTiming.Windowed(
                Windows.hopping(size, 10, 0), new Lateness(allowedLateness, amendEvery));
    }

    /** The rows of one time; then the watermark reaches it. */
    List<String> at(long time, Row... rows) {
        operator.rows(TestRows.of(rows), fresh::add);
        return advanceTo(operatorPasses(time, rows));
    }

    List<String> advanceTo(long watermark) {
        operator.advanceTo(watermark, fresh::add);
        return news();
    }

    List<String> start(long origin) {
        operator.start(origin, fresh::add);
        return news();
    }

    List<String> amended(int revision, long dueTime, Row... rows) {
        operator.amended(TestRows.of(rows), revision, dueTime, fresh::add);
        return news();
    }

    List<String> early(Row... rows) {
        operator.early(TestRows.of(rows), fresh::add);
        return news();
    }

    /** What was emitted since the last call, as {@code [kind] host [subject] FROM→TO startsAt at}. */
    private List<String> news() {
        List<String> news = fresh.stream().map(TestAlert::show).toList();
        all.addAll(fresh);
        fresh.clear();
        return news;
    }

    Transition latest() {
        return all.get(all.size() - 1);
    }

    private static long operatorPasses(long time, Row... rows) {
        boolean windowless = rows.length > 0 && rows[0].start() == rows[0].end();
        return windowless ? time + 1 : time;
    }

    private static String show(Transition transition) {
        String kind = transition.kind() == Transition.Kind.STATE
                ? ""
                : transition.kind().name().toLowerCase(Locale.ROOT) + " ";
        String subject = transition.alert().subject() == Alert.Subject.CONDITION
                ? ""
                : transition.alert().subject().name().toLowerCase(Locale.ROOT) + " ";
        Object host = transition.alert().key().get("host");
        return kind + (host == null ? "" : host + " ") + subject + transition.from() + "→"
                + transition.to() + " " + transition.startsAt() + " " + transition.at();
    }

    /** A policy, word by word. */
    static final class Policy {
        private long forMillis;
        private long keepFiringForMillis;
        private boolean hasClear;
        private @Nullable Absence absence;
        private NoData noData = NoData.RESOLVE;
        private OnAmend onAmend = OnAmend.ANNOTATE;
        private Evaluate evaluate = Evaluate.FINAL;
        private final Map<String, Template> labels = new LinkedHashMap<>();
        private final Map<String, Template> annotations = new LinkedHashMap<>();

        Policy waitsFor(long millis) {
            forMillis = millis;
            return this;
        }

        Policy keepsFiringFor(long millis) {
            keepFiringForMillis = millis;
            return this;
        }

        Policy clears() {
            hasClear = true;
            return this;
        }

        Policy absent(Absence value) {
            absence = value;
            return this;
        }

        Policy noData(NoData value) {
            noData = value;
            return this;
        }

        Policy onAmend(OnAmend value) {
            onAmend = value;
            return this;
        }

        Policy early() {
            evaluate = Evaluate.EARLY;
            return this;
        }

        Policy label(String name, String text) {
            labels.put(name, Template.parse(text, NAMES));
            return this;
        }

        Policy annotation(String name, String text) {
            annotations.put(name, Template.parse(text, NAMES));
            return this;
        }

        AlertPolicy build() {
            return new AlertPolicy(
                    forMillis,
                    keepFiringForMillis,
                    hasClear,
                    absence,
                    noData,
                    onAmend,
                    Mode.PAGE,
                    evaluate,
                    labels,
                    annotations);
        }
    }
}
