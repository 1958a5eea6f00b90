package io.tidewatch.testkit.twin;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.testkit.Script;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random queries and inputs over one schema. */
final class RandomMonitors {
    static final Schema EVENTS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("k", Type.VARCHAR),
            new Field("g", Type.BIGINT),
            new Field("n", Type.BIGINT),
            new Field("v", Type.DOUBLE),
            new Field("b", Type.BOOLEAN),
            new Field("d", Type.decimal(18, 2)));

    private static final List<Double> DOUBLES = List.of(
            0.1,
            3.0,
            -7.25,
            1e308,
            -1e308,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL / 2,
            0.0,
            -0.0);

    private static final List<Double> NOT_FINITE =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    private static final List<BigDecimal> DECIMALS = Stream.of(
                    "0.01", "-5.25", "12.00", "0.00", "9999999999999999.99")
            .map(BigDecimal::new)
            .toList();

    /** What percentiles are of. */
    static final List<Double> PERCENTILES =
            IntStream.rangeClosed(-3, 9).mapToObj(i -> (double) i).toList();

    /** Keys of one key group, as keys of GROUP BY k. */
    static final List<String> KEYS = keysOfOneKeyGroup();

    private static final long BEGIN = 1_000;

    private static final Term K = Term.field("k", 1);
    private static final Term N = Term.field("n", 3);
    private static final Term V = Term.field("v", 4);
    private static final Term B = Term.field("b", 5);
    private static final Term D = Term.field("d", 6);

    private static final Term SMALL = new Term("CASE WHEN n < 100 THEN n END", event -> {
        Long n = (Long) event.get(3);
        return n == null || n >= 100 ? null : n;
    });

    /** Fails where n is 0. */
    private static final Term QUOTIENT = new Term("100 / n", event -> {
        Long n = (Long) event.get(3);
        if (n != null && n == 0) {
            throw new Term.Failed("division by zero");
        }
        return n == null ? null : 100 / n;
    });

    private static final Term POSITIVE = new Term("n > 0", event -> {
        Long n = (Long) event.get(3);
        return n == null ? null : n > 0;
    });

    private static final Term NOT_FIRST =
            new Term("k <> 'k0' OR k IS NULL", event -> !"k0".equals(event.get(1)));

    /** What WHERE may say. */
    static final List<Term> FILTERS = List.of(POSITIVE, NOT_FIRST, B);

    private RandomMonitors() {}

    /** Rows of each k. */
    static TwinQuery counts() {
        return new TwinQuery(
                "events",
                null,
                List.of(1),
                List.of(EVENTS.field(1)),
                List.of(List.of(true)),
                List.of(TwinAggregate.countAll()),
                null);
    }

    static TwinQuery query(Choices choices) {
        List<Integer> keys = choices.of(
                List.of(1), List.of(1, 2), List.of(2), List.of(4), List.of(6, 5), List.of());
        List<List<Boolean>> sets = new ArrayList<>();
        sets.add(keys.stream().map(key -> true).toList());
        if (keys.size() == 2 && choices.flag()) {
            sets.add(choices.of(List.of(true, false), List.of(false, true)));
            if (choices.flag()) {
                sets.add(List.of(false, false));
            }
        }
        List<TwinAggregate> aggregates = new ArrayList<>();
        aggregates.add(TwinAggregate.countAll());
        for (int i = choices.upTo(3); i > 0; i--) {
            aggregates.add(aggregate(choices));
        }
        if (choices.oneIn(4)) {
            aggregates.set(0, TwinAggregate.sumOfLongs(N));
        }
        return new TwinQuery(
                "events",
                choices.oneIn(3) ? choices.of(FILTERS) : null,
                keys,
                keys.stream().map(EVENTS::field).toList(),
                sets,
                aggregates,
                choices.oneIn(3) ? having(choices) : null);
    }

    private static TwinAggregate aggregate(Choices choices) {
        TwinAggregate aggregate =
                switch (choices.upTo(4)) {
                    case 0 -> counted(choices);
                    case 1 -> summed(choices);
                    case 2 -> chosen(choices);
                    case 3 -> spread(choices);
                    default -> rated(choices);
                };
        return choices.oneIn(3) ? aggregate.filtered(choices.of(POSITIVE, B)) : aggregate;
    }

    private static TwinAggregate counted(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> TwinAggregate.countAll();
            case 1 -> TwinAggregate.count(choices.of(V, D));
            case 2 -> TwinAggregate.countDistinct(choices.of(N, V, K, B, D));
            default -> TwinAggregate.approximateCountDistinct(choices.of(N, V, K, B, D));
        };
    }

    private static TwinAggregate summed(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> TwinAggregate.sumOfLongs(choices.of(N, QUOTIENT));
            case 1 -> TwinAggregate.sumOfDoubles(V);
            case 2 -> TwinAggregate.sumOfDecimals(D);
            default -> TwinAggregate.average(choices.of(N, V, D));
        };
    }

    private static TwinAggregate chosen(Choices choices) {
        Term x = choices.of(N, V, K, B, D);
        return switch (choices.upTo(5)) {
            case 0 -> TwinAggregate.least(x);
            case 1 -> TwinAggregate.greatest(x);
            case 2 -> TwinAggregate.first(x);
            case 3 -> TwinAggregate.last(x);
            case 4 -> TwinAggregate.any(choices.of(B, POSITIVE));
            default -> TwinAggregate.every(choices.of(B, POSITIVE));
        };
    }

    private static TwinAggregate spread(Choices choices) {
        String name = choices.of("VAR_POP", "VAR_SAMP", "STDDEV_POP", "STDDEV_SAMP");
        return TwinAggregate.deviation(name, choices.of(N, V, D));
    }

    private static TwinAggregate rated(Choices choices) {
        return switch (choices.upTo(2)) {
            case 0 -> TwinAggregate.rate();
            case 1 -> TwinAggregate.rate(choices.of(N, V, D));
            default -> TwinAggregate.percentile(SMALL, BigDecimal.valueOf(choices.upTo(10), 1));
        };
    }

    private static TwinHaving having(Choices choices) {
        long bound = choices.between(1, 3);
        return choices.flag()
                ? new TwinHaving(
                        " >= " + bound, value -> value == null ? null : (Long) value >= bound)
                : new TwinHaving(
                        " <= " + bound, value -> value == null ? null : (Long) value <= bound);
    }

    /**
     * Rows that come out of order, some of them very late.
     *
     * @param rowsMax at most so many rows
     * @param step how far apart rows are, milliseconds, at most
     */
    static Script script(Choices choices, int rowsMax, int step) {
        return script(choices, rowsMax, step, BEGIN);
    }

    /** @param begin about when the first row is */
    static Script script(Choices choices, int rowsMax, int step, long begin) {
        Script script = new Script(0, EVENTS, 0);
        boolean received = choices.flag();
        long now = begin + choices.upTo(10);
        for (int i = choices.upTo(rowsMax); i > 0; i--) {
            now += choices.upTo(step);
            if (received && choices.oneIn(12)) {
                now += choices.upTo(5 * step);
                script.tick(now - choices.upTo(4 * step), now);
            }
            long behind = choices.oneIn(4) ? choices.upTo(8 * step) : choices.upTo(2);
            long at = choices.oneIn(15) && received ? now + 40L * step : now - behind;
            @Nullable Object[] values = values(choices, at);
            if (received) {
                script.rowAt(now, values);
            } else {
                script.row(values);
            }
        }
        return script;
    }

    static @Nullable Object[] values(Choices choices, long at) {
        return new @Nullable Object[] {
            at,
            choices.oneIn(8) ? null : choices.of(KEYS),
            choices.oneIn(8) ? null : (Long) (long) choices.upTo(2),
            choices.oneIn(8) ? null : number(choices),
            choices.oneIn(8) ? null : choices.of(choices.oneIn(20) ? NOT_FINITE : DOUBLES),
            choices.oneIn(8) ? null : (Boolean) choices.flag(),
            choices.oneIn(8) ? null : choices.of(DECIMALS)
        };
    }

    private static List<String> keysOfOneKeyGroup() {
        List<Field> column = List.of(EVENTS.field(1));
        int keyGroup = TwinKey.of(column, List.of(true), List.of("k0")).keyGroup();
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "k" + i)
                .filter(key ->
                        TwinKey.of(column, List.of(true), List.of(key)).keyGroup() == keyGroup)
                .limit(4)
                .toList();
    }

    private static Long number(Choices choices) {
        return choices.oneIn(20) ? Long.MAX_VALUE - choices.upTo(1) : (long) choices.between(-3, 9);
    }

    static TimeSpec time(Choices choices, int step, boolean amends) {
        TimeSpec time =
                TimeSpec.defaults().withOutOfOrder(choices.upTo(step)).withAhead(20L * step);
        return amends && choices.flag()
                ? time.withAllowedLateness(
                        choices.between(1, 6 * step), choices.between(1, 3 * step))
                : time;
    }
}
