package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are called like words of SQL. */
class FieldNamesTest {
    /** Where the name may stand; N is the name, and everything else is fixed. */
    private static final List<String> PLACES = List.of(
            "SELECT N FROM s",
            "SELECT a, N FROM s",
            "SELECT N, a FROM s",
            "SELECT s.N FROM s",
            "SELECT N AS x FROM s",
            "SELECT N x FROM s",
            "SELECT a AS N, N AS b FROM s",
            "SELECT a FROM s WHERE N = 1",
            "SELECT a FROM s WHERE 1 < N",
            "SELECT a FROM s WHERE N IN (1, 2) AND N BETWEEN 0 AND N",
            "SELECT a FROM s WHERE N IS NOT NULL OR NOT N = 2",
            "SELECT -N + N * (N - 1) AS x FROM s",
            "SELECT ABS(N) AS x, COALESCE(N, a) AS y FROM s",
            "SELECT CASE WHEN N = 1 THEN N ELSE N END AS x FROM s",
            "SELECT CASE N WHEN 1 THEN a END AS x FROM s",
            "SELECT CAST(N AS DOUBLE) AS x FROM s",
            "SELECT x FROM (SELECT N AS x FROM s)",
            "SELECT N FROM (SELECT N FROM s)",
            "WITH w AS (SELECT N FROM s) SELECT N FROM w",
            "SELECT p.a FROM s AS p JOIN r ON p.N = r.k",
            "SELECT N, k FROM (s JOIN r ON s.a = r.k)",
            "SELECT s.N AS x FROM ((s JOIN r ON s.a = r.k))");

    private static final List<String> CONDITIONS = List.of(
            "N > 1",
            "1 < N",
            "n = 1 AND N < 3",
            "NOT N = 2",
            "(N > 1) OR n > 2",
            "ABS(N) > 1",
            "-N < 0",
            "N IS NULL",
            "N BETWEEN 1 AND 2",
            "N IN (1, 2)",
            "n > N + 1",
            "CASE WHEN N = 1 THEN n = 1 ELSE n = 2 END");

    private static final List<String> AGGREGATING = List.of(
            "SELECT N, COUNT(*) AS c FROM s GROUP BY N",
            "SELECT SUM(N) AS c, COUNT(DISTINCT N) AS d, MAX(N) AS e FROM s",
            "SELECT COUNT(*) FILTER (WHERE N > 1) AS c FROM s",
            "SELECT a, COUNT(*) AS c FROM s GROUP BY a HAVING MAX(N) > 1",
            "SELECT a, c FROM (SELECT a, MAX(N) AS c FROM s GROUP BY a) WHERE c > 1",
            "SELECT N, a FROM (SELECT N, a FROM s GROUP BY N, a)"
                    + " QUALIFY ROW_NUMBER() OVER (PARTITION BY N ORDER BY N DESC) <= 3");

    /** Those that streams of events have most. */
    private static List<String> usual() {
        return List.of(
                "value",
                "method",
                "user",
                "time",
                "timestamp",
                "date",
                "count",
                "from",
                "to",
                "start",
                "end",
                "position",
                "result");
    }

    @ParameterizedTest
    @MethodSource("usual")
    @ValueSource(
            strings = {
                "current_date",
                "current_timestamp",
                "order",
                "group",
                "by",
                "select",
                "where",
                "table",
                "values",
                "year",
                "month",
                "day",
                "hour",
                "minute",
                "second",
                "interval",
                "key",
                "size",
                "offset",
                "limit",
                "row",
                "rows",
                "window",
                "partition",
                "left",
                "right",
                "join",
                "on",
                "in",
                "as",
                "is",
                "and",
                "or",
                "like",
                "case",
                "when",
                "then",
                "else",
                "min",
                "max",
                "sum",
                "avg",
                "session",
                "tumble",
                "hop",
                "percent",
                "level",
                "class",
                "name",
                "type",
                "status",
                "language",
                "host",
                "path",
                "state",
                "zone",
                "condition",
                "period"
            })
    void theyAreReadWithoutQuotesOrTheRefusalSaysHowToQuoteThem(String name) {
        List<String> wrong = new ArrayList<>();
        for (String place : PLACES) {
            check(name, place, null, wrong);
        }
        for (String place : AGGREGATING) {
            check(name, place, "1m", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("usual")
    void theUsualOnesAreReadEverywhere(String name) {
        for (String place : PLACES) {
            compile(name, place, null);
        }
        for (String place : AGGREGATING) {
            compile(name, place, "1m");
        }
    }

    @Test
    void everyWordOfTheParserIsReadOrTheRefusalSaysHowToQuoteIt() {
        List<String> wrong = new ArrayList<>();
        for (String word :
                Parser.words().stream().filter(word -> word.length() > 2).toList()) {
            check(
                    word.toLowerCase(Locale.ROOT),
                    "SELECT a, N FROM s WHERE N = 1 GROUP BY a, N",
                    "1m",
                    wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyWordOfTheParserIsReadInConditionsOrTheRefusalSaysHowToQuoteIt() {
        List<String> wrong = new ArrayList<>();
        for (String word : Parser.words()) {
            for (String place : CONDITIONS) {
                checkCondition(word.toLowerCase(Locale.ROOT), place, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time",
                "date",
                "timestamp",
                "from",
                "value",
                "user",
                "count",
                "to",
                "start",
                "end",
                "exists",
                "as",
                "null",
                "case",
                "select",
                "and",
                "interval",
                "row",
                "order",
                "group",
                "year",
                "hour",
                "key"
            })
    void theUsualOnesAreReadInConditionsWithoutQuotes(String name) {
        assertThat(condition(name, "N > 1")).hasToString("$1 > 1");
        assertThat(condition(name, "n = 2 AND N > 1")).hasToString("($0 = 2) AND ($1 > 1)");
    }

    @Test
    void aFieldWinsOverAFunctionWithoutParentheses() {
        CompiledQuery query = compile("user", "SELECT N FROM s WHERE N > 1", null);

        assertThat(inputOf(query).columns().get(0)).hasToString("$2");
        assertThat(query.rowSchema().field(0).name()).isEqualTo("user");
    }

    @Test
    void aFunctionOfTheSameNameIsStillCalled() {
        CompiledQuery query = compile("count", "SELECT N, COUNT(*) AS c FROM s GROUP BY N", "1m");

        assertThat(((Aggregation) query.links().get(0).shape())
                        .aggregates()
                        .get(0)
                        .call())
                .hasToString("COUNT(*)");
    }

    @Test
    void aLiteralOfTheSameNameIsStillWritten() {
        CompiledQuery query = compile(
                "timestamp",
                "SELECT N FROM s WHERE at > TIMESTAMP '2026-01-31 00:00:00' AND N > 1",
                null);

        assertThat(String.valueOf(inputOf(query).filter()))
                .isEqualTo("($0 > TIMESTAMP '2026-01-31 00:00:00.000') AND ($2 > 1)");
    }

    @Test
    void unitsAndTypesOfTheSameNameKeepTheirMeaning() {
        CompiledQuery query = compile(
                "hour",
                "SELECT EXTRACT(HOUR FROM at) AS x, N AS y, CAST(N AS TIMESTAMP) AS z, FLOOR(at TO HOUR) AS f,"
                        + " TIMESTAMPADD(HOUR, N, at) AS g, at + INTERVAL '1' HOUR AS h FROM s",
                null);

        assertThat(inputOf(query).columns())
                .hasToString(
                        "[EXTRACT('HOUR', $0), $2, CAST($2 AS TIMESTAMP(3)), FLOOR($0, 'HOUR'),"
                                + " TIMESTAMPADD('HOUR', $2, $0), $0 + INTERVAL '0 01:00:00.000' DAY TO SECOND]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "case",
                "null",
                "true",
                "false",
                "not",
                "when",
                "then",
                "else",
                "end",
                "distinct",
                "select",
                "from",
                "where",
                "exists",
                "unknown",
                "all",
                "interval",
                "s"
            })
    void fieldsOfWhatIsNotReadChangeNothing(String name) {
        for (String sql : WORDS) {
            assertThat(inputOf(unread(name, sql)))
                    .as("%s beside a field '%s'", sql, name)
                    .hasToString(inputOf(unread("other", sql)).toString());
        }
    }

    /** Queries with words that are expressions, or begin one. */
    private static final List<String> WORDS = List.of(
            "SELECT CASE WHEN n > 3 THEN 1 ELSE 0 END AS x FROM s",
            "SELECT CASE -n WHEN 3 THEN -n ELSE -1 END AS x FROM s",
            "SELECT n FROM s WHERE n IS NOT NULL AND n IS NOT DISTINCT FROM -1",
            "SELECT COALESCE(NULLIF(n, 3), NULL) AS x FROM s",
            "SELECT n FROM s WHERE n > 1 AND TRUE",
            "SELECT n FROM s WHERE (n > 1) = TRUE OR FALSE",
            "SELECT n FROM s WHERE NOT -n > 3",
            "SELECT x FROM (SELECT -n AS x FROM s)",
            "SELECT x FROM (SELECT * FROM (SELECT n AS x FROM s))",
            "SELECT EXTRACT(HOUR FROM ts) AS x FROM s",
            "SELECT p.n FROM s AS p JOIN r ON p.n = r.k");

    private static CompiledQuery unread(String name, String sql) {
        Schema read = Schema.of(new Field("ts", Type.TIMESTAMP), new Field("n", Type.BIGINT));
        Schema other = Schema.of(new Field("ts", Type.TIMESTAMP), new Field(name, Type.BIGINT));
        Schema table = Schema.of(new Field("k", Type.BIGINT));
        Catalog catalog = new Catalog(
                List.of(
                        new Catalog.Stream("s", read, 0),
                        new Catalog.Stream("case", other, 0),
                        new Catalog.Stream("tickets", other, 0)),
                List.of(new Catalog.Table("r", table)),
                List.of());
        return new SqlCompiler(catalog).compile(Shop.text(sql), null, List.of());
    }

    /** It is refused for what it does, and not for the name of the field. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT s.n, N FROM s JOIN r ON s.n = r.k, tickets",
                "SELECT s.n, N FROM s JOIN r ON s.n = r.k AND r.k IN (1, 2), tickets AS t",
                "SELECT s.n, N FROM s JOIN r ON COALESCE(s.n, 1) = r.k, tickets",
                "SELECT s.n, N FROM s JOIN r ON s.n = r.k JOIN r AS q ON s.n = q.k, tickets",
            })
    void fieldsOfWhatStandsBehindTheConditionOfAJoinAreRead(String sql) {
        for (String name : List.of("from", "order", "when", "end")) {
            assertThatThrownBy(() -> unread(name, sql.replaceAll("\\bN\\b", name)))
                    .hasMessageContaining("every row with every row is not supported");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case     | CASE WHEN n > 3 THEN n = 1 ELSE n = 2 END",
                "null     | n IS NOT NULL AND n = 1",
                "true     | (n > 3) IS NOT TRUE",
                "false    | (n > 3) IS FALSE",
                "distinct | n IS NOT DISTINCT FROM 3",
                "not      | n NOT IN (1, 2) AND NOT (n > 3)",
            })
    void whereTheWordAloneIsPossibleItIsMeant(String name, String text) {
        assertThat(condition(name, text)).hasToString(condition("other", text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | n > 1 AND COALESCE(n, NULL) > 1 | CAST(NULLIF(1, 1) AS VARCHAR), or another type",
                "true | n > 1 AND TRUE | (1 = 1)",
                "true | (n > 1) = TRUE | (1 = 1)",
                "false | n > 1 OR FALSE | (1 = 0)",
            })
    void whereTheValueAndTheColumnArePossibleBothWaysAreShown(
            String name, String text, String instead) {
        assertThatThrownBy(() -> condition(name, text))
                .hasMessageEndingWith(
                        "' is a word of SQL and the name of a column here: for the column write \""
                                + name + "\", and for the value write " + instead);
        assertThat(condition(name, text.replaceAll("(?i)\\b" + name + "\\b", valueOf(instead))))
                .isNotNull();
        assertThat(condition("other", text)).isNotNull();
    }

    /** What a message says to write for a value; of a NULL the type that fits here. */
    private static String valueOf(String instead) {
        return instead.startsWith("CAST") ? "CAST(NULLIF(1, 1) AS BIGINT)" : instead;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not  | NOT -n > 3 | NOT (-n > 3)",
                "case | CASE -n WHEN 3 THEN n = 1 ELSE n = 2 END | CASE (-n) WHEN 3 THEN n = 1 ELSE n = 2 END",
            })
    void aWordInFrontOfASignIsNotGuessed(String name, String text, String instead) {
        assertThatThrownBy(() -> condition(name, text))
                .hasMessageContaining("for the column write \"" + name + "\"")
                .hasMessageEndingWith("for the word put what stands behind it into parentheses");
        assertThat(condition(name, instead))
                .hasToString(condition("other", text).toString());
    }

    @Test
    void aStarIsSelectedBesideAFieldSelect() {
        assertThat(inputOf(compile("select", "SELECT * FROM (SELECT * FROM s)", null))
                        .columns())
                .hasToString("[$0, $1, $2]");
    }

    @Test
    void messagesPointToThePlaceInTheWrittenText() {
        String sql = "SELECT from, user,\n  time, value, pth FROM s";
        Schema schema = Schema.of(
                new Field("at", Type.TIMESTAMP),
                new Field("from", Type.BIGINT),
                new Field("user", Type.BIGINT),
                new Field("time", Type.BIGINT),
                new Field("value", Type.BIGINT),
                new Field("path", Type.BIGINT));
        Catalog catalog =
                new Catalog(List.of(new Catalog.Stream("s", schema, 0)), List.of(), List.of());

        assertThat(messageOf(catalog, sql))
                .isEqualTo(
                        "shop.yaml, line 2, column 16: unknown column 'pth' (did you mean 'path'?)");
    }

    @Test
    void namesThatDifferInCaseAloneAreReadAsWritten() {
        Schema schema = Schema.of(
                new Field("at", Type.TIMESTAMP),
                new Field("id", Type.BIGINT),
                new Field("ID", Type.BIGINT));
        Catalog catalog =
                new Catalog(List.of(new Catalog.Stream("s", schema, 0)), List.of(), List.of());
        CompiledQuery query = new SqlCompiler(catalog)
                .compile(Shop.text("SELECT ID, id FROM s"), null, List.of());

        assertThat(inputOf(query).columns()).hasToString("[$2, $1]");
    }

    private static String messageOf(Catalog catalog, String sql) {
        try {
            new SqlCompiler(catalog).compile(Shop.text(sql), null, List.of());
            return "";
        } catch (TidewatchException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static LinkInput inputOf(CompiledQuery query) {
        return query.links().get(0).inputs().get(0);
    }

    private static void check(
            String name, String place, @Nullable String window, List<String> wrong) {
        try {
            CompiledQuery query = compile(name, place, window);
            boolean reads = query.links().stream().anyMatch(link -> link.inputs().stream()
                    .anyMatch(input -> (input.columns() + " " + input.filter() + input.lookups())
                            .contains("$2")));
            if (!reads) {
                wrong.add(place + " does not read the field " + name);
            }
        } catch (TidewatchException e) {
            if (!String.valueOf(e.getMessage()).contains("\"" + name + "\"")) {
                wrong.add(place + " with " + name + ": " + e.getMessage());
            }
        }
    }

    private static void checkCondition(String name, String place, List<String> wrong) {
        try {
            Expression read = condition(name, place);
            if (!read.toString().contains("$1")) {
                wrong.add(place + " does not read the field " + name);
            }
        } catch (TidewatchException e) {
            if (!String.valueOf(e.getMessage()).contains("\"" + name + "\"")) {
                wrong.add(place + " with " + name + ": " + e.getMessage());
            }
        }
    }

    private static Expression condition(String name, String place) {
        Schema rows = Schema.of(new Field("n", Type.BIGINT), new Field(name, Type.BIGINT));
        Catalog none = new Catalog(List.of(), List.of(), List.of());
        return new SqlCompiler(none)
                .compileCondition(Shop.text(place.replaceAll("\\bN\\b", name)), rows);
    }

    private static CompiledQuery compile(String name, String place, @Nullable String window) {
        Schema schema = Schema.of(
                new Field("at", Type.TIMESTAMP),
                new Field("a", Type.BIGINT),
                new Field(name, Type.BIGINT));
        Schema table = Schema.of(new Field("k", Type.BIGINT));
        Catalog catalog = new Catalog(
                List.of(new Catalog.Stream("s", schema, 0)),
                List.of(new Catalog.Table("r", table)),
                List.of());
        return new SqlCompiler(catalog)
                .compile(Shop.text(place.replaceAll("\\bN\\b", name)), window(window), List.of());
    }

    private static @Nullable Windowing window(@Nullable String text) {
        return text == null ? null : Shop.window(text);
    }
}
