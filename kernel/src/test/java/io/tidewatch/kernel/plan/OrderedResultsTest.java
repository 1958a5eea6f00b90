package io.tidewatch.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.operator.RowWindows;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results that were written and put in order, against a sorted list of them. */
class OrderedResultsTest {
    private static final List<Type> TYPES = List.of(
            Type.BIGINT,
            Type.DOUBLE,
            Type.VARCHAR,
            Type.BOOLEAN,
            Type.decimal(10, 2),
            Type.TIMESTAMP);

    @Test
    void areWhatWasAddedInTheirOrder() {
        Choices.random("written results come back in order", 300, choices -> {
            List<Result> expected = new ArrayList<>();
            List<WaitingResults> parts = new ArrayList<>();
            for (int part = choices.upTo(3); part >= 0; part--) {
                WaitingResults written = new WaitingResults();
                for (int i = choices.upTo(4); i > 0; i--) {
                    written.add(rows(choices, expected));
                }
                parts.add(written);
            }
            List<Result> actual = OrderedResults.of(parts);
            expected.sort(Result.ORDER);
            assertThat(texts(actual)).isEqualTo(texts(expected));
            assertThat(actual).hasSameSizeAs(expected);
        });
    }

    /** Rows of a monitor; what they show is added to the results that are expected. */
    private static MonitorRows rows(Choices choices, List<Result> expected) {
        int count = choices.upTo(20);
        int monitor = choices.upTo(1);
        boolean early = choices.oneIn(4);
        int revision = choices.oneIn(3) ? choices.upTo(2) : 0;
        long emitted = choices.upTo(3) * 10L;
        boolean windowless = choices.oneIn(4);
        long[] starts = new long[count];
        long[] ends = new long[count];
        long[] ordinals = new long[count];
        byte[] flags = new byte[count];
        BytesColumnBuilder keys = new BytesColumnBuilder(count);
        ColumnBuilder[] columns = TYPES.stream()
                .map(type -> ColumnBuilder.of(type, count))
                .toArray(ColumnBuilder[]::new);
        for (int row = 0; row < count; row++) {
            starts[row] = choices.upTo(3) * 10L;
            ends[row] = starts[row] + (windowless ? 0 : 10L * choices.between(1, 2));
            ordinals[row] = choices.upTo(2);
            flags[row] = (byte) choices.upTo(127);
            byte[] key = key(choices);
            keys.append(key);
            List<@Nullable Object> values = values(choices);
            for (int i = 0; i < columns.length; i++) {
                Values.append(TYPES.get(i), columns[i], values.get(i));
            }
            boolean withdrawn = (flags[row] & LinkRows.WITHDRAWN) != 0;
            if ((flags[row] & LinkRows.FAILED) == 0
                    && (withdrawn || (flags[row] & LinkRows.VISIBLE) != 0)) {
                expected.add(new CopiedResult(
                        monitor,
                        key,
                        starts[row],
                        ends[row],
                        ordinals[row],
                        revision,
                        kind(flags[row], early),
                        (flags[row] & LinkRows.APPROXIMATE) != 0,
                        (flags[row] & LinkRows.INCOMPLETE) != 0,
                        revision > 0 || windowless ? emitted : ends[row],
                        values));
            }
        }
        LinkRows rows = new LinkRows(
                Batch.of(schema(), count, built(columns)),
                new RowWindows(starts, ends, keys.build(), new byte[count]),
                ends,
                flags,
                new LinkRows.Emission(revision, emitted, early, null, PositionRanges.NONE),
                new LinkRows.Extras(null, null, ordinals, null));
        return new MonitorRows(monitor, 0, rows, TYPES.size(), null, null, List.of());
    }

    private static Result.Kind kind(byte flags, boolean early) {
        if ((flags & LinkRows.WITHDRAWN) != 0) {
            return Result.Kind.WITHDRAWN;
        }
        boolean overflow = (flags & LinkRows.OVERFLOW) != 0;
        if (early) {
            return overflow ? Result.Kind.EARLY_OVERFLOW : Result.Kind.EARLY;
        }
        return overflow ? Result.Kind.OVERFLOW : Result.Kind.FINAL;
    }

    /** Keys of any length, of which many begin alike. */
    private static byte[] key(Choices choices) {
        byte[] key = new byte[choices.upTo(12)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i == key.length - 1 ? choices.between(-2, 2) : 1);
        }
        return key;
    }

    private static List<@Nullable Object> values(Choices choices) {
        List<@Nullable Object> values = new ArrayList<>(List.of(
                choices.anyLong(),
                choices.of(0.1, -0.0, Double.NaN, Double.NEGATIVE_INFINITY),
                choices.of("", "ä", "longer than eight bytes"),
                choices.flag(),
                BigDecimal.valueOf(choices.between(-500, 500), 2),
                (long) choices.upTo(1_000)));
        if (choices.oneIn(3)) {
            values.set(choices.upTo(values.size() - 1), null);
        }
        return values;
    }

    private static Schema schema() {
        List<Field> fields = new ArrayList<>();
        TYPES.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
        return new Schema(fields);
    }

    private static List<Column> built(ColumnBuilder[] columns) {
        return Arrays.stream(columns).map(ColumnBuilder::build).toList();
    }

    private static List<String> texts(List<Result> results) {
        return results.stream()
                .map(each -> Arrays.toString(each.key()) + " " + each.monitor() + " "
                        + each.windowStart() + " " + each.windowEnd() + " " + each.ordinal() + " "
                        + each.revision() + " " + each.kind() + " " + each.approximate() + " "
                        + each.incomplete() + " " + each.dueTime() + " " + each.values())
                .toList();
    }
}
