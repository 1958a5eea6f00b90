package io.tidewatch.kernel.expression;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random values of each type, with the extremes of each more often than chance has it. */
public final class RandomValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "abc",
            "Abc dEF",
            "  tide  ",
            "a.b.c",
            "aaa",
            "%",
            "a_b%c",
            "Köln",
            "straße",
            "😀x😀",
            "日本語",
            "İi",
            "0",
            "12",
            "-7.50",
            "+3",
            "1e3",
            "1E-400",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "999999999999999999.5",
            "0.1234567890123456789",
            "NaN",
            "-infinity",
            "true",
            "FALSE ",
            "2024-02-29",
            "2023-02-29",
            " 2024-02-29 23:59",
            "2024-02-29T23:59:59.999Z",
            "2024-10-27 02:30:00.5",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "1 02:03:04.005",
            "-106751991167 07:12:55.808",
            "-0 00:00:01",
            "1-02",
            "-768614336404564650-08",
            "https://me@example.org:8443/a/b?id=7&x=#t?",
            "/a?id=1&id=2",
            "29/Feb/2024 13:34");
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            -2.5,
            0.1,
            2.345,
            1e15,
            1e308,
            -1e308,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0x1p53,
            0x1p63,
            -0x1p63,
            1e-7,
            123456789.125,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);
    private static final List<Long> LONGS = List.of(
            0L,
            1L,
            -1L,
            2L,
            3L,
            10L,
            -10L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE - 1,
            Integer.MAX_VALUE + 1L,
            3_037_000_500L,
            1_000_000_000_000_000_000L,
            (1L << 53) + 1);
    private static final List<Instant> INSTANTS = List.of(
            Instant.EPOCH,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.parse("2024-02-29T12:34:56.789Z"),
            Instant.parse("2024-03-31T01:00:00Z"),
            Instant.parse("2024-10-27T00:30:00Z"),
            Instant.parse("2024-10-27T01:30:00Z"),
            Instant.parse("2024-04-06T15:00:00Z"),
            Instant.parse("2024-11-03T04:30:00Z"),
            Instant.parse("1900-03-01T00:00:00Z"),
            Instant.parse("2500-06-30T23:00:00Z"));

    private RandomValues() {}

    /** Any type, with DECIMAL of any precision and scale. */
    public static Type type(Choices choices) {
        return switch (choices.upTo(8)) {
            case 0 -> Type.BOOLEAN;
            case 1, 2 -> Type.BIGINT;
            case 3 -> Type.DOUBLE;
            case 4 -> decimal(choices);
            case 5 -> Type.VARCHAR;
            case 6 -> Type.TIMESTAMP;
            case 7 -> Type.INTERVAL;
            default -> Type.INTERVAL_MONTH;
        };
    }

    public static Type decimal(Choices choices) {
        int precision = choices.between(1, 18);
        return Type.decimal(
                precision, choices.upTo(choices.flag() ? Math.min(3, precision) : precision));
    }

    /** A value, which is not NULL. */
    public static Object value(Type type, Choices choices) {
        return switch (type.kind()) {
            case BOOLEAN -> choices.flag();
            case BIGINT, INTERVAL, INTERVAL_MONTH -> wholeNumber(choices);
            case DOUBLE -> real(choices);
            case DECIMAL -> decimal(type, choices);
            case VARCHAR -> text(choices);
            case TIMESTAMP -> timestamp(choices);
        };
    }

    /** A batch of columns of these types, each with or without NULLs, whose values are also returned as objects. */
    public static Rows rows(List<Type> types, Choices choices) {
        int rowCount = choices.upTo(choices.oneIn(4) ? 40 : 6);
        @Nullable Object[][] values = new Object[types.size()][rowCount];
        Column[] columns = new Column[types.size()];
        Field[] fields = new Field[types.size()];
        for (int i = 0; i < types.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i), rowCount);
            boolean nullable = choices.flag();
            for (int row = 0; row < rowCount; row++) {
                boolean isNull = nullable && choices.oneIn(4);
                values[i][row] = isNull ? null : value(types.get(i), choices);
                Values.append(types.get(i), builder, values[i][row]);
            }
            columns[i] = builder.build();
            fields[i] = new Field("c" + i, types.get(i));
        }
        return new Rows(new Batch(Schema.of(fields), rowCount, columns), values);
    }

    /** All rows, or some. */
    public static Selection selection(int rowCount, Choices choices) {
        if (choices.flag()) {
            return Selection.all(rowCount);
        }
        int[] rows = new int[rowCount];
        int size = 0;
        for (int row = 0; row < rowCount; row++) {
            rows[size] = row;
            size += choices.flag() ? 1 : 0;
        }
        return Selection.of(Arrays.copyOf(rows, size), size);
    }

    /** A batch and its values by column and row. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Rows(Batch batch, @Nullable Object[][] values) {
        public @Nullable Object value(int column, int row) {
            return values[column][row];
        }
    }

    private static Long wholeNumber(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> choices.of(LONGS);
            case 1 -> choices.anyLong();
            default -> choices.between(-50, 50) + 0L;
        };
    }

    private static Double real(Choices choices) {
        return switch (choices.upTo(3)) {
            case 0 -> choices.of(DOUBLES);
            case 1 -> Double.longBitsToDouble(choices.anyLong());
            case 2 -> choices.between(-1_000, 1_000) / 8.0;
            default -> (choices.fraction() - 0.5) * 1_000;
        };
    }

    private static BigDecimal decimal(Type type, Choices choices) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled =
                switch (choices.upTo(3)) {
                    case 0 -> limit.subtract(BigInteger.ONE);
                    case 1 -> BigInteger.valueOf(choices.anyLong()).remainder(limit);
                    default -> BigInteger.valueOf(choices.between(-500, 500)).remainder(limit);
                };
        return new BigDecimal(choices.flag() ? unscaled : unscaled.negate(), type.scale());
    }

    private static String text(Choices choices) {
        if (choices.oneIn(200)) {
            return "xé".repeat(choices.between(20_000, 30_000));
        }
        if (choices.oneIn(3)) {
            StringBuilder out = new StringBuilder();
            int length = choices.upTo(6);
            for (int i = 0; i < length; i++) {
                out.append(choices.of("a", "b", "A", "é", "😀", "%", "_", "/", "1", " ", "\n"));
            }
            return out.toString();
        }
        return choices.of(TEXTS);
    }

    private static Long timestamp(Choices choices) {
        Instant near = choices.of(INSTANTS);
        long millis =
                switch (choices.upTo(4)) {
                    case 0 -> near.toEpochMilli();
                    case 1 -> near.toEpochMilli() + choices.between(-7_200_000, 7_200_000);
                    case 2 -> near.toEpochMilli() + choices.between(-5, 5) * 1_800_000L;
                    case 3 -> Math.floorMod(choices.anyLong(), 4_000_000_000_000L);
                    default -> Math.floorMod(choices.anyLong(), 253_402_300_800_000L);
                };
        return Math.max(-62_135_596_800_000L, Math.min(253_402_300_799_999L, millis));
    }
}
