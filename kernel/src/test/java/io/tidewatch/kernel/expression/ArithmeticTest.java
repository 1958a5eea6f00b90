package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.ArithmeticOperator.ADD;
import static io.tidewatch.kernel.expression.ArithmeticOperator.DIVIDE;
import static io.tidewatch.kernel.expression.ArithmeticOperator.MODULO;
import static io.tidewatch.kernel.expression.ArithmeticOperator.MULTIPLY;
import static io.tidewatch.kernel.expression.ArithmeticOperator.SUBTRACT;
import static io.tidewatch.kernel.expression.Results.decimal;
import static io.tidewatch.kernel.expression.Results.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final String OVERFLOW = "NUMERIC_OVERFLOW";
    private static final String BY_ZERO = "DIVISION_BY_ZERO";

    private static String result(Object left, ArithmeticOperator operator, Object right) {
        return Results.of(
                Expressions.arithmetic(operator, Results.literal(left), Results.literal(right)));
    }

    private static Type type(Object left, ArithmeticOperator operator, Object right) {
        return Expressions.arithmetic(operator, Results.literal(left), Results.literal(right))
                .type();
    }

    @Test
    void bigintIsExactOrFails() {
        assertThat(result(Long.MAX_VALUE, ADD, 0)).isEqualTo("9223372036854775807");
        assertThat(result(Long.MAX_VALUE, ADD, 1)).isEqualTo(OVERFLOW);
        assertThat(result(Long.MIN_VALUE, SUBTRACT, 1)).isEqualTo(OVERFLOW);
        assertThat(result(0, SUBTRACT, Long.MIN_VALUE)).isEqualTo(OVERFLOW);
        assertThat(result(Long.MIN_VALUE, MULTIPLY, -1)).isEqualTo(OVERFLOW);
        assertThat(result(3_037_000_500L, MULTIPLY, 3_037_000_500L)).isEqualTo(OVERFLOW);
        assertThat(result(Long.MIN_VALUE, DIVIDE, -1)).isEqualTo(OVERFLOW);
        assertThat(result(Long.MIN_VALUE, MODULO, -1)).isEqualTo("0");
        assertThat(Results.of(Expressions.negate(Expressions.literal(Long.MIN_VALUE))))
                .isEqualTo(OVERFLOW);
    }

    @Test
    void bigintDividesAsSqlDoes() {
        assertThat(result(-7, DIVIDE, 2)).isEqualTo("-3");
        assertThat(result(-7, MODULO, 2)).isEqualTo("-1");
        assertThat(result(1, DIVIDE, 0)).isEqualTo(BY_ZERO);
        assertThat(result(1, MODULO, 0)).isEqualTo(BY_ZERO);
    }

    @Test
    void doubleOverflowsToInfinityButDoesNotDivideByZero() {
        assertThat(result(1e308, MULTIPLY, 10)).isEqualTo("Infinity");
        assertThat(result(1.0, DIVIDE, 0.0)).isEqualTo(BY_ZERO);
        assertThat(result(0.0, DIVIDE, -0.0)).isEqualTo(BY_ZERO);
        assertThat(result(Double.NaN, MODULO, 0)).isEqualTo(BY_ZERO);
        assertThat(result(0.1, ADD, decimal("0.2"))).isEqualTo("0.30000000000000004");
    }

    @Test
    void decimalTypesFollowTheOperands() {
        Object a = decimal("12345.67");
        Object b = decimal("1.2345");
        assertThat(type(a, ADD, b)).isEqualTo(Type.decimal(10, 4));
        assertThat(type(a, MULTIPLY, b)).isEqualTo(Type.decimal(12, 6));
        assertThat(type(a, DIVIDE, b)).isEqualTo(Type.decimal(18, 6));
        assertThat(type(decimal("0.00000001"), DIVIDE, a)).isEqualTo(Type.decimal(18, 8));
        assertThat(type(a, MODULO, b)).isEqualTo(Type.decimal(5, 4));
        assertThat(type(a, ADD, 1)).isEqualTo(Type.decimal(18, 2));
        assertThat(type(a, ADD, 1.0)).isEqualTo(Type.DOUBLE);
        assertThatThrownBy(() -> type(decimal("0.0123456789"), MULTIPLY, decimal("0.0123456789")))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining("20 digits after the point")
                .hasMessageEndingWith("CAST an operand to fewer digits or to DOUBLE");
    }

    @Test
    void decimalIsExactOrFails() {
        assertThat(result(decimal("0.1"), ADD, decimal("0.20"))).isEqualTo("0.30");
        assertThat(result(decimal("999999999999999999"), ADD, 1)).isEqualTo(OVERFLOW);
        assertThat(result(decimal("0.5"), ADD, Long.MAX_VALUE)).isEqualTo(OVERFLOW);
        assertThat(result(decimal("999999999.9"), MULTIPLY, decimal("999999999.9")))
                .isEqualTo(OVERFLOW);
        assertThat(result(decimal("2.00"), DIVIDE, 3)).isEqualTo("0.666667");
        assertThat(result(decimal("-2.00"), DIVIDE, 3)).isEqualTo("-0.666667");
        assertThat(result(1, DIVIDE, decimal("0.000000000000000001"))).isEqualTo(OVERFLOW);
        assertThat(result(decimal("0.000000000000000001"), DIVIDE, decimal("0.999999999999999999")))
                .isEqualTo("0.000000000000000001");
        assertThat(result(decimal("1.00"), DIVIDE, decimal("0.00"))).isEqualTo(BY_ZERO);
        assertThat(result(decimal("-7.5"), MODULO, 2)).isEqualTo("-1.5");
        assertThat(result(Long.MIN_VALUE, MODULO, decimal("9.3"))).isEqualTo("-8.0");
    }

    @Test
    void decimalsEqualBigIntegersForAnyOperands() {
        Choices.random("decimals", 3_000, choices -> {
            long a = choices.flag() ? choices.anyLong() : choices.anyLong() % Decimals.LIMIT;
            long b = choices.flag() ? choices.anyLong() : choices.between(-9, 9);
            int places = choices.upTo(36);
            BigDecimal x = BigDecimal.valueOf(a);
            BigDecimal y = BigDecimal.valueOf(b);
            long factor = Decimals.powerOfTen(choices.upTo(18));
            BigDecimal scaled = y.multiply(BigDecimal.valueOf(factor));
            assertThat(Decimals.add(a, 1, b, factor)).isEqualTo(expected(x.add(scaled)));
            assertThat(Decimals.subtract(a, 1, b, factor)).isEqualTo(expected(x.subtract(scaled)));
            assertThat(Decimals.multiply(a, b)).isEqualTo(expected(x.multiply(y)));
            if (b != 0) {
                BigDecimal quotient =
                        x.scaleByPowerOfTen(places).divide(y, 0, RoundingMode.HALF_UP);
                assertThat(Decimals.divide(a, places, b)).isEqualTo(expected(quotient));
                assertThat(Decimals.remainder(a, 1, b, factor))
                        .isEqualTo(expected(x.remainder(scaled)));
                assertThat(Decimals.remainder(a, factor, b, 1))
                        .isEqualTo(
                                expected(x.multiply(BigDecimal.valueOf(factor)).remainder(y)));
            }
            int aScale = choices.upTo(18);
            int bScale = choices.upTo(18);
            assertThat(Decimals.compare(a, aScale, b, bScale))
                    .isEqualTo(
                            BigDecimal.valueOf(a, aScale).compareTo(BigDecimal.valueOf(b, bScale)));
        });
    }

    private static long expected(BigDecimal exact) {
        BigInteger value = exact.toBigIntegerExact();
        return value.abs().compareTo(BigInteger.TEN.pow(18)) < 0
                ? value.longValueExact()
                : Decimals.OVERFLOW;
    }

    @Test
    void timesAndIntervalsAdd() {
        Expression leapDay = time("2024-02-29T12:00:00Z");
        Expression hour = Expressions.literal(Type.INTERVAL, 3_600_000L);
        Expression month = Expressions.literal(Type.INTERVAL_MONTH, 12L);
        assertThat(result(leapDay, ADD, hour)).isEqualTo("2024-02-29T13:00:00.000Z");
        assertThat(result(hour, ADD, leapDay)).isEqualTo("2024-02-29T13:00:00.000Z");
        assertThat(result(leapDay, ADD, month)).isEqualTo("2025-02-28T12:00:00.000Z");
        assertThat(result(leapDay, SUBTRACT, month)).isEqualTo("2023-02-28T12:00:00.000Z");
        assertThat(result(leapDay, SUBTRACT, time("2024-02-28T11:00:00Z")))
                .isEqualTo("1 01:00:00.000");
        assertThat(result(hour, MULTIPLY, 3)).isEqualTo("0 03:00:00.000");
        assertThat(result(1.5, MULTIPLY, hour)).isEqualTo("0 01:30:00.000");
        assertThat(result(hour, DIVIDE, decimal("7"))).isEqualTo("0 00:08:34.286");
        assertThat(result(hour, DIVIDE, 0)).isEqualTo(BY_ZERO);
        assertThat(result(month, MULTIPLY, 2)).isEqualTo("2-00");
    }

    @Test
    void timesStayWithinYears1To9999() {
        Expression last = time("9999-12-31T23:59:59.999Z");
        Expression milli = Expressions.literal(Type.INTERVAL, 1L);
        Expression month = Expressions.literal(Type.INTERVAL_MONTH, 1L);
        assertThat(result(last, ADD, milli)).isEqualTo(OVERFLOW);
        assertThat(result(last, ADD, month)).isEqualTo(OVERFLOW);
        assertThat(result(time("0001-01-31T00:00:00Z"), SUBTRACT, month)).isEqualTo(OVERFLOW);
        Expression huge = Expressions.literal(Type.INTERVAL_MONTH, Long.MIN_VALUE);
        assertThat(result(last, ADD, huge)).isEqualTo(OVERFLOW);
        assertThat(result(last, SUBTRACT, huge)).isEqualTo(OVERFLOW);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertThatThrownBy(() -> type("a", ADD, 1))
                .isInstanceOf(TidewatchException.class)
                .hasMessage("VARCHAR + BIGINT is not defined, in 'a' + 1; "
                        + "CAST the string to a number first, or join strings with ||");
        assertThatThrownBy(
                        () -> type(time("2024-01-01T00:00:00Z"), ADD, time("2024-01-01T00:00:00Z")))
                .hasMessageContaining("TIMESTAMP(3) + TIMESTAMP(3) is not defined");
        assertThat(Expressions.arithmeticType(MODULO, Type.INTERVAL, Type.BIGINT))
                .isEmpty();
    }
}
