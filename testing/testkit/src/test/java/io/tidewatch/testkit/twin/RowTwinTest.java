package io.tidewatch.testkit.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Bits;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.plan.Result.Kind;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.testkit.LineDifference;
import io.tidewatch.testkit.MonitorScenario;
import io.tidewatch.testkit.MonitorScenario.MonitorText;
import io.tidewatch.testkit.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results of monitors without windows, by their definition. */
class RowTwinTest {
    private static final Term QUOTIENT = new Term("12 / n", event -> {
        Long n = (Long) event.get(3);
        if (n != null && n == 0) {
            throw new Term.Failed("division by zero");
        }
        return n == null ? null : 12 / n;
    });

    private static final List<Term> COLUMNS = List.of(
            Term.field("k", 1),
            Term.field("g", 2),
            QUOTIENT,
            Term.field("v", 4),
            Term.field("b", 5),
            Term.field("d", 6));

    private static final List<Field> FIELDS = List.of(
            RandomMonitors.EVENTS.field(1),
            RandomMonitors.EVENTS.field(2),
            new Field("q", RandomMonitors.EVENTS.field(3).type()),
            RandomMonitors.EVENTS.field(4),
            RandomMonitors.EVENTS.field(5),
            RandomMonitors.EVENTS.field(6));

    @Test
    void everyRowThatIsNotLateIsOneResult() {
        Choices.random("twin: rows", 120, choices -> {
            TimeSpec time = RandomMonitors.time(choices, 4, false);
            MonitorScenario scenario =
                    new MonitorScenario().stream("events", RandomMonitors.EVENTS, 0, time);
            List<Monitor> monitors = new ArrayList<>();
            for (int i = choices.between(1, 3); i > 0; i--) {
                monitors.add(Monitor.any(choices, "m" + i));
                scenario.monitor(monitors.get(monitors.size() - 1).text());
            }
            for (int i = choices.between(1, 3); i > 0; i--) {
                scenario.add(RandomMonitors.script(choices, 50, choices.between(1, 4)));
            }
            OptionalLong until = choices.oneIn(3)
                    ? OptionalLong.of(1_000 + choices.upTo(160))
                    : OptionalLong.empty();
            Timeline timeline = Timeline.of(0, time, scenario.scripts());
            List<String> expected = new ArrayList<>();
            monitors.forEach(monitor -> expected.addAll(monitor.lines(timeline, until)));
            Outcome outcome = scenario.verifier(until).verify(choices, 3);
            List<String> lines = outcome.lines(scenario.job().plan());
            assertThat(LineDifference.of(expected, lines)).isEmpty();
            Bits.record("twin rows", String.join("\n", lines));
        });
    }

    /**
     * A monitor without windows.
     *
     * @param keys the columns that {@code key:} names
     */
    private record Monitor(String name, @Nullable Term where, List<Integer> keys) {
        static Monitor any(Choices choices, String name) {
            return new Monitor(
                    name,
                    choices.flag() ? null : choices.of(RandomMonitors.FILTERS),
                    choices.of(List.of(), List.of(0), List.of(0, 1), List.of(3), List.of(2, 5)));
        }

        MonitorText text() {
            List<String> columns = IntStream.range(0, FIELDS.size())
                    .mapToObj(i -> COLUMNS.get(i).sql() + " AS " + FIELDS.get(i).name())
                    .toList();
            String sql = "SELECT " + String.join(", ", columns) + " FROM events"
                    + (where == null ? "" : " WHERE " + where.sql());
            List<String> names =
                    keys.stream().map(key -> FIELDS.get(key).name()).toList();
            return new MonitorText(name, sql, null, names, null, null);
        }

        List<String> lines(Timeline timeline, OptionalLong until) {
            List<Event> events = timeline.events().stream()
                    .filter(event -> event.at() >= event.watermark())
                    .sorted(Event.ORDER)
                    .toList();
            Map<Event, List<@Nullable Object>> rows = new HashMap<>();
            long greatest = Long.MIN_VALUE;
            for (Event event : events) {
                List<@Nullable Object> row = row(event);
                if (row != null) {
                    rows.put(event, row);
                    greatest = Math.max(greatest, event.at() + 1);
                }
            }
            long closedTo = Math.max(timeline.watermark(), until.orElse(greatest));
            Map<String, Long> ordinals = new HashMap<>();
            List<String> lines = new ArrayList<>();
            for (Event event : events) {
                List<@Nullable Object> row = rows.get(event);
                if (row != null && event.at() < closedTo) {
                    lines.add(result(event, row, ordinals).line(name));
                }
            }
            return lines;
        }

        /** Absent if it does not pass, or cannot be computed. */
        private @Nullable List<@Nullable Object> row(Event event) {
            try {
                return where == null || where.isTrue(event)
                        ? Arrays.asList(COLUMNS.stream()
                                .map(column -> column.value().apply(event))
                                .toArray())
                        : null;
            } catch (Term.Failed setAside) {
                return null;
            }
        }

        private TwinResult result(
                Event event, List<@Nullable Object> row, Map<String, Long> ordinals) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int key : keys) {
                Object value = row.get(key);
                values.add(value == null ? null : TwinAggregate.normal(value));
            }
            List<Field> fields = keys.stream().map(FIELDS::get).toList();
            String key = TwinKey.of(fields, keys.stream().map(any -> true).toList(), values)
                    .text();
            long ordinal = ordinals.merge(event.at() + key, 1L, Long::sum) - 1;
            Window window = new Window(event.at(), event.at());
            return new TwinResult(key, window, ordinal, 0, Kind.FINAL, false, row);
        }
    }
}
