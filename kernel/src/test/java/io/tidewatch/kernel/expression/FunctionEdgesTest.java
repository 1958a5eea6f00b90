package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Results.call;
import static io.tidewatch.kernel.expression.Results.decimal;
import static io.tidewatch.kernel.expression.Results.expression;
import static io.tidewatch.kernel.expression.Results.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import org.junit.jupiter.api.Test;

class FunctionEdgesTest {
    private static final String INVALID = "FUNCTION_ARGUMENT_INVALID";
    private static final String OVERFLOW = "NUMERIC_OVERFLOW";
    private static final String LIMIT = "LIMIT_REACHED";

    @Test
    void substringCountsPositionsBeforeTheFirstCharacter() {
        assertThat(call("SUBSTRING", "abc", 0, 2)).isEqualTo("a");
        assertThat(call("SUBSTRING", "abc", -1, 3)).isEqualTo("a");
        assertThat(call("SUBSTRING", "abc", -5)).isEqualTo("abc");
        assertThat(call("SUBSTRING", "abc", 4)).isEmpty();
        assertThat(call("SUBSTRING", "abc", 2, Long.MAX_VALUE)).isEqualTo("bc");
        assertThat(call("SUBSTRING", "abc", Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(call("SUBSTRING", "a😀é", 2, 1)).isEqualTo("😀");
        assertThat(call("SUBSTRING", "abc", 1, -1)).isEqualTo(INVALID);
    }

    @Test
    void cutsTextsByCharacters() {
        assertThat(call("LEFT", "😀é", 1)).isEqualTo("😀");
        assertThat(call("LEFT", "abc", -1)).isEmpty();
        assertThat(call("RIGHT", "a😀", 1)).isEqualTo("😀");
        assertThat(call("RIGHT", "abc", Long.MAX_VALUE)).isEqualTo("abc");
        assertThat(call("REVERSE", "a😀é")).isEqualTo("é😀a");
        assertThat(call("TRIM", "ééxé", "é")).isEqualTo("x");
        assertThat(call("TRIM", "abc", "")).isEqualTo("abc");
        assertThat(call("TRIM", "   ")).isEmpty();
        assertThat(call("LTRIM", "\tx")).isEqualTo("\tx");
    }

    @Test
    void splitsTexts() {
        assertThat(call("SPLIT_PART", "a,b", ",", 3)).isEmpty();
        assertThat(call("SPLIT_PART", "a,b", ",", -3)).isEmpty();
        assertThat(call("SPLIT_PART", ",", ",", 2)).isEmpty();
        assertThat(call("SPLIT_PART", "a--b---c", "--", 3)).isEqualTo("-c");
        assertThat(call("SPLIT_PART", "ab", "", 1)).isEqualTo("ab");
        assertThat(call("SPLIT_PART", "ab", ",", 0)).isEqualTo(INVALID);
        assertThat(call("SPLIT_PART", "ab", ",", Long.MIN_VALUE)).isEmpty();
    }

    @Test
    void searchesTexts() {
        assertThat(call("POSITION", "", "abc")).isEqualTo("1");
        assertThat(call("POSITION", "c", "éc")).isEqualTo("2");
        assertThat(call("POSITION", "abcd", "abc")).isEqualTo("0");
        assertThat(call("CONTAINS", "", "")).isEqualTo("TRUE");
        assertThat(call("STARTS_WITH", "a", "ab")).isEqualTo("FALSE");
        assertThat(call("ENDS_WITH", "ab", "")).isEqualTo("TRUE");
        assertThat(call("REPLACE", "aaa", "aa", "b")).isEqualTo("ba");
        assertThat(call("REPLACE", "abc", "", "x")).isEqualTo("abc");
    }

    @Test
    void changesTheCaseOfCharactersWhateverTheLanguage() {
        assertThat(call("UPPER", "straße i")).isEqualTo("STRASSE I".replace("SS", "ß"));
        assertThat(call("LOWER", "TITLE")).isEqualTo("title");
        assertThat(call("LOWER", "𐐀")).isEqualTo("𐐨");
        assertThat(call("INITCAP", "o'NEIL éCOLE")).isEqualTo("O'Neil École");
    }

    @Test
    void boundsTextsThatGrow() {
        assertThat(call("CHAR_LENGTH", expression("REPEAT", "a", 65_536))).isEqualTo("65536");
        assertThat(call("REPEAT", "a", 65_537)).isEqualTo(LIMIT);
        assertThat(call("REPEAT", "ab", Long.MAX_VALUE)).isEqualTo(LIMIT);
        assertThat(call("REPEAT", "", Long.MAX_VALUE)).isEmpty();
        assertThat(call("REPEAT", "ab", -1)).isEmpty();
        assertThat(call("LPAD", "a", 65_537)).isEqualTo(LIMIT);
        assertThat(call("RPAD", "a", 40_000, "é")).isEqualTo(LIMIT);
        assertThat(call("LPAD", "a", Long.MAX_VALUE, "")).isEqualTo("a");
        Expression big = expression("REPEAT", "a", 60_000);
        assertThat(call("CONCAT", big, big)).isEqualTo(LIMIT);
        assertThat(call("REPLACE", big, "a", "ab")).isEqualTo(LIMIT);
        assertThat(call("REGEXP_REPLACE", big, "a", "ab")).isEqualTo(LIMIT);
    }

    @Test
    void padsAndCuts() {
        assertThat(call("LPAD", "abc", 2)).isEqualTo("ab");
        assertThat(call("LPAD", "7", 6, "ab")).isEqualTo("ababa7");
        assertThat(call("RPAD", "é", 3, "😀")).isEqualTo("é😀😀");
        assertThat(call("RPAD", "abc", -1)).isEmpty();
    }

    @Test
    void cutsUrls() {
        assertThat(call("URL_HOST", "http://[::1]:80/")).isEqualTo("[::1]");
        assertThat(call("URL_HOST", "//example.org/a")).isEqualTo("NULL");
        assertThat(call("URL_HOST", "http://")).isEmpty();
        assertThat(call("URL_PATH", "http://example.org?x")).isEmpty();
        assertThat(call("URL_PARAMETER", "/?a&b=1=2", "a")).isEmpty();
        assertThat(call("URL_PARAMETER", "/?a&b=1=2", "b")).isEqualTo("1=2");
        assertThat(call("URL_PARAMETER", "/?", "b")).isEqualTo("NULL");
    }

    @Test
    void roundsHalvesAwayFromZero() {
        assertThat(call("ROUND", -2.5)).isEqualTo("-3");
        assertThat(call("ROUND", 0.49999999999999994)).isEqualTo("0");
        assertThat(call("ROUND", 1.005, 2)).isEqualTo("1");
        assertThat(call("ROUND", 4_503_599_627_370_495.5)).isEqualTo("4503599627370496");
        assertThat(call("ROUND", 1e300, 5)).isEqualTo("1E300");
        assertThat(call("ROUND", 1234.5, Long.MIN_VALUE)).isEqualTo("0");
        assertThat(call("ROUND", Double.NaN, 1)).isEqualTo("NaN");
        assertThat(call("ROUND", decimal("9.995"), 2)).isEqualTo("10.000");
        assertThat(call("ROUND", decimal("999999999999999999"), -1)).isEqualTo(OVERFLOW);
        assertThat(call("ROUND", Long.MAX_VALUE, -1)).isEqualTo(OVERFLOW);
        assertThat(call("ROUND", Long.MAX_VALUE, -19)).isEqualTo(OVERFLOW);
        assertThat(call("ROUND", Long.MAX_VALUE, -20)).isEqualTo("0");
        assertThat(call("TRUNCATE", Long.MIN_VALUE, -1)).isEqualTo("-9223372036854775800");
        assertThat(call("CEIL", decimal("-0.5"))).isEqualTo("0");
        assertThat(call("FLOOR", decimal("-999999999999999.999"))).isEqualTo("-1000000000000000");
    }

    @Test
    void failsOutsideTheDomain() {
        assertThat(call("ABS", Long.MIN_VALUE)).isEqualTo(OVERFLOW);
        assertThat(call("SQRT", -1)).isEqualTo(INVALID);
        assertThat(call("LN", 0)).isEqualTo(INVALID);
        assertThat(call("LOG", 1, 5)).isEqualTo(INVALID);
        assertThat(call("LOG", 2, 8)).isEqualTo("3");
        assertThat(call("LOG2", Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
        assertThat(call("LOG2", Double.MIN_VALUE)).isEqualTo("-1074");
        assertThat(call("POWER", -8, 0.5)).isEqualTo(INVALID);
        assertThat(call("POWER", 0, -1)).isEqualTo(INVALID);
        assertThat(call("POWER", 10, 400)).isEqualTo("Infinity");
        assertThat(call("ASIN", 1.5)).isEqualTo(INVALID);
        assertThat(call("ASIN", Double.NaN)).isEqualTo("NaN");
        assertThat(call("SIN", Double.POSITIVE_INFINITY)).isEqualTo(INVALID);
        assertThat(call("MOD", 5, 0)).isEqualTo("DIVISION_BY_ZERO");
    }

    @Test
    void choosesByTheOrderOfComparison() {
        assertThat(call("GREATEST", Double.NaN, 1)).isEqualTo("NaN");
        assertThat(call("LEAST", Double.NaN, 1)).isEqualTo("1");
        assertThat(call("GREATEST", 1, Expressions.literal(Type.BIGINT, null))).isEqualTo("NULL");
        assertThat(call("GREATEST", "\uFF61", "😀")).isEqualTo("😀");
        assertThat(call("LEAST", decimal("1.5"), 2)).isEqualTo("1.5");
        assertThat(call("NULLIF", 1, decimal("1.0"))).isEqualTo("NULL");
    }

    @Test
    void countsCalendarUnits() {
        assertThat(call("TIMESTAMPADD", "MONTH", -1, time("2024-03-31T10:00:00Z")))
                .isEqualTo("2024-02-29T10:00:00.000Z");
        assertThat(call("TIMESTAMPADD", "SECOND", Long.MAX_VALUE, time("2024-03-31T10:00:00Z")))
                .isEqualTo(OVERFLOW);
        assertThat(call("TIMESTAMPADD", "YEAR", 8_000, time("2024-03-31T10:00:00Z")))
                .isEqualTo(OVERFLOW);
        assertThat(call(
                        "TIMESTAMPDIFF",
                        "MONTH",
                        time("2024-01-31T00:00:00Z"),
                        time("2024-02-29T00:00:00Z")))
                .isEqualTo("1");
        assertThat(call(
                        "TIMESTAMPDIFF",
                        "QUARTER",
                        time("2024-12-01T00:00:01Z"),
                        time("2024-06-01T00:00:00Z")))
                .isEqualTo("-2");
        assertThat(call("FROM_UNIXTIME", Double.NaN)).isEqualTo(OVERFLOW);
        assertThat(call("FROM_UNIXTIME", -0.0005)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(call("UNIX_SECONDS", time("1969-12-31T23:59:59.999Z"))).isEqualTo("-1");
        assertThat(call("TO_TIMESTAMP", Long.MAX_VALUE)).isEqualTo(OVERFLOW);
    }

    @Test
    void extractsFields() {
        assertThat(call("EXTRACT", "WEEK", time("2021-01-03T00:00:00Z"))).isEqualTo("53");
        assertThat(call("EXTRACT", "ISOYEAR", time("2021-01-03T00:00:00Z"))).isEqualTo("2020");
        assertThat(call("EXTRACT", "DOW", time("2024-03-03T00:00:00Z"))).isEqualTo("1");
        assertThat(call("EXTRACT", "isodow", time("2024-03-03T00:00:00Z"))).isEqualTo("7");
        assertThat(call("HOUR", time("2024-07-01T12:00:00Z"), "Asia/Kolkata")).isEqualTo("17");
        assertThat(call("YEAR", time("0001-01-01T00:00:00Z"), "America/New_York"))
                .isEqualTo("0");
        Expression interval = Expressions.literal(Type.INTERVAL, -93_784_005L);
        assertThat(call("EXTRACT", "HOUR", interval)).isEqualTo("-2");
    }

    @Test
    void writesAndReadsTimesByPatterns() {
        Expression time = time("2024-02-29T23:05:06.078Z");
        assertThat(call(
                        "FORMAT_TIMESTAMP",
                        time,
                        "yy-M-d h:mm a, EEEE 'o''clock'".replace("'o''clock'", "'it is'")))
                .isEqualTo("24-2-29 11:05 PM, Thursday it is");
        assertThat(call("FORMAT_TIMESTAMP", time, "DDD SSSSSS S xx XXX"))
                .isEqualTo("060 078000 0 +0000 Z");
        assertThat(call("FORMAT_TIMESTAMP", time, "xx XXX", "America/St_Johns"))
                .isEqualTo("-0330 -03:30");
        assertThat(call("PARSE_TIMESTAMP", "2024-060 23", "yyyy-DDD HH"))
                .isEqualTo("2024-02-29T23:00:00.000Z");
        assertThat(call(
                        "PARSE_TIMESTAMP",
                        "thu feb 29 12:00:00 AM 2024",
                        "EEE MMM dd hh:mm:ss a yyyy"))
                .isEqualTo("2024-02-29T00:00:00.000Z");
        assertThat(call("PARSE_TIMESTAMP", "Fri 2024-02-29", "EEE yyyy-MM-dd")).isEqualTo(INVALID);
        assertThat(call("PARSE_TIMESTAMP", "2023-02-29", "yyyy-MM-dd")).isEqualTo(INVALID);
        assertThat(call("PARSE_TIMESTAMP", "2024-02-29 ", "yyyy-MM-dd")).isEqualTo(INVALID);
        assertThat(call("PARSE_TIMESTAMP", "2024-2-9", "yyyy-M-d"))
                .isEqualTo("2024-02-09T00:00:00.000Z");
        assertThat(call("PARSE_TIMESTAMP", "2024-03-31 02:30", "yyyy-MM-dd HH:mm", "Europe/Berlin"))
                .isEqualTo("2024-03-31T01:30:00.000Z");
        assertThat(Results.of(expression("PARSE_TIMESTAMP", "1/3/69", "d/M/yy")))
                .isEqualTo("2069-03-01T00:00:00.000Z");
        assertThat(Results.of(expression(
                        "PARSE_TIMESTAMP", "1/3/70 -0130", "d/M/yy xx", "Europe/Berlin")))
                .isEqualTo("1970-03-01T01:30:00.000Z");
    }

    @Test
    void refusesArgumentsThatCannotBeMeant() {
        assertThatThrownBy(() -> expression("UPPER", 1))
                .isInstanceOf(TidewatchException.class)
                .hasMessage("UPPER does not take (BIGINT); write UPPER(text)");
        assertThatThrownBy(() -> expression("REGEXP_LIKE", "a", "("))
                .hasMessageStartingWith("REGEXP_LIKE: '(' is not a regular expression");
        assertThatThrownBy(() -> expression("REGEXP_EXTRACT", "a", "a", 1))
                .hasMessage(
                        "REGEXP_EXTRACT: group 1 (expected: 0 to 0, the number of groups in parentheses)");
        assertThatThrownBy(() -> expression("REGEXP_REPLACE", "a", "a", "$1"))
                .hasMessageStartingWith("REGEXP_REPLACE: replacement '$1'");
        assertThatThrownBy(
                        () -> expression("REGEXP_LIKE", "a", Expressions.column(0, Type.VARCHAR)))
                .hasMessage("REGEXP_LIKE: the regular expression must be a literal, not $0; "
                        + "use CASE to choose between several");
        assertThatThrownBy(
                        () -> expression("FORMAT_TIMESTAMP", time("2024-01-01T00:00:00Z"), "YYYY"))
                .hasMessageContaining("YYYY has no meaning; yyyy or yy year");
        assertThatThrownBy(() -> expression("PARSE_TIMESTAMP", "x", "HH:mm"))
                .hasMessageEndingWith("does not tell a date; it needs a year, a month and a day");
        assertThatThrownBy(() -> expression("PARSE_TIMESTAMP", "x", "yyyy-MM-dd hh"))
                .hasMessageContaining("without AM or PM");
        assertThatThrownBy(
                        () -> expression("EXTRACT", "YEAR", Expressions.literal(Type.INTERVAL, 1L)))
                .hasMessageContaining("an interval has no YEAR");
    }
}
