package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateInput;
import io.tidewatch.kernel.aggregate.FinishContext;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.state.KeyNumbers;
import io.tidewatch.kernel.state.NumberedKeys;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunningWindowTest {
    private static final int STEP = 10;
    private static final int UNLIMITED = 1_000_000;
    private static final List<AggregateCall> CALLS = List.of(
            AggregateFunction.COUNT.resolve(),
            AggregateFunction.SUM.resolve(Type.DOUBLE),
            AggregateFunction.MAX.resolve(Type.DOUBLE));

    private final KeyNumbers numbers = new KeyNumbers();
    private final TreeMap<Long, GroupUnit> panes = new TreeMap<>();
    private final RunningWindow running = new RunningWindow(CALLS, numbers);
    private int rows;

    @Test
    void isWhatItsPanesAreWhenCombinedAnew() {
        Choices.random("running window", 400, choices -> {
            RunningWindowTest test = new RunningWindowTest();
            int keysMax = choices.oneIn(3) ? choices.between(1, 2) : UNLIMITED;
            int keyCount = choices.between(1, 40);
            long start = 0;
            long end = 0;
            for (int i = choices.between(1, 60); i > 0; i--) {
                long begin = end;
                end += (long) STEP * choices.upTo(choices.oneIn(4) ? 30 : 2);
                start = choices.oneIn(9) ? end : Math.min(end, start + STEP * choices.upTo(3));
                for (long pane = begin; pane < end; pane += STEP) {
                    if (!choices.oneIn(4)) {
                        test.addRows(choices, pane, keyCount, keysMax);
                    }
                }
                if (choices.oneIn(3)) {
                    long ahead = end + (long) STEP * choices.upTo(2);
                    test.addRows(choices, ahead, keyCount, keysMax);
                }
                if (choices.oneIn(12) && !test.panes.isEmpty()) {
                    long changed = choices.of(new ArrayList<>(test.panes.keySet()));
                    test.addRows(choices, changed, keyCount, keysMax);
                }
                test.dropBefore(choices.oneIn(2) ? start : 0);
                test.assertHolds(start, end, keysMax);
            }
        });
    }

    @Test
    void aPaneIsCombinedAFewTimesHoweverManyWindowsHoldIt() {
        Choices choices = Choices.ofSeed(1);
        int panesPerWindow = 900;
        int paneCount = 5 * panesPerWindow;
        for (int pane = 0; pane < paneCount; pane++) {
            addRows(choices, (long) pane * STEP, 1, UNLIMITED);
            long end = (pane + 1L) * STEP;
            long start = Math.max(0, end - (long) panesPerWindow * STEP);
            running.of(panes, start, end);
            dropBefore(start);
        }
        // Anew, it would be once for each of the 900 windows that hold the pane.
        assertThat(running.combinations()).isBetween(5L * paneCount, 6L * paneCount);
    }

    @Test
    void takesAsMuchMemoryAsAFewPanesOfAWindow() {
        Choices choices = Choices.ofSeed(1);
        int panesPerWindow = 900;
        int keyCount = 500;
        long greatest = 0;
        for (int pane = 0; pane < 3 * panesPerWindow; pane++) {
            for (int i = 0; i < 4; i++) {
                addRows(choices, (long) pane * STEP, keyCount, UNLIMITED);
            }
            long end = (pane + 1L) * STEP;
            running.of(panes, end - (long) panesPerWindow * STEP, end);
            dropBefore(end - (long) panesPerWindow * STEP);
            greatest = Math.max(greatest, running.retainedBytes());
        }
        long bytesPerKey = 8 + 16 + 9;
        long combinationsMax = 3L * (int) Math.sqrt(panesPerWindow) + 6;
        assertThat(greatest).isLessThan(2 * combinationsMax * keyCount * bytesPerKey);
    }

    /** Adds rows to a pane, as a final stage does. */
    private void addRows(Choices choices, long start, int keyCount, int keysMax) {
        if (running.reaches(start)) {
            running.reset();
        }
        GroupUnit pane = panes.computeIfAbsent(
                start,
                any -> new GroupUnit(
                        new UnitKey(true, start, start + STEP, 0),
                        new GroupTable(CALLS, keysMax, new NumberedKeys(numbers))));
        for (int i = choices.between(1, 9); i > 0; i--) {
            byte[] key = {
                1, 0, (byte) choices.upTo(keyCount - 1), (byte) choices.upTo(keyCount / 100)
            };
            int slot = pane.groups().slotOf(key, 0, key.length, Hash.of(key, 0, key.length));
            double value = (choices.upTo(2_000) - 1_000) * 0.1;
            for (int call = 0; call < CALLS.size(); call++) {
                List<Column> arguments = call == 0
                        ? List.of()
                        : List.of(new DoubleColumn(1, new double[] {value}, null));
                pane.groups()
                        .accumulators(call)
                        .accumulate(
                                new AggregateInput(
                                        new RowOrigins(0, new long[1], new long[1], null),
                                        arguments),
                                Selection.all(1),
                                new int[] {slot});
            }
            pane.positions().add(choices.upTo(1), rows, rows);
            rows++;
        }
    }

    private void dropBefore(long start) {
        while (!panes.isEmpty() && panes.firstKey() < start) {
            panes.pollFirstEntry().getValue().groups().release();
        }
        if (numbers.isWasteful()) {
            int[] newNumbers = numbers.compact();
            panes.values()
                    .forEach(pane -> ((NumberedKeys) pane.groups().keys()).renumber(newNumbers));
            running.reset();
        }
    }

    private void assertHolds(long start, long end, int keysMax) {
        WindowGroups anew = WindowGroups.of(panes.subMap(start, end).values(), CALLS, keysMax);
        WindowGroups kept =
                WindowGroups.of(running.of(panes, start, end), numbers, List.of(), CALLS, keysMax);
        assertThat(values(kept)).isEqualTo(values(anew));
        assertThat(positions(kept.positions())).isEqualTo(positions(anew.positions()));
    }

    /** By key, the results. */
    private static Map<String, List<Object>> values(WindowGroups groups) {
        Map<String, List<Object>> values = new TreeMap<>();
        for (int slot : groups.slots()) {
            byte[] bytes = groups.table().keys().keyBytes();
            StringBuilder key = new StringBuilder();
            for (int i = 0; i < groups.table().keys().keyLength(slot); i++) {
                key.append(bytes[groups.table().keys().keyStart(slot) + i]).append(' ');
            }
            List<Object> results = new ArrayList<>();
            for (int call = 0; call < CALLS.size(); call++) {
                Type type = CALLS.get(call).resultType();
                ColumnBuilder builder = ColumnBuilder.of(type, 1);
                groups.table()
                        .accumulators(call)
                        .finish(
                                Selection.of(new int[] {slot}, 1),
                                FinishContext.ofWindow(1),
                                builder);
                results.add(String.valueOf(Values.get(type, builder.build(), 0)));
            }
            values.put(key.toString(), results);
        }
        return values;
    }

    private static List<List<Long>> positions(PositionRanges positions) {
        List<List<Long>> list = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            list.add(List.of(
                    (long) positions.partition(i), positions.least(i), positions.greatest(i)));
        }
        return list;
    }
}
