package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnBuilderTest {
    private static final List<Type> TYPES =
            List.of(Type.BIGINT, Type.DOUBLE, Type.BOOLEAN, Type.VARCHAR);

    @Test
    void chosenRowsAreAppendedAsOneByOne() {
        Choices.random("rows of columns are appended", 500, choices -> {
            Type type = choices.of(TYPES);
            ColumnBuilder builder = ColumnBuilder.of(type, choices.upTo(20));
            for (int column = choices.between(1, 3); column > 0; column--) {
                // A builder starts again after each column.
                List<@Nullable Object> expected = new ArrayList<>();
                for (int part = choices.upTo(4); part > 0; part--) {
                    append(choices, type, builder, expected);
                }
                assertThat(values(type, builder.build())).isEqualTo(expected);
            }
        });
    }

    private static void append(
            Choices choices, Type type, ColumnBuilder builder, List<@Nullable Object> expected) {
        int count = choices.upTo(12);
        boolean anyNull = choices.flag();
        ColumnBuilder source = ColumnBuilder.of(type, count);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(anyNull && choices.oneIn(3) ? null : value(choices, type));
            Values.append(type, source, values.get(i));
        }
        Selection rows = rows(choices, count);
        builder.appendAll(source.build(), rows);
        for (int i = 0; i < rows.size(); i++) {
            expected.add(values.get(rows.row(i)));
        }
    }

    private static Selection rows(Choices choices, int count) {
        if (choices.flag()) {
            return Selection.all(choices.upTo(count));
        }
        int[] rows = new int[count];
        int size = 0;
        for (int row = 0; row < count; row++) {
            rows[size] = row;
            size += choices.flag() ? 1 : 0;
        }
        return Selection.of(rows, size);
    }

    private static Object value(Choices choices, Type type) {
        return switch (type.kind()) {
            case DOUBLE -> choices.of(0.5, -0.0, Double.NaN);
            case BOOLEAN -> choices.flag();
            case VARCHAR -> choices.of("", "ä", "longer than sixteen bytes");
            default -> choices.anyLong();
        };
    }

    private static List<@Nullable Object> values(Type type, Column column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < column.rowCount(); row++) {
            values.add(Values.get(type, column, row));
        }
        return values;
    }
}
