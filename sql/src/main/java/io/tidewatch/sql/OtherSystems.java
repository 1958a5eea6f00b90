package io.tidewatch.sql;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Functions and operators of other systems that there are none of here, each with what to write instead. */
final class OtherSystems {
    private static final String LISTS =
            "a result has single values; GROUP BY the column to have a row for each";
    private static final String RANKS =
            "only ROW_NUMBER() OVER (…) is, to keep the first rows of each window";
    private static final String CHANGES =
            "write MAX(x) - MIN(x), or LAST_VALUE(x) - FIRST_VALUE(x), of a window";
    private static final String BITS =
            "bits are not taken apart; of a whole number that is not negative,"
                    + " MOD(FLOOR(CAST(x AS DOUBLE) / 4), 2) = 1 asks for the bit of value 4";
    private static final String CHANCE =
            "the same events must always give the same results: remove it";
    private static final String HASHES =
            "a text is compared, counted and grouped by as it is: write the text";
    private static final String JSON =
            "declare a field with a path into the JSON (fields:) and read that";
    private static final String WINDOWS =
            "write FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(time), INTERVAL '1' MINUTE)),"
                    + " and window_start or window_end; or give the monitor a window:";

    /** Names, and behind {@code ->} what to write; a name in capitals behind the arrow stands for the text above. */
    private static final String FUNCTIONS = """
            PERCENTILE PERCENTILE_CONT PERCENTILE_DISC PERCENTILE_APPROX -> write APPROX_PERCENTILE(x, 0.99)
            QUANTILE QUANTILES APPROX_QUANTILE APPROX_QUANTILES -> write APPROX_PERCENTILE(x, 0.99)
            HISTOGRAM HISTOGRAM_QUANTILE -> write APPROX_PERCENTILE(x, 0.99), one for each quantile
            MEDIAN -> write APPROX_PERCENTILE(x, 0.5)
            AVERAGE MEAN -> write AVG(x)
            COUNTIF COUNT_IF -> write COUNT(*) FILTER (WHERE …)
            SUMIF SUM_IF -> write SUM(x) FILTER (WHERE …)
            AVGIF AVG_IF -> write AVG(x) FILTER (WHERE …)
            COUNT_DISTINCT UNIQEXACT -> write COUNT(DISTINCT x)
            UNIQ HLL APPROX_DISTINCT -> write APPROX_COUNT_DISTINCT(x)
            LOGICAL_AND AND_AGG -> write BOOL_AND(x)
            LOGICAL_OR OR_AGG ANY -> write BOOL_OR(x)
            ANY_VALUE ARBITRARY -> write MIN(x)
            ARG_MAX MAX_BY LATEST LAST -> write LAST_VALUE(x), by event time; for another order keep the first row by ROW_NUMBER
            ARG_MIN MIN_BY EARLIEST FIRST -> write FIRST_VALUE(x), by event time; for another order keep the first row by ROW_NUMBER
            STD STDEV -> write STDDEV(x)
            CORR COVAR_POP COVAR_SAMP REGR_SLOPE REGR_INTERCEPT REGR_R2 -> write it with AVG(x * y), AVG(x), AVG(y) and VAR_POP(x)
            SKEWNESS KURTOSIS -> write it with AVG(x), AVG(x * x), AVG(x * x * x) and so on
            PRODUCT -> write EXP(SUM(LN(x)))
            MODE TOPK TOP_K APPROX_TOP_K -> GROUP BY the column, number its counts with ROW_NUMBER, and keep the first
            STRING_AGG LISTAGG GROUP_CONCAT ARRAY_AGG COLLECT COLLECT_LIST COLLECT_SET MAP_AGG JSON_ARRAYAGG -> LISTS
            JSON_OBJECTAGG XMLAGG EXPLODE UNNEST SPLIT STRING_SPLIT REGEXP_SPLIT_TO_TABLE GENERATE_SERIES -> LISTS
            BIT_AND BIT_OR BIT_XOR BITAND BITOR BITXOR BITCOUNT BIT_COUNT BITNOT -> BITS
            LAG LEAD RANK DENSE_RANK NTILE NTH_VALUE PERCENT_RANK CUME_DIST ROWNUM -> RANKS
            IRATE -> write RATE(x), per second of the window
            INCREASE DELTA IDELTA -> CHANGES
            TOP -> TOP_N
            DATE TO_DAYS -> write FLOOR(time TO DAY)
            DATE_FORMAT TO_CHAR STRFTIME FORMAT_DATE FORMAT_DATETIME -> write FORMAT_TIMESTAMP(time, pattern)
            TO_DATE STR_TO_DATE STRPTIME PARSE_DATE PARSE_DATETIME TO_TIMESTAMP_TZ -> write PARSE_TIMESTAMP(text, pattern)
            DAY -> write EXTRACT(DAY FROM time), or DAYOFMONTH(time)
            DATE_PART DATEPART -> write EXTRACT(HOUR FROM time)
            WEEKDAY DAY_OF_WEEK -> write EXTRACT(ISODOW FROM time), 1 for Monday
            WEEKOFYEAR WEEK_OF_YEAR -> write EXTRACT(WEEK FROM time)
            DAYNAME -> write FORMAT_TIMESTAMP(time, 'EEEE')
            MONTHNAME -> write FORMAT_TIMESTAMP(time, 'MMMM')
            LAST_DAY EOMONTH -> write FLOOR(time TO MONTH) + INTERVAL '1' MONTH - INTERVAL '1' DAY
            DATEADD TIMESTAMP_ADD ADD_MONTHS -> write TIMESTAMPADD(unit, count, time)
            DATE_ADD ADDDATE ADDTIME -> write time + INTERVAL '1' DAY
            DATE_SUB SUBDATE SUBTIME TIMESTAMP_SUB -> write time - INTERVAL '1' DAY
            DATEDIFF DATE_DIFF TIMEDIFF TIMESTAMP_DIFF MONTHS_BETWEEN AGE -> write TIMESTAMPDIFF(unit, from, to)
            DATE_BIN TIME_BUCKET TIME_SLICE BUCKET -> write FLOOR(time TO MINUTE), or a window: for results per time
            TUMBLE_START TUMBLE_END TUMBLE_ROWTIME HOP_START HOP_END HOP_ROWTIME TUMBLING HOPPING -> WINDOWS
            SESSION_START SESSION_END SESSION_ROWTIME -> WINDOWS
            MAKE_INTERVAL TO_DAYS_INTERVAL NUMTODSINTERVAL -> write x * INTERVAL '1' SECOND
            MAKE_DATE MAKE_TIMESTAMP -> write TIMESTAMP '2026-01-31 12:00:00'
            TO_UNIXTIME TO_EPOCH UNIX_TIME TO_EPOCH_SECONDS -> write UNIX_SECONDS(time)
            TO_UNIX_MILLIS TO_EPOCH_MILLIS -> write UNIX_MILLIS(time)
            TIMESTAMP_MILLIS EPOCH_MS FROM_UNIXTIME_MILLIS TO_TIMESTAMP_LTZ -> write TO_TIMESTAMP(millis)
            TIMESTAMP_SECONDS -> write FROM_UNIXTIME(seconds)
            CONVERT_TZ CONVERT_TIMEZONE FROM_UTC_TIMESTAMP TO_UTC_TIMESTAMP AT_TIMEZONE -> ZONES
            AGO -> write a window: for what happened lately; a query never reads a clock
            TRUNC -> write TRUNCATE(x), or FLOOR(time TO DAY)
            POW -> write POWER(x, y)
            SQUARE -> write x * x
            LOG1P -> write LN(1 + x)
            DIV INTDIV -> write TRUNCATE(CAST(a AS DOUBLE) / b)
            SAFE_DIVIDE DIV0 -> write CAST(a AS DOUBLE) / NULLIF(b, 0)
            TRY -> write NULLIF for a divisor that may be 0, and TRY_CAST for CAST
            WIDTH_BUCKET -> write FLOOR(CAST(x AS DOUBLE) / width)
            RAND RANDOM RANDN UUID GENERATE_UUID GEN_RANDOM_UUID NEWID -> CHANCE
            MD5 SHA1 SHA2 SHA256 SHA512 CRC32 HASH FARM_FINGERPRINT XXHASH64 MURMUR_HASH -> HASHES
            CONCAT_WS -> write a || '-' || b
            LOCATE CHARINDEX STRPOS INSTR FIND_IN_SET PATINDEX -> write POSITION(part IN text)
            LEN CHARACTER_LENGTH -> write CHAR_LENGTH(text)
            LCASE -> write LOWER(text)
            UCASE -> write UPPER(text)
            MID SUBSTRING_EXTRACT -> write SUBSTRING(text FROM start FOR length)
            SUBSTRING_INDEX -> write SPLIT_PART(text, delimiter, n)
            CHR CHAR -> write the character itself in quotes
            FORMAT PRINTF FORMAT_NUMBER -> write CAST(x AS VARCHAR) and || between texts
            TO_NUMBER TO_BIGINT TONUMBER -> write CAST(text AS DOUBLE), or TRY_CAST for NULL where it is no number
            TO_STRING TO_VARCHAR STR -> write CAST(x AS VARCHAR)
            CONVERT TRY_CONVERT -> write CAST(x AS BIGINT), or another type
            TRANSLATE OVERLAY STUFF INSERT -> write REPLACE(text, part, replacement), or REGEXP_REPLACE
            SOUNDEX METAPHONE LEVENSHTEIN EDITDISTANCE SIMILARITY -> write LIKE or REGEXP_LIKE(text, regex)
            REGEXP_MATCHES REGEXP_MATCH REGEXP_CONTAINS RLIKE REGEXP -> write REGEXP_LIKE(text, regex)
            REGEXP_SUBSTR REGEXP_EXTRACT_ALL -> write REGEXP_EXTRACT(text, regex)
            REGEXP_COUNT REGEXP_INSTR -> write REGEXP_LIKE(text, regex), or REGEXP_EXTRACT
            STARTSWITH -> write STARTS_WITH(text, part)
            ENDSWITH -> write ENDS_WITH(text, part)
            ISNULL -> write x IS NULL, or IFNULL(x, y)
            NOTNULL -> write x IS NOT NULL
            IIF -> write IF(condition, a, b)
            NVL2 -> write CASE WHEN x IS NOT NULL THEN a ELSE b END
            DECODE SWITCH MULTIIF CHOOSE -> write CASE x WHEN 1 THEN a ELSE b END
            ZEROIFNULL -> write IFNULL(x, 0)
            NULLIFZERO -> write NULLIF(x, 0)
            XOR -> write a <> b
            TYPEOF PG_TYPEOF -> types are declared (fields:) and never change; TRY_CAST(x AS BIGINT) IS NOT NULL asks what a text holds
            JSON_VALUE JSON_QUERY JSON_EXTRACT JSON_EXTRACT_SCALAR GET_JSON_OBJECT JSON_EXISTS -> JSON
            JSON_OBJECT JSON_ARRAY TO_JSON PARSE_JSON STRUCT NAMED_STRUCT -> JSON
            ABSENT ABSENT_OVER_TIME -> write absent: in the monitor's alert
            """;

    private static final Map<String, String> SHARED = Map.of(
            "LISTS", LISTS,
            "RANKS", RANKS,
            "CHANGES", CHANGES,
            "BITS", BITS,
            "CHANCE", CHANCE,
            "HASHES", HASHES,
            "JSON", JSON,
            "WINDOWS", WINDOWS,
            "TOP_N", Forms.TOP_N,
            "ZONES", ExpressionForms.ZONES);

    private static final Map<String, String> BY_FUNCTION = functions();

    private static final Map<String, String> BY_OPERATOR = operators();

    private OtherSystems() {}

    private static Map<String, String> functions() {
        Map<String, String> words = new TreeMap<>();
        FUNCTIONS.lines().forEach(line -> {
            String[] sides = line.split(" -> ", 2);
            for (String name : sides[0].split(" ")) {
                words.put(name, SHARED.getOrDefault(sides[1], sides[1]));
            }
        });
        return words;
    }

    private static Map<String, String> operators() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("~", "write REGEXP_LIKE(text, 'pattern')");
        words.put("~*", "write REGEXP_LIKE(text, '(?i)pattern')");
        words.put("!~", "write NOT REGEXP_LIKE(text, 'pattern')");
        words.put("!~*", "write NOT REGEXP_LIKE(text, '(?i)pattern')");
        words.put("<=>", "write a IS NOT DISTINCT FROM b");
        words.put("^", "write POWER(x, y); " + BITS);
        words.put("&", "write AND between conditions; " + BITS);
        words.put("<<", "write x * POWER(2, y)");
        words.put(">>", "write FLOOR(x / POWER(2, y))");
        words.put("->", JSON);
        words.put("->>", JSON);
        return words;
    }

    /** What to write instead of a function of this name, if it is known from elsewhere. */
    static Optional<String> insteadOfFunction(String name) {
        return Optional.ofNullable(BY_FUNCTION.get(name.toUpperCase(Locale.ROOT)));
    }

    /** What to write instead of an operator. */
    static Optional<String> insteadOfOperator(String name) {
        return Optional.ofNullable(BY_OPERATOR.get(name.toUpperCase(Locale.ROOT)));
    }

    /** The names of the functions, in capitals. */
    static Set<String> functionNames() {
        return BY_FUNCTION.keySet();
    }
}
