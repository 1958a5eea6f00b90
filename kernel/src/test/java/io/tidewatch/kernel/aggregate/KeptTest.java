package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** EXEMPLARS, ROWS and LATEST_PANE against sorting. */
final class KeptTest {
    @Test
    void exemplarsAreTheRowsWithTheSmallestHash() {
        Choices.random("exemplars", 500, choices -> {
            List<Row> rows = new ArrayList<>();
            TreeSet<Exemplar> expected = new TreeSet<>();
            for (int i = choices.upTo(12); i > 0; i--) {
                long hash = choices.of(0L, 1L, -1L, Long.MIN_VALUE, choices.anyLong());
                Row row = new Row(0, choices.upTo(2), choices.upTo(3), hash, List.of());
                rows.add(row);
                expected.add(new Exemplar(hash, row.partition(), row.offset()));
            }
            ByteReader reader = reader(AggregateFunction.EXEMPLARS.resolve(), rows, choices);
            assertThat(Exemplar.readAll(reader))
                    .containsExactlyElementsOf(
                            expected.stream().limit(Exemplar.KEPT).toList());
        });
    }

    @Test
    void rowsComeBackInOrderAndTheFirstStayBeyondTheLimit() {
        Choices.random("rows", 300, choices -> {
            int limit = choices.between(1, 20);
            List<Type> types = List.of(Type.BIGINT, Type.VARCHAR, Type.DOUBLE, Type.BOOLEAN);
            List<Row> rows = new ArrayList<>();
            for (int i = choices.upTo(40); i > 0; i--) {
                rows.add(new Row(choices.upTo(3), choices.upTo(2), i, 0, values(choices)));
            }
            AggregateCall call = AggregateFunction.ROWS.resolve(
                    types, false, List.of(), new AggregateLimits(1, 1, limit));
            assertThat(Evaluation.shuffled(call, rows, choices).approximate())
                    .isEqualTo(rows.size() > limit);
            ByteReader reader = reader(call, rows, choices);
            assertThat(reader.readVarLong()).isEqualTo(rows.size());
            rows.sort(Comparator.comparingLong(Row::time)
                    .thenComparingInt(Row::partition)
                    .thenComparingLong(Row::offset));
            int kept = reader.readCount();
            assertThat(kept).isEqualTo(Math.min(limit, rows.size()));
            for (Row row : rows.subList(0, kept)) {
                KeptRow actual = KeptRow.read(reader);
                assertThat(actual.eventTime()).isEqualTo(row.time());
                assertThat(actual.partition()).isEqualTo(row.partition());
                assertThat(actual.offset()).isEqualTo(row.offset());
                assertThat(decode(types, actual)).isEqualTo(row.values());
            }
            assertThat(reader.hasRemaining()).isFalse();
        });
    }

    private static List<@Nullable Object> values(Choices choices) {
        return Arrays.asList(
                choices.oneIn(4) ? null : (Object) choices.anyLong(),
                choices.oneIn(4) ? null : choices.of("", "a", "é"),
                choices.oneIn(4) ? null : choices.of(-0.0, 0.0, Double.NaN, 1.5),
                choices.oneIn(4) ? null : (Object) choices.flag());
    }

    private static List<@Nullable Object> decode(List<Type> types, KeptRow row) {
        RowCodec codec = new RowCodec(types);
        ColumnBuilder[] builders = codec.builders(1);
        codec.read(new ByteReader(row.bytes()), builders);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(Values.get(types.get(i), builders[i].build(), 0));
        }
        return values;
    }

    @Test
    void theLatestPaneIsTheGreatestStart() {
        Evaluation latest = Evaluation.plain(
                AggregateFunction.LATEST_PANE.resolve(Type.TIMESTAMP),
                List.of(Row.of(-5L), Row.of(-3L), Row.of(-4L)));
        assertThat(latest.value()).isEqualTo(-3L);
    }

    private static ByteReader reader(AggregateCall call, List<Row> rows, Choices choices) {
        Object value = Evaluation.shuffled(call, rows, choices).value();
        return new ByteReader(((ByteBuffer) Objects.requireNonNull(value)).array());
    }
}
