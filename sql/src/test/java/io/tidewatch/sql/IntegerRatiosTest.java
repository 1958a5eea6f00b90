package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.TidewatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No ratio is silently zero: whatever way a division of integers takes to a condition, it is refused there. */
class IntegerRatiosTest {
    /** A ratio per path and minute, as people write it first. */
    private static final String RATIO =
            "SELECT path, COUNT(*) FILTER (WHERE NOT ok) / COUNT(*) AS r FROM access GROUP BY path";

    @ParameterizedTest
    @ValueSource(
            strings = {
                RATIO,
                "SELECT path, r FROM (" + RATIO + ")",
                "SELECT path, 100 * r + 1 AS r FROM (" + RATIO + ")",
                "SELECT path, CAST(COUNT(*) / 60 AS DOUBLE) AS r FROM access GROUP BY path",
                "WITH n AS (" + RATIO + ") SELECT path, r FROM n",
                "WITH n AS (" + RATIO
                        + "), m AS (SELECT path, -r AS q FROM n) SELECT path, ABS(q) AS r FROM m",
                "SELECT path, MAX(bytes / status) AS r FROM access GROUP BY path",
                "SELECT path, SUM(q) AS r FROM (SELECT path, bytes / status AS q FROM access) GROUP BY path",
                "SELECT path, COUNT(*) FILTER (WHERE bytes / status > 2) AS r FROM access GROUP BY path",
                "SELECT path, bytes / 1000 AS r, COUNT(*) AS n FROM access GROUP BY path, bytes / 1000",
                "SELECT path, CASE WHEN COUNT(*) / 60 > 3 THEN 1 ELSE 0 END AS r FROM access GROUP BY path",
                "SELECT path, COALESCE(NULLIF(SUM(bytes) / COUNT(*), 0), 1) AS r FROM access GROUP BY path",
                "SELECT path, MAX(r) AS r FROM (SELECT path, client, SUM(bytes) / COUNT(*) AS r FROM access GROUP BY path,"
                        + " client) GROUP BY path",
                "SELECT a.path, b.r FROM (SELECT path, COUNT(*) AS n FROM access GROUP BY path) AS a JOIN ("
                        + RATIO + ") AS b ON a.path = b.path",
                "SELECT path, COUNT(*) AS r FROM access GROUP BY path UNION ALL " + RATIO,
                "SELECT path, SUM(status) / COUNT(*) AS r, window_start FROM TABLE(TUMBLE(TABLE access,"
                        + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY path, window_start, window_end",
                "SELECT p.owner, r FROM (" + RATIO + ") AS n JOIN pages AS p ON n.path = p.path",
            })
    void conditionsOnResultsRestOnNone(String sql) {
        String window = sql.contains("TUMBLE") ? "" : "1m";
        CompiledQuery query = compile(Shop.CATALOG, sql, window);

        assertThat(query.divisions()).containsOnlyKeys("r");
        assertThat(query.warnings()).anySatisfy(warning -> assertThat(warning.message())
                .startsWith("'/' between integers drops"));
        IntegerDivision division = query.divisions().values().iterator().next();
        for (String condition :
                List.of("r > 0.05", "TRUE AND NOT (r + 1 < 5)", "COALESCE(r, 0) = 1")) {
            assertThatThrownBy(() -> condition(Shop.CATALOG, query, condition))
                    .as(sql)
                    .isInstanceOf(TidewatchException.class)
                    .hasMessageContaining("this rests on a division of integers, which drops the"
                            + " remainder, so in a condition it is refused: write "
                            + division.remedy() + " at " + division.position());
        }
    }

    @Test
    void thePlaceIsThatOfTheUseAndTheRemedyThatOfTheDivision() {
        CompiledQuery query = compile(Shop.CATALOG, RATIO, "1m");

        assertThatThrownBy(() -> condition(Shop.CATALOG, query, "path <> '/'\n  AND r > 0.05"))
                .hasMessage(
                        "shop.yaml, line 2, column 7: this rests on a division of integers, which drops the remainder,"
                                + " so in a condition it is refused: write CAST(COUNT(*) FILTER (WHERE NOT ok) AS DOUBLE) /"
                                + " COUNT(*) at shop.yaml, line 1, column 14");
        assertThat(condition(Shop.CATALOG, query, "path = '/'")).isEqualTo("$0 = '/'");
    }

    @Test
    void monitorsHandThemOn() {
        CompiledQuery first = compile(Shop.CATALOG, RATIO, "1m");
        Catalog one = with(Shop.CATALOG, "ratios", first);
        CompiledQuery second = compile(one, "SELECT path, r * 2 AS twice FROM ratios", "");
        Catalog two = with(one, "twices", second);
        CompiledQuery third = compile(
                two,
                "SELECT path, MAX(twice) AS most, COUNT(*) AS n FROM twices GROUP BY path",
                "5m");

        assertThat(third.divisions()).isEqualTo(Map.of("most", first.divisions().get("r")));
        assertThat(third.warnings()).isEmpty();
        assertThatThrownBy(() -> condition(two, third, "most > 0.1"))
                .hasMessageContaining("shop.yaml, line 1, column 14");
        assertThat(condition(two, third, "n > 1")).isEqualTo("$2 > 1");
        assertThatThrownBy(() -> compile(two, "SELECT path FROM twices WHERE twice > 0.1", ""))
                .hasMessageContaining("in a condition on aggregates it is refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT path, COUNT(*) AS n FROM access GROUP BY path HAVING SUM(status) / COUNT(*) > 3",
                "SELECT path FROM access GROUP BY path HAVING MAX(bytes / status) > 3",
                "SELECT path FROM (" + RATIO + ") WHERE r > 0.05",
                "SELECT path FROM (SELECT path, r AS q FROM (" + RATIO + ")) WHERE ok_q(q)",
                "WITH n AS (" + RATIO + ") SELECT path FROM n WHERE r > 0.05",
                "SELECT n.path FROM (" + RATIO
                        + ") AS n JOIN pages AS p ON n.path = p.path WHERE p.weight < n.r",
                "SELECT a.path FROM (SELECT path, COUNT(*) AS n FROM access GROUP BY path) AS a JOIN ("
                        + RATIO + ") AS b ON a.path = b.path AND b.r > 0.05",
                "SELECT path, MAX(r) AS r FROM (" + RATIO + ") GROUP BY path HAVING MAX(r) > 0.05",
                "SELECT path FROM (SELECT path, ROW_NUMBER() OVER (ORDER BY r DESC) AS place FROM ("
                        + RATIO + ")) WHERE place <= 3",
            })
    void conditionsOnAggregatesRestOnNone(String written) {
        String sql = written.replace("ok_q(q)", "CASE WHEN q > 1 THEN TRUE ELSE FALSE END");

        assertThatThrownBy(() -> compile(Shop.CATALOG, sql, "1m"))
                .isInstanceOf(TidewatchException.class)
                .hasMessageContaining("so in a condition on aggregates it is refused: write CAST(");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT path, CAST(SUM(status) AS DOUBLE) / COUNT(*) AS r FROM access GROUP BY path",
                "SELECT path, TRUNCATE(CAST(SUM(status) AS DOUBLE) / COUNT(*)) AS r FROM access GROUP BY path",
                "SELECT path, FLOOR(CAST(bytes AS DOUBLE) / 1000) AS r FROM access GROUP BY path,"
                        + " FLOOR(CAST(bytes AS DOUBLE) / 1000)",
                "SELECT path, SUM(price) / COUNT(*) AS r FROM access GROUP BY path",
                "SELECT path, AVG(status) / 2 AS r FROM access GROUP BY path",
                "SELECT path, MAX(bytes) AS r FROM access WHERE bytes / status > 2 GROUP BY path",
            })
    void otherRatiosAreTakenAsTheyAre(String sql) {
        CompiledQuery query = compile(Shop.CATALOG, sql, "1m");

        assertThat(query.divisions()).isEmpty();
        assertThat(condition(Shop.CATALOG, query, "r > 0.05")).isNotEmpty();
    }

    private static CompiledQuery compile(Catalog catalog, String sql, String window) {
        return new SqlCompiler(catalog).compile(Shop.text(sql), Shop.window(window), List.of());
    }

    private static String condition(Catalog catalog, CompiledQuery query, String text) {
        return new SqlCompiler(catalog).compileCondition(Shop.text(text), query).toString();
    }

    private static Catalog with(Catalog catalog, String name, CompiledQuery query) {
        List<Catalog.Derived> monitors = new ArrayList<>(catalog.monitors());
        monitors.add(Catalog.Derived.of(name, query));
        return new Catalog(catalog.streams(), catalog.tables(), monitors);
    }
}
