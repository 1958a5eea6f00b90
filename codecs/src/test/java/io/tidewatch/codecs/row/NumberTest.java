package io.tidewatch.codecs.row;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NumberTest {
    private static final Pattern JSON =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern TEXT =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final DecimalText decimal = new DecimalText();

    @Test
    void equalsBigDecimalAndTheJdk() {
        Choices.random("numbers equal BigDecimal", 50_000, choices -> {
            String text = number(choices);
            byte[] bytes = ("9" + text + "9").getBytes(ISO_8859_1);
            int end = bytes.length - 1;
            assertThat(decimal.parseJson(bytes, 1, end))
                    .as(text)
                    .isEqualTo(JSON.matcher(text).matches());
            assertThat(decimal.parse(bytes, 1, end))
                    .as(text)
                    .isEqualTo(TEXT.matcher(text).matches());
            if (TEXT.matcher(text).matches()) {
                assertThat(decimal.toDouble()).as(text).isEqualTo(Double.parseDouble(text));
                assertEqualsBigDecimal(text, choices.upTo(18));
            }
        });
    }

    private void assertEqualsBigDecimal(String text, int scale) {
        BigDecimal value = new BigDecimal(text).movePointRight(scale);
        boolean isWhole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        assertThat(decimal.isWhole(scale)).as(text).isEqualTo(isWhole);
        if (isWhole) {
            boolean isSmall = value.signum() == 0 || value.precision() - value.scale() <= 20;
            BigInteger whole = isSmall ? value.toBigInteger() : LONG_MAX.add(BigInteger.ONE);
            boolean fits = whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(LONG_MAX) <= 0;
            assertThat(decimal.fitsLong(scale)).as(text).isEqualTo(fits);
            if (fits) {
                assertThat(decimal.toLong(scale)).as(text).isEqualTo(whole.longValueExact());
            }
        }
    }

    private static String number(Choices choices) {
        if (choices.oneIn(3)) {
            long bits = choices.anyLong();
            double value = Double.longBitsToDouble(bits);
            return choices.flag() && Double.isFinite(value)
                    ? String.valueOf(value)
                    : String.valueOf(bits >> choices.upTo(63));
        }
        StringBuilder text = new StringBuilder(choices.of("", "-", "-", "+"));
        for (int i = choices.upTo(3); i > 0; i--) {
            text.append(choices.of(
                    "0",
                    "1",
                    "00",
                    "9223372036854775807",
                    "922337203685477580",
                    "8",
                    "12345678901234567890",
                    "9007199254740993",
                    "000000000000000000000000",
                    "5"));
        }
        text.append(choices.of(
                "",
                "",
                ".",
                ".0",
                ".5",
                ".000",
                ".25",
                ".00000000000000000001",
                ".500000000000000000000"));
        text.append(choices.of(
                "", "", "e5", "E-3", "e+07", "e", "e-", "e0", "e22", "e-22", "e308", "e-330", "e18",
                "e1e", "x"));
        return text.toString();
    }
}
