package io.tidewatch.kernel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeyEncoderTest {
    private static final List<Type> TYPES = List.of(
            Type.BOOLEAN,
            Type.BIGINT,
            Type.DOUBLE,
            Type.decimal(10, 2),
            Type.VARCHAR,
            Type.TIMESTAMP,
            Type.INTERVAL,
            Type.INTERVAL_MONTH);

    @Test
    void theBytesAreAsDocumented() {
        List<Type> types = List.of(Type.VARCHAR, Type.BIGINT, Type.BOOLEAN, Type.DOUBLE);
        assertThat(hex(2, 300, types, "ab", 1L, true, -1.0))
                .isEqualTo("02" + "ac02" + "01026162" + "018000000000000001" + "0101"
                        + "01400fffffffffffff");
        assertThat(hex(0, 0, types, null, -1L, null, 0.0))
                .isEqualTo("0000" + "00" + "017fffffffffffffff" + "00" + "018000000000000000");
    }

    @Test
    void zerosAreOneKeyAndSoIsEveryNaN() {
        List<Type> types = List.of(Type.DOUBLE);
        assertThat(hex(0, 0, types, -0.0)).isEqualTo(hex(0, 0, types, 0.0));
        double otherNaN = Double.longBitsToDouble(0xFFF0_0000_0000_0001L);
        assertThat(hex(0, 0, types, otherNaN)).isEqualTo(hex(0, 0, types, Double.NaN));
        byte[] key = HexFormat.of().parseHex(hex(0, 0, types, -0.0));
        assertThat(KeyDecoder.values(key, types)).containsExactly(0.0);
    }

    @Test
    void aNullAndAnEmptyStringDiffer() {
        List<Type> types = List.of(Type.VARCHAR, Type.VARCHAR);
        assertThat(hex(0, 0, types, null, "")).isNotEqualTo(hex(0, 0, types, "", null));
        assertThat(hex(0, 0, types, "a", "bc")).isNotEqualTo(hex(0, 0, types, "ab", "c"));
    }

    @Test
    void keysAreReadBackAndEqualExactlyIfTheirValuesAre() {
        Choices.random("keys", 300, choices -> {
            List<Type> types = anyTypes(choices);
            int branch = choices.upTo(200);
            long groupingId = choices.of(0L, 1L, 255L, 1L << 40);
            List<@Nullable Object> left = anyValues(types, choices);
            List<@Nullable Object> right = anyValues(types, choices);
            byte[] leftKey = key(branch, groupingId, types, left);
            byte[] rightKey = key(branch, groupingId, types, right);
            assertThat(KeyDecoder.branch(leftKey)).isEqualTo(branch);
            assertThat(KeyDecoder.groupingId(leftKey)).isEqualTo(groupingId);
            assertThat(KeyDecoder.values(leftKey, types)).isEqualTo(normalised(left));
            assertThat(Arrays.equals(leftKey, rightKey))
                    .isEqualTo(normalised(left).equals(normalised(right)));
            assertThat(leftKey).isNotEqualTo(key(branch + 1, groupingId, types, left));
            assertThat(leftKey).isNotEqualTo(key(branch, groupingId + 1, types, left));
        });
    }

    @Test
    void columnsOutsideOfTheGroupingSetAreLeftOut() {
        Choices.random("keys of grouping sets", 300, choices -> {
            List<Type> types = anyTypes(choices);
            int branch = choices.upTo(200);
            Column[] columns = columns(types, 1, choices);
            List<Type> kept = new ArrayList<>();
            List<Column> keptColumns = new ArrayList<>();
            long groupingId = 0;
            for (int i = 0; i < columns.length; i++) {
                boolean outside = choices.flag();
                groupingId = groupingId << 1 | (outside ? 1 : 0);
                if (!outside) {
                    kept.add(types.get(i));
                    keptColumns.add(columns[i]);
                }
            }
            ByteWriter actual = new ByteWriter(16);
            new KeyEncoder(0, 0, types).encode(branch, groupingId, columns, 0, actual);
            ByteWriter expected = new ByteWriter(16);
            new KeyEncoder(branch, groupingId, kept)
                    .encode(keptColumns.toArray(new Column[0]), 0, expected);
            assertThat(actual.copyBytes()).isEqualTo(expected.copyBytes());
        });
    }

    @Test
    void bytesOrderNumbersByValue() {
        Choices.random("key order", 500, choices -> {
            Type type = choices.of(Type.BIGINT, Type.DOUBLE, Type.TIMESTAMP, Type.BOOLEAN);
            Object left = normalised(anyValue(type, choices));
            Object right = normalised(anyValue(type, choices));
            int bytes = Arrays.compareUnsigned(
                    key(0, 0, List.of(type), List.of(left)),
                    key(0, 0, List.of(type), List.of(right)));
            assertThat(Integer.signum(bytes)).isEqualTo(Integer.signum(compare(left, right)));
        });
    }

    @Test
    void allRowsAtOnceEqualOneByOne() {
        Choices.random("key batches", 300, choices -> {
            List<Type> types = anyTypes(choices);
            int rowCount = choices.upTo(30);
            Column[] columns = columns(types, rowCount, choices);
            Selection selection = anySelection(rowCount, choices);
            KeyEncoder encoder = new KeyEncoder(choices.upTo(300), choices.upTo(3), types);
            ByteWriter out = new ByteWriter(0);
            int before = choices.upTo(5);
            for (int i = 0; i < before; i++) {
                out.writeByte(0x5A);
            }
            int[] starts = new int[rowCount + 1];
            encoder.encode(columns, selection, out, starts);
            int end = before;
            for (int i = 0; i < selection.size(); i++) {
                int row = selection.row(i);
                ByteWriter alone = new ByteWriter(0);
                encoder.encode(columns, row, alone);
                assertThat(starts[row]).isEqualTo(end);
                end = starts[row + 1];
                assertThat(Arrays.copyOfRange(out.array(), starts[row], end))
                        .isEqualTo(alone.copyBytes());
            }
            assertThat(out.size()).isEqualTo(end);
        });
    }

    @Test
    void refusesBytesThatAreNoKeyOfTheTypes() {
        byte[] key = HexFormat.of().parseHex(hex(0, 0, List.of(Type.VARCHAR), "abc"));
        for (List<Type> types : List.of(List.<Type>of(), List.of(Type.BIGINT), TYPES)) {
            assertThatThrownBy(() -> KeyDecoder.values(key, types))
                    .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT));
        }
        assertThatThrownBy(() -> new KeyEncoder(-1, 0, TYPES))
                .hasMessage("branch: -1 (expected: >= 0)");
        assertThatThrownBy(() ->
                        new KeyEncoder(0, 0, TYPES).encode(new Column[0], 0, new ByteWriter(0)))
                .hasMessage("columns: 0 (expected: 8)");
    }

    private static List<Type> anyTypes(Choices choices) {
        List<Type> types = new ArrayList<>();
        int count = choices.upTo(4);
        for (int i = 0; i < count; i++) {
            types.add(choices.of(TYPES));
        }
        return types;
    }

    private static List<@Nullable Object> anyValues(List<Type> types, Choices choices) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Type type : types) {
            values.add(choices.oneIn(4) ? null : anyValue(type, choices));
        }
        return values;
    }

    private static Object anyValue(Type type, Choices choices) {
        return switch (type.kind()) {
            case BOOLEAN -> choices.flag();
            case DOUBLE ->
                choices.flag()
                        ? choices.of(
                                0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 1e308, -4.9e-324)
                        : Double.longBitsToDouble(choices.anyLong());
            case VARCHAR -> choices.of("", "a", "ab", "ü", "😀", "b".repeat(200));
            case DECIMAL -> BigDecimal.valueOf(choices.between(-300, 300), type.scale());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH ->
                choices.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE, choices.anyLong());
        };
    }

    private static Object normalised(Object value) {
        if (value instanceof Double number) {
            return number == 0 ? 0.0 : number.isNaN() ? Double.NaN : number;
        }
        return value;
    }

    private static List<@Nullable Object> normalised(List<@Nullable Object> values) {
        List<@Nullable Object> normal = new ArrayList<>();
        for (Object value : values) {
            normal.add(value == null ? null : normalised(value));
        }
        return normal;
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Double number) {
            return number.compareTo((Double) right);
        }
        return left instanceof Boolean flag
                ? flag.compareTo((Boolean) right)
                : ((Long) left).compareTo((Long) right);
    }

    private static Column[] columns(List<Type> types, int rowCount, Choices choices) {
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            Type type = types.get(i);
            ColumnBuilder builder = ColumnBuilder.of(type, rowCount);
            boolean nullable = choices.flag();
            for (int row = 0; row < rowCount; row++) {
                boolean isNull = nullable && choices.oneIn(3);
                Values.append(type, builder, isNull ? null : anyValue(type, choices));
            }
            columns[i] = builder.build();
        }
        return columns;
    }

    private static Selection anySelection(int rowCount, Choices choices) {
        if (choices.flag()) {
            return Selection.all(rowCount);
        }
        int[] rows = new int[rowCount];
        int size = 0;
        for (int row = 0; row < rowCount; row++) {
            if (choices.flag()) {
                rows[size++] = row;
            }
        }
        return Selection.of(rows, size);
    }

    private static byte[] key(
            int branch,
            long groupingId,
            List<Type> types,
            List<? extends @Nullable Object> values) {
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i), 1);
            Values.append(types.get(i), builder, values.get(i));
            columns[i] = builder.build();
        }
        ByteWriter out = new ByteWriter(0);
        new KeyEncoder(branch, groupingId, types).encode(columns, 0, out);
        return out.copyBytes();
    }

    private static String hex(
            int branch, long groupingId, List<Type> types, @Nullable Object... values) {
        byte[] key = key(branch, groupingId, types, Arrays.asList(values));
        return Objects.requireNonNull(HexFormat.of().formatHex(key));
    }
}
