package io.tidewatch.sql;

import io.tidewatch.sql.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The names that a query could have meant. */
final class KnownNames {
    private static final Set<String> CLOCK = Set.of(
            "CURRENT_TIMESTAMP",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "LOCALTIMESTAMP",
            "LOCALTIME",
            "NOW",
            "SYSDATE",
            "SYSTIMESTAMP",
            "GETDATE",
            "UTC_TIMESTAMP",
            "PROCTIME",
            "CURDATE",
            "UNIX_TIMESTAMP");

    private static final Set<String> WINDOW_COLUMNS = Set.of("WINDOW_START", "WINDOW_END");

    private static final Set<String> OVER_ROWS = Set.of(
            "LAG", "LEAD", "RANK", "DENSE_RANK", "NTILE", "NTH_VALUE", "PERCENT_RANK", "CUME_DIST");

    private static final Set<String> LISTS = Set.of(
            "STRING_AGG", "LISTAGG", "GROUP_CONCAT", "ARRAY_AGG", "COLLECT", "JSON_ARRAYAGG");

    private static final Pattern NOT_FOUND = Pattern.compile("^(?:Table|Object) '(.*)' not found");

    private final SqlNode query;
    private final List<Token> tokens;
    private final Relations relations;
    private final Operators operators;

    KnownNames(Parser.Parsed parsed, Relations relations, Operators operators) {
        this.query = parsed.node();
        this.tokens = parsed.tokens();
        this.relations = relations;
        this.operators = operators;
    }

    String unknownColumn(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (name.equals("*")) {
            return unknownCallOfStar();
        }
        if (isQuoted(name)) {
            return "unknown column '" + name + "': a text stands in single quotes, as '" + name
                    + "'; double quotes make a name"
                    + Suggestion.didYouMean(name, columns());
        }
        if (CLOCK.contains(upper)) {
            return noClock(name);
        }
        if (WINDOW_COLUMNS.contains(upper)) {
            return "unknown column '" + name
                    + "': only a table function gives it, as in FROM TABLE(TUMBLE(…)); the window:"
                    + " of a monitor adds it to the results, not to the query";
        }
        if (!isCondition() && aliases().stream().anyMatch(name::equalsIgnoreCase)) {
            return "'" + name
                    + "' is a name that SELECT gives, and is not known here: repeat the expression, or put the"
                    + " query into FROM (…) and filter with WHERE";
        }
        if (operators.functionNames().contains(upper)) {
            return "unknown column '" + name + "': as a function it needs parentheses, " + name
                    + "(…)";
        }
        if (columns().stream().anyMatch(name::equalsIgnoreCase)) {
            return "'" + name
                    + "' is not among the columns that can be read here: select it in the subquery of FROM";
        }
        return "unknown column '" + name + "'" + Suggestion.hint(name, columns());
    }

    /** Whether a name is written in double quotes only where people may have meant a text. */
    private boolean isQuoted(String name) {
        return tokens.stream()
                .anyMatch(token -> token.kind() == Kind.QUOTED && token.name().equals(name));
    }

    /** A star is a column to the validator where it does not know the function around it. */
    private String unknownCallOfStar() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            Token function = tokens.get(i);
            boolean ofStar = tokens.get(i + 1).is("(") && tokens.get(i + 2).is("*");
            if (ofStar
                    && function.kind() == Kind.WORD
                    && !operators.functionNames().contains(function.key())) {
                return unknownFunction(function.text());
            }
        }
        return "only COUNT takes a star: write COUNT(*), or the name of a column";
    }

    String unknownColumn(String name, String table) {
        for (Relations.Relation relation : relations.all()) {
            if (relation.name().equalsIgnoreCase(table)) {
                return "'" + table + "' has no column '" + name + "'"
                        + Suggestion.hint(name, columnsOf(relation));
            }
        }
        return "'" + table + "' has no column '" + name + "'"
                + Suggestion.didYouMean(name, columns());
    }

    private static String noClock(String name) {
        return "'" + name
                + "' is not supported, because the same events must always give the same results: use the field"
                + " with the event time";
    }

    /** The declared relation whose columns are not known, if a message says that it is not found. */
    Optional<String> unready(String message) {
        Matcher matcher = NOT_FOUND.matcher(message);
        return matcher.find()
                ? relations.unready().stream()
                        .filter(matcher.group(1)::equalsIgnoreCase)
                        .findFirst()
                : Optional.empty();
    }

    String unknownTable(String name) {
        List<String> candidates = new ArrayList<>(relations.names());
        candidates.addAll(relations.unready());
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i + 1).is("AS") && tokens.get(i).kind() == Kind.WORD) {
                candidates.add(tokens.get(i).text());
            }
        }
        return "unknown stream, table or monitor '" + name + "'"
                + Suggestion.hint(name, candidates);
    }

    String unknownFunction(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String instead = instead(upper);
        if (CLOCK.contains(upper)) {
            return noClock(name);
        }
        if (!instead.isEmpty()) {
            return name + " is not supported: write " + instead;
        }
        if (OVER_ROWS.contains(upper)) {
            return name
                    + " is not supported: only ROW_NUMBER() OVER (…) is, to keep the first rows of each window";
        }
        if (LISTS.contains(upper)) {
            return name
                    + " is not supported: a result has single values; GROUP BY the column to have a row for each";
        }
        return "unknown function '" + name + "'"
                + Suggestion.didYouMean(name, operators.functionNames());
    }

    /** What takes the place of a function of other systems. */
    private static String instead(String upperCaseName) {
        return switch (upperCaseName) {
            case "PERCENTILE_CONT", "PERCENTILE_DISC", "PERCENTILE", "QUANTILE" ->
                "APPROX_PERCENTILE(x, 0.99)";
            case "MEDIAN" -> "APPROX_PERCENTILE(x, 0.5)";
            case "AVERAGE", "MEAN" -> "AVG(x)";
            case "COUNTIF", "COUNT_IF" -> "COUNT(*) FILTER (WHERE …)";
            case "SUMIF" -> "SUM(x) FILTER (WHERE …)";
            case "LOGICAL_AND" -> "BOOL_AND(x)";
            case "LOGICAL_OR" -> "BOOL_OR(x)";
            case "ANY_VALUE" -> "MIN(x)";
            case "ARG_MAX" -> "LAST_VALUE(x), by event time";
            case "ARG_MIN" -> "FIRST_VALUE(x), by event time";
            case "UNIQ" -> "APPROX_COUNT_DISTINCT(x)";
            case "DATE" -> "FLOOR(time TO DAY)";
            case "DATE_FORMAT", "TO_CHAR", "STRFTIME" -> "FORMAT_TIMESTAMP(time, pattern)";
            case "TO_DATE" -> "PARSE_TIMESTAMP(text, pattern)";
            case "YEAR" -> "EXTRACT(YEAR FROM time)";
            case "MONTH" -> "EXTRACT(MONTH FROM time)";
            case "DAY" -> "EXTRACT(DAY FROM time)";
            case "DAYOFWEEK" -> "EXTRACT(DOW FROM time)";
            case "HOUR" -> "EXTRACT(HOUR FROM time)";
            case "MINUTE" -> "EXTRACT(MINUTE FROM time)";
            case "SECOND" -> "EXTRACT(SECOND FROM time)";
            case "DATEADD" -> "TIMESTAMPADD(unit, count, time)";
            case "DATE_ADD" -> "time + INTERVAL '1' DAY";
            case "DATEDIFF", "DATE_DIFF" -> "TIMESTAMPDIFF(unit, from, to)";
            case "TRUNC" -> "TRUNCATE(x)";
            case "POW" -> "POWER(x, y)";
            case "STRPOS", "INSTR" -> "POSITION(part IN text)";
            case "LEN" -> "CHAR_LENGTH(text)";
            case "JSON_VALUE", "JSON_EXTRACT" -> "a field with a path, in the stream's fields";
            default -> "";
        };
    }

    /** Where an aggregate cannot stand, and the remedy. */
    String whereOrCondition() {
        return isCondition()
                ? "a condition: compute it in the query under a name, and compare that"
                : "WHERE, which reads single rows: write HAVING";
    }

    /** How a function is called. */
    String syntax(String name) {
        return operators.syntax(name.toUpperCase(Locale.ROOT));
    }

    String arguments(String name) {
        return WindowFunction.ALL.stream()
                .filter(function -> function.getName().equalsIgnoreCase(name))
                .findFirst()
                .map(function -> " (expected: "
                        + String.join(", ", function.getOperandTypeChecker().paramNames()) + ")")
                .orElse("");
    }

    private boolean isCondition() {
        return tokens.stream().noneMatch(token -> token.is("SELECT"));
    }

    /** The names that SELECT gives to columns. */
    private Set<String> aliases() {
        Set<String> aliases = new LinkedHashSet<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select) {
                    for (SqlNode item : select.getSelectList()) {
                        if (item instanceof SqlCall as && as.getKind() == SqlKind.AS) {
                            aliases.add(as.operand(1).toString());
                        }
                    }
                }
                return super.visit(call);
            }
        });
        return aliases;
    }

    /** The columns of the relations that the query names, and the names that it gives itself. */
    private Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Relations.Relation relation : relations.all()) {
            boolean named =
                    isCondition() || tokens.stream().anyMatch(token -> isNameOf(token, relation));
            if (named) {
                columns.addAll(columnsOf(relation));
            }
        }
        columns.addAll(aliases());
        return columns;
    }

    private static boolean isNameOf(Token token, Relations.Relation relation) {
        return relation.name().equalsIgnoreCase(token.name());
    }

    private static List<String> columnsOf(Relations.Relation relation) {
        return relation.schema().fields().stream().map(field -> field.name()).toList();
    }
}
