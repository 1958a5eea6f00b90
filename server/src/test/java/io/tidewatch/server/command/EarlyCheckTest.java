package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which conditions {@code evaluate: early} takes, and why it refuses others. */
class EarlyCheckTest {
    private static final String FALSE_AGAIN = "the condition may become false again";

    private static final String CONFIG = """
            streams:
              s: {fields: {ts: timestamp, k: string, x: bigint, ok: boolean}}
            monitors:
              - name: base
                window: 1m
                query: SELECT k, COUNT(*) AS n FROM s GROUP BY k
              - name: rows
                query: SELECT k, x FROM s
              - name: m
                WINDOW
                query: QUERY
                alert: {when: "WHEN", evaluate: early MORE}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n > 3 | ",
                "n >= 3 AND most > 5 | ",
                "n > 3 OR most > 5 | ",
                "3 < n | ",
                "NOT (n <= 3) | ",
                "distinct_x >= 2 | ",
                "approx >= 2 | ",
                "bad >= 2 | ",
                "least < 3 | ",
                "n > least | ",
                "any_ok | ",
                "NOT every_ok | ",
                "n > 3 AND k = 'a' | ",
                "n > 3 AND EXTRACT(HOUR FROM window_start) < 6 | ",
                "n < 3 | " + FALSE_AGAIN,
                "n = 3 | " + FALSE_AGAIN,
                "NOT (n > 3) | " + FALSE_AGAIN,
                "n > 3 OR n < 2 | " + FALSE_AGAIN,
                "n > 3 AND d > 3 | " + FALSE_AGAIN,
                "d > 3 | " + FALSE_AGAIN,
                "total > 5 | " + FALSE_AGAIN,
                "least > 3 | " + FALSE_AGAIN,
                "most < 3 | " + FALSE_AGAIN,
                "n - least > 3 | " + FALSE_AGAIN,
                "every_ok | " + FALSE_AGAIN,
                "NOT any_ok | " + FALSE_AGAIN,
                "last > 3 | " + FALSE_AGAIN,
                "CASE WHEN n > 3 THEN TRUE ELSE FALSE END | " + FALSE_AGAIN,
            })
    void conditionsMustStayTrue(String when, @Nullable String reason) throws IOException {
        check(
                "window: 1m",
                "SELECT k, COUNT(*) AS n, MAX(x) AS most, MIN(x) AS least, AVG(x) AS d, SUM(CAST(x AS DOUBLE)) AS total,"
                        + " COUNT(DISTINCT x) AS distinct_x, APPROX_COUNT_DISTINCT(x) AS approx, LAST_VALUE(x) AS last,"
                        + " COUNT(*) FILTER (WHERE NOT ok) AS bad, BOOL_OR(ok) AS any_ok, BOOL_AND(ok) AS every_ok"
                        + " FROM s GROUP BY k",
                when,
                "",
                reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window: 1m | SELECT k, COUNT(*) AS n FROM s GROUP BY k HAVING COUNT(*) > 1 | not with HAVING",
                "window: 1m | SELECT k, n FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k) WHERE n > 1 | not with HAVING",
                "window: {gap: 1m} | SELECT k, COUNT(*) AS n FROM s GROUP BY k | not for sessions",
                "window: 1m | SELECT MAX(n) AS n FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k) | only for an aggregation",
                "window: 1m | SELECT k, n FROM (SELECT k, n, ROW_NUMBER() OVER (ORDER BY n) AS r FROM (SELECT k, COUNT(*) AS n"
                        + " FROM s GROUP BY k)) WHERE r < 3 | only for an aggregation",
                "window: 1m | SELECT a.k, a.n FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k) AS a JOIN (SELECT k, MAX(x) AS m"
                        + " FROM s GROUP BY k) AS b ON a.k = b.k | only for an aggregation",
                "key: k | SELECT k, n FROM base | only for an aggregation",
                "window: 5m | SELECT k, SUM(n) AS n FROM base GROUP BY k | only for an aggregation",
                "key: k | SELECT k, x AS n FROM s | ",
                "key: k | SELECT k, x AS n FROM rows | ",
            })
    void queriesMustShowWhatIsInTheWindowSoFar(String window, String query, @Nullable String reason)
            throws IOException {
        boolean derived = query.contains("FROM base") && window.startsWith("key");
        check(derived ? "" : window, query, "n > 3", "", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {", for: 1m | for: what is evaluated early is told at once"})
    void whatIsToldAtOnceDoesNotWait(String extra, String reason) throws IOException {
        check("window: 1m", "SELECT k, COUNT(*) AS n FROM s GROUP BY k", "n > 3", extra, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUM(CAST(x AS DOUBLE)) AS c | ",
                "AVG(x) AS c | ",
                "UPPER(k) AS c | ",
                "100.0 * CAST(MAX(x) AS DOUBLE) / 3 AS c | ",
                "CAST(MAX(x) AS DOUBLE) / NULLIF(MIN(x), 0) AS c | ",
                "CASE WHEN COUNT(*) > 9 THEN 'many' ELSE CAST(COUNT(*) AS VARCHAR) END AS c | ",
                "COALESCE(MAX(x), 0) IN (1, 2) AS c | ",
                "TRY_CAST(MAX(k) AS BIGINT) AS c | ",
                "SUM(x) AS c | column 'c': SUM(BIGINT) may overflow as events are added; write SUM(CAST(... AS DOUBLE))",
                "COALESCE(SUM(CAST(x AS DECIMAL(18, 2))), 0) AS c | column 'c': SUM(DECIMAL(18, 2)) may overflow",
                "COUNT(*) + 1 AS c | column 'c': arithmetic of BIGINT may overflow; CAST its operands to DOUBLE",
                "-MAX(x) AS c | column 'c': arithmetic of BIGINT may overflow",
                "CAST(MAX(x) AS DOUBLE) / MIN(x) AS c | column 'c': a division by zero may fail; divide by NULLIF(..., 0)",
                "CAST(MAX(k) AS BIGINT) AS c | column 'c': CAST of VARCHAR to BIGINT may fail; write TRY_CAST",
                "UPPER(MAX(k)) AS c | column 'c': UPPER may fail; leave it out, or write 'evaluate: final'",
                "CASE WHEN COUNT(*) > 9 THEN CAST(k AS BIGINT) END AS c | column 'c': CAST of VARCHAR to BIGINT may fail",
            })
    void rowsThatWereShownMustNotFailLater(String column, @Nullable String reason)
            throws IOException {
        String query = "SELECT k, COUNT(*) AS n, " + column + " FROM s GROUP BY k";
        check("window: 1m", "\"" + query + "\"", "n > 3", "", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n > 3 AND CAST(k AS BIGINT) > 1 | | ",
                "CAST(k AS BIGINT) > 1 OR n > 3 | | ",
                "m > 3 OR n > 9 AND CAST(k AS BIGINT) > 1 | | when: CAST of VARCHAR to BIGINT may fail; write TRY_CAST",
                "n > 3 | , clear: n + 1 > 9 | clear: arithmetic of BIGINT may overflow",
                "n > 3 | , clear: m < 9 | ",
            })
    void conditionsThatWereTrueMustNotFailLater(
            String when, @Nullable String extra, @Nullable String reason) throws IOException {
        check(
                "window: 1m",
                "SELECT k, COUNT(*) AS n, MAX(x) AS m FROM s GROUP BY k",
                when,
                extra == null ? "" : extra,
                reason);
    }

    private void check(
            String window, String query, String when, String extra, @Nullable String reason)
            throws IOException {
        Path config = folder.resolve("early.yaml");
        Files.writeString(
                config,
                CONFIG.replace("WINDOW", window)
                        .replace("QUERY", query)
                        .replace("WHEN\"", when + "\"")
                        .replace("MORE", extra));
        CommandLineRun run = CommandLineRun.of("check", config.toString());

        if (reason == null) {
            assertThat(run.code()).as(run.err()).isZero();
        } else {
            assertThat(run.code()).as(when).isEqualTo(1);
            assertThat(run.err()).contains("early.yaml, line 12, column ", reason);
            assertThat(run.err().lines()).hasSize(1);
        }
    }
}
