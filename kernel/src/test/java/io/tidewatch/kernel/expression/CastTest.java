package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
    private static final String REFUSED = "CAST_INVALID";

    private static String cast(@Nullable Object value, Type target) {
        return Results.of(Expressions.cast(Results.literal(value), target, false));
    }

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "' -7 ', -7",
        "+0, 0",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, CAST_INVALID",
        "-9223372036854775809, CAST_INVALID",
        "99999999999999999999999, CAST_INVALID",
        "1.0, CAST_INVALID",
        "'', CAST_INVALID",
        "-, CAST_INVALID",
        "1 2, CAST_INVALID",
        "0x10, CAST_INVALID",
        "٣, CAST_INVALID"
    })
    void readsBigint(String text, String expected) {
        assertThat(cast(text, Type.BIGINT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1e3, 1000",
        ".5, 0.5",
        "5., 5",
        "-0, 0",
        "123456789012345678, 123456789012345680",
        "1e22, 1E22",
        "1e308, 1E308",
        "4.9E-324, 5E-324",
        "1e-400, 0",
        "1e400, CAST_INVALID",
        "nan, NaN",
        "-INFINITY, -Infinity",
        "inf, CAST_INVALID",
        "1e, CAST_INVALID",
        ".e1, CAST_INVALID",
        "1d, CAST_INVALID",
        "0x1p3, CAST_INVALID",
        "1e99999999999, CAST_INVALID"
    })
    void readsDouble(String text, String expected) {
        assertThat(cast(text, Type.DOUBLE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.005, 1.01",
        "-1.005, -1.01",
        "99999999.994, 99999999.99",
        "99999999.995, CAST_INVALID",
        "0.0049, 0.00",
        "1e-999, 0.00",
        "0e99999, 0.00",
        "1e99999, CAST_INVALID",
        "1E2, 100.00"
    })
    void readsDecimalRoundingHalfUp(String text, String expected) {
        assertThat(cast(text, Type.decimal(10, 2))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29T00:00:00.000Z",
        "2024-02-29 12:30, 2024-02-29T12:30:00.000Z",
        "2024-02-29 12:30:15.5, 2024-02-29T12:30:15.500Z",
        "2024-02-29T12:30:15.123456789Z, 2024-02-29T12:30:15.123Z",
        "2024-02-29t12:30:15+01:30, 2024-02-29T11:00:15.000Z",
        "2023-02-29, CAST_INVALID",
        "2024-13-01, CAST_INVALID",
        "2024-02-29 24:00, CAST_INVALID",
        "2024-02-29 12:30:60, CAST_INVALID",
        "2024-02-29T, CAST_INVALID",
        "2024-02-29 12, CAST_INVALID",
        "2024-2-29, CAST_INVALID",
        "0000-01-01, CAST_INVALID",
        "0001-01-01T00:00:00+00:01, CAST_INVALID",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void readsTimestamp(String text, String expected) {
        assertThat(cast(text, Type.TIMESTAMP)).isEqualTo(expected);
    }

    @Test
    void readsIntervalsAndBooleans() {
        assertThat(cast("1 02:03:04.005", Type.INTERVAL)).isEqualTo("1 02:03:04.005");
        assertThat(cast("-106751991167 07:12:55.808", Type.INTERVAL))
                .isEqualTo("-106751991167 07:12:55.808");
        assertThat(cast("106751991167 07:12:55.808", Type.INTERVAL)).isEqualTo(REFUSED);
        assertThat(cast("-1-11", Type.INTERVAL_MONTH)).isEqualTo("-1-11");
        assertThat(cast("1-12", Type.INTERVAL_MONTH)).isEqualTo(REFUSED);
        assertThat(cast("True ", Type.BOOLEAN)).isEqualTo("TRUE");
        assertThat(cast("1", Type.BOOLEAN)).isEqualTo(REFUSED);
    }

    @Test
    void cutsOffTheFractionTowardsBigint() {
        assertThat(cast(2.9, Type.BIGINT)).isEqualTo("2");
        assertThat(cast(-2.9, Type.BIGINT)).isEqualTo("-2");
        assertThat(cast(Results.decimal("-2.99"), Type.BIGINT)).isEqualTo("-2");
        assertThat(cast(0x1p63, Type.BIGINT)).isEqualTo(REFUSED);
        assertThat(cast(-0x1p63, Type.BIGINT)).isEqualTo("-9223372036854775808");
        assertThat(cast(Double.NaN, Type.BIGINT)).isEqualTo(REFUSED);
    }

    @Test
    void roundsToDecimalByTheExactValueOfADouble() {
        // 0.285 is stored as 0.284999…, and 0.125 exactly.
        assertThat(cast(0.285, Type.decimal(5, 2))).isEqualTo("0.28");
        assertThat(cast(0.125, Type.decimal(5, 2))).isEqualTo("0.13");
        assertThat(cast(999.995, Type.decimal(5, 2))).isEqualTo(REFUSED);
        assertThat(cast(1e18, Type.decimal(18, 0))).isEqualTo(REFUSED);
        assertThat(cast(Double.POSITIVE_INFINITY, Type.decimal(18, 0))).isEqualTo(REFUSED);
        assertThat(cast(Long.MAX_VALUE, Type.decimal(18, 0))).isEqualTo(REFUSED);
    }

    @Test
    void givesTheDoubleNearestToADecimal() {
        assertThat(cast(Results.decimal("0.100000000000000001"), Type.DOUBLE)).isEqualTo("0.1");
        assertThat(cast(Results.decimal("123456789012345.678"), Type.DOUBLE))
                .isEqualTo("123456789012345.67");
    }

    @Test
    void convertsBetweenTimesAndMilliseconds() {
        assertThat(cast(1_000, Type.TIMESTAMP)).isEqualTo("1970-01-01T00:00:01.000Z");
        assertThat(cast(Long.MAX_VALUE, Type.TIMESTAMP)).isEqualTo(REFUSED);
        assertThat(cast(Results.time("1970-01-01T00:00:01Z"), Type.BIGINT)).isEqualTo("1000");
        assertThat(cast(0.5, Type.INTERVAL)).isEqualTo("0 00:00:00.001");
    }

    @Test
    void tryCastGivesNullButItsOperandMayStillFail() {
        assertThat(Results.of(Expressions.cast(Results.literal("x"), Type.BIGINT, true)))
                .isEqualTo("NULL");
        Expression fails = Expressions.arithmetic(
                ArithmeticOperator.DIVIDE, Expressions.literal(1), Expressions.literal(0));
        assertThat(Results.of(Expressions.cast(fails, Type.VARCHAR, true)))
                .isEqualTo("DIVISION_BY_ZERO");
    }

    @Test
    void refusesTypesThatHaveNothingInCommon() {
        assertThatThrownBy(() -> cast(true, Type.BIGINT))
                .isInstanceOf(TidewatchException.class)
                .hasMessage(
                        "BOOLEAN cannot be CAST to BIGINT, in TRUE; write a comparison or a CASE");
        assertThatThrownBy(() -> cast(1.5, Type.TIMESTAMP))
                .hasMessage(
                        "DOUBLE cannot be CAST to TIMESTAMP(3), in 1.5E0; CAST it to BIGINT or VARCHAR first");
    }

    @Test
    void everyValueSurvivesTheWayThroughText() {
        List<Type> types = List.of(
                Type.BOOLEAN,
                Type.BIGINT,
                Type.DOUBLE,
                Type.decimal(18, 7),
                Type.TIMESTAMP,
                Type.INTERVAL,
                Type.INTERVAL_MONTH);
        Choices.random("through text", 1_000, choices -> {
            Type type = choices.of(types);
            Object value = RandomValues.value(type, choices);
            Expression text =
                    Expressions.cast(Expressions.literal(type, value), Type.VARCHAR, false);
            assertThat(Results.of(Expressions.cast(text, type, false)))
                    .isEqualTo(InterpretedCast.text(value, type));
        });
    }

    @Test
    void writesDoublesWithTheFewestDigitsThatReadBack() {
        assertThat(DoubleText.toString(2.0E-3)).isEqualTo("0.002");
        assertThat(DoubleText.toString(Double.parseDouble("2e23"))).isEqualTo("2E23");
        assertThat(DoubleText.toString(Double.parseDouble("1e23"))).isEqualTo("1E23");
        assertThat(DoubleText.toString(0x1p53)).isEqualTo("9007199254740992");
        assertThat(DoubleText.toString(1e21)).isEqualTo("1E21");
        assertThat(DoubleText.toString(1e20)).isEqualTo("100000000000000000000");
        assertThat(DoubleText.toString(1e-6)).isEqualTo("0.000001");
        assertThat(DoubleText.toString(1.5e-7)).isEqualTo("1.5E-7");
        assertThat(DoubleText.toString(Double.MIN_VALUE)).isEqualTo("5E-324");
        assertThat(DoubleText.toString(Double.MAX_VALUE)).isEqualTo("1.7976931348623157E308");
        assertThat(DoubleText.toString(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(DoubleText.toString(-0.0)).isEqualTo("0");
        Choices.random("double text", 3_000, choices -> {
            double value = Double.longBitsToDouble(choices.anyLong());
            String text = DoubleText.toString(value);
            choices.record(text);
            assertThat(text).isEqualTo(InterpretedCast.doubleText(value));
            assertThat((Double) Double.parseDouble(text)).isEqualTo((Double) value);
        });
    }
}
