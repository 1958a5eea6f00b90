package io.tidewatch.kernel.operator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDictionaryTest {
    private static final Schema SCHEMA = new Schema(List.of(new Field("key", Type.VARCHAR)));

    private final KeyDictionary dictionary = new KeyDictionary(new KeyEncoder(0, 0, 1));

    private static Batch batch(String... keys) {
        return new Batch(SCHEMA, keys.length, BytesColumn.of(keys));
    }

    private List<Integer> numbers(Batch batch, boolean ofTable, int... rows) {
        Column[] columns = {batch.column(0)};
        int[] numbers =
                dictionary.numbers(batch, Selection.of(rows, rows.length), columns, ofTable);
        return Arrays.stream(rows).map(row -> numbers[row]).boxed().toList();
    }

    @Test
    void aKeyHasOneNumberInAllBatchesAndForAllThatAsk() {
        dictionary.hold();
        Batch first = batch("a", "b", "a", "c");
        assertThat(numbers(first, false, 1, 2)).containsExactly(0, 1);
        assertThat(numbers(first, false, 0, 1, 2, 3)).containsExactly(1, 0, 1, 2);
        assertThat(numbers(batch("c", "d", "b"), false, 0, 1, 2)).containsExactly(2, 3, 0);
        assertThat(dictionary.keys().size()).isEqualTo(4);
    }

    @Test
    void isEmptiedWhenNobodyHoldsItAnyMore() {
        dictionary.hold();
        dictionary.hold();
        Batch batch = batch("a", "b");
        assertThat(numbers(batch, true, 1)).containsExactly(0);
        dictionary.release();
        assertThat(numbers(batch, true, 0, 1)).containsExactly(1, 0);
        dictionary.release();
        assertThat(dictionary.keys().size()).isZero();
        dictionary.hold();
        assertThat(numbers(batch, true, 0, 1)).containsExactly(0, 1);
    }

    @Test
    void stringsOfATableHaveTheNumbersOfTheirBytes() {
        dictionary.hold();
        byte[] table = "abcabc".getBytes(US_ASCII);
        int[] starts = {0, 3, 0, 1, 3};
        int[] lengths = {3, 3, 2, 2, 2};
        Batch batch = new Batch(SCHEMA, 5, new BytesColumn(5, table, starts, lengths, null));
        assertThat(numbers(batch, true, 0, 1, 2, 3, 4)).containsExactly(0, 0, 1, 2, 1);
        boolean[] nulls = {false, true, false, false, false};
        Batch withNull = new Batch(SCHEMA, 5, new BytesColumn(5, table, starts, lengths, nulls));
        assertThat(numbers(withNull, true, 0, 1, 2, 3, 4)).containsExactly(0, 3, 1, 2, 1);
    }

    @Test
    void equalColumnsOfOneGroupingShareADictionary() {
        Groupings groupings = new Groupings();
        KeyEncoder encoder = new KeyEncoder(0, 0, 1);
        List<Expression> key = List.of(Expressions.column(0, Type.VARCHAR));
        KeyDictionary shared = groupings.keys(key, 0, encoder);
        assertThat(groupings.keys(List.of(Expressions.column(0, Type.VARCHAR)), 0, encoder))
                .isSameAs(shared);
        assertThat(groupings.keys(key, 1, encoder)).isNotSameAs(shared);
        assertThat(groupings.keys(List.of(Expressions.column(1, Type.VARCHAR)), 0, encoder))
                .isNotSameAs(shared);
    }
}
