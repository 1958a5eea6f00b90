package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that hold what their codec should have refused: no exception, and nothing outside the slices is read. */
class UnexpectedInputTest {
    private static final List<Type> TYPES = List.of(Type.TIMESTAMP, Type.VARCHAR, Type.BIGINT);
    private static final int ROWS = 8;

    /** A regular expression that never matches: engines bring their own answer to broken text. */
    private static final TextPatterns NO_PATTERNS = regex -> {
        throw new IllegalArgumentException("no regular expressions here");
    };

    @Test
    void neverThrowsForTimesOutOfRangeAndBrokenText() {
        Functions functions = Functions.with(NO_PATTERNS);
        Choices.random("unexpected input", 3_000, choices -> {
            Evaluation evaluation = new Evaluation();
            evaluation.start(batch(choices));
            Expression expression = new RandomExpressions(TYPES, functions, choices)
                    .ofType(RandomValues.type(choices), choices.between(1, 3));
            evaluation.beginScope();
            Column column = evaluation.column(expression, Selection.all(ROWS));
            assertThat(column.rowCount()).isEqualTo(ROWS);
            evaluation.endScope();
        });
    }

    private static Batch batch(Choices choices) {
        long[] times = new long[ROWS];
        long[] numbers = new long[ROWS];
        BytesColumnBuilder texts = new BytesColumnBuilder(ROWS);
        for (int row = 0; row < ROWS; row++) {
            times[row] = choices.of(
                    Long.MIN_VALUE, Long.MAX_VALUE, Calendar.TIMESTAMP_MAX + 1, choices.anyLong());
            numbers[row] = choices.between(-3, 9);
            byte[] bytes = new byte[choices.upTo(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = choices.of(
                                0x80, 0xBF, 0xC3, 0xE2, 0xF0, 0xFF, (int) 'a', (int) ' ', (int) '1')
                        .byteValue();
            }
            texts.append(bytes);
        }
        Schema schema = Schema.of(
                new Field("t", Type.TIMESTAMP),
                new Field("s", Type.VARCHAR),
                new Field("n", Type.BIGINT));
        return new Batch(
                schema, ROWS, new LongColumn(times), texts.build(), new LongColumn(numbers));
    }
}
