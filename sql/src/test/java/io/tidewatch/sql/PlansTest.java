package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                new SqlCompiler(Shop.CATALOG).compile(Shop.text(sql), null, List.of());

        assertThat(query.branches()).containsExactly(0, 1);
    }

    @Test
    void moreBranchesThanAKeyTellsApartAreRefused() {
        String few =
                String.join(" UNION ALL ", Collections.nCopies(128, "SELECT path FROM access"));
        SqlCompiler compiler = new SqlCompiler(Shop.CATALOG);

        assertThat(compiler.compile(Shop.text(few), null, List.of()).keyPlaces().branches())
                .isEqualTo(128);
        assertThatThrownBy(() -> compiler.compile(
                        Shop.text(few + " UNION ALL SELECT path FROM access"), null, List.of()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("shop.yaml, line 1, column 1")
                .hasMessageContaining("129 branches of UNION ALL");
    }

    @Test
    void moreKeysThanAGroupingIdHasBitsAreRefused() {
        String columns = IntStream.range(0, 63)
                .mapToObj(i -> "status + " + i)
                .collect(Collectors.joining(", "));
        String sql =
                "SELECT COUNT(*) AS n FROM access GROUP BY GROUPING SETS ((" + columns + "), ())";

        assertThatThrownBy(() -> new SqlCompiler(Shop.CATALOG)
                        .compile(Shop.text(sql), Shop.window("1m"), List.of()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("63 columns of several grouping sets (at most 62)");
    }

    @Test
    void equalLinksOfOneQueryAreMadeOnce() {
        String sql = "WITH n AS (SELECT path, COUNT(*) AS n FROM access GROUP BY path) "
                + "SELECT a.path, a.n FROM n AS a JOIN (SELECT MAX(n) AS n FROM n) AS m ON a.n = m.n";
        CompiledQuery query =
                new SqlCompiler(Shop.CATALOG).compile(Shop.text(sql), Shop.window("1m"), List.of());

        assertThat(query.links()).hasSize(3);
    }
}
