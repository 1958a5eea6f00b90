package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlansTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "expressions",
                "aggregations",
                "windows",
                "chains",
                "joins",
                "names",
                "constants",
                "vain"
            })
    void queriesBecomeTheLinksThatAreExpected(String topic) {
        assertThat(CaseFile.of("plans/" + topic + ".txt").differences(Shop::planOrMessage))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syntax",
                "names",
                "types",
                "forms",
                "windows",
                "slips",
                "vain",
                "dialects-operators",
                "dialects-types",
                "dialects-clauses",
                "dialects-names",
                "dialects-functions"
            })
    void queriesAreRefusedWithPlaceReasonAndRemedy(String topic) {
        assertThat(CaseFile.of("refusals/" + topic + ".txt").differences(Shop::planOrMessage))
                .isEmpty();
    }

    @Test
    void equalBranchesGiveTheirRowsEach() {
        String sql = "SELECT path FROM access UNION ALL SELECT path FROM access";
        CompiledQuery query =
                new SqlCompiler(Shop.CATALOG).compile(Shop.text(sql), null, java.util.List.of());

        assertThat(query.branches()).containsExactly(0, 1);
    }

    @Test
    void equalLinksOfOneQueryAreMadeOnce() {
        String sql = "WITH n AS (SELECT path, COUNT(*) AS n FROM access GROUP BY path) "
                + "SELECT a.path, a.n FROM n AS a JOIN (SELECT MAX(n) AS n FROM n) AS m ON a.n = m.n";
        CompiledQuery query = new SqlCompiler(Shop.CATALOG)
                .compile(Shop.text(sql), Shop.window("1m"), java.util.List.of());

        assertThat(query.links()).hasSize(3);
    }
}
