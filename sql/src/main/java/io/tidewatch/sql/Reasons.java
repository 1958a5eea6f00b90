package io.tidewatch.sql;

import io.tidewatch.kernel.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says in our words why the validator refuses a query, with what may have been meant. */
final class Reasons {
    private static final Pattern TYPE = Pattern.compile("<([^<>]*(?:<[^<>]*>)?)>");

    /** What a message of the validator says, and our words for it. */
    private record Rule(Pattern pattern, Function<MatchResult, String> words) {}

    private final Parser.Parsed parsed;
    private final KnownNames names;
    private final List<Rule> rules = new ArrayList<>();

    Reasons(Parser.Parsed parsed, Relations relations, Operators operators) {
        this.parsed = parsed;
        this.names = new KnownNames(parsed, relations, operators);
        addNames();
        addAggregates();
        addTypes();
        addForms();
    }

    QueryException toException(CalciteContextException problem) {
        int offset = parsed.map().offset(problem.getPosLine(), problem.getPosColumn());
        String message = problem.getCause() == null
                ? ""
                : String.valueOf(problem.getCause().getMessage());
        Optional<String> unready = names.unready(message);
        if (unready.isPresent()) {
            return QueryException.unready(parsed.map().written().place(offset), unready.get());
        }
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern.matcher(message);
            if (matcher.find()) {
                return parsed.map()
                        .written()
                        .invalid(offset, rule.words.apply(matcher.toMatchResult()));
            }
        }
        return parsed.map()
                .written()
                .failure(
                        ErrorCode.QUERY_INVALID,
                        offset,
                        "'" + fragment(problem)
                                + "' is not valid here: write it in one of the forms that the reference of SQL lists");
    }

    private String fragment(CalciteContextException problem) {
        SqlParserPos pos = new SqlParserPos(
                Math.max(1, problem.getPosLine()),
                Math.max(1, problem.getPosColumn()),
                Math.max(1, problem.getEndPosLine()),
                Math.max(1, problem.getEndPosColumn()));
        String fragment = parsed.map().fragment(pos);
        return fragment.length() > 60 ? fragment.substring(0, 60) + "…" : fragment;
    }

    private void rule(String regex, Function<MatchResult, String> words) {
        rules.add(new Rule(Pattern.compile(regex, Pattern.DOTALL), words));
    }

    private void addNames() {
        rule("^Column '(.*)' not found in any table", match -> names.unknownColumn(match.group(1)));
        rule(
                "^Column '(.*)' not found in table '(.*)'",
                match -> names.unknownColumn(match.group(1), match.group(2)));
        rule("^Unknown identifier '(.*)'", match -> names.unknownColumn(match.group(1)));
        rule("^Unknown field '(.*)'", match -> names.unknownColumn(match.group(1)));
        rule(
                "^Column '(.*)' is ambiguous",
                match -> "column '" + match.group(1)
                        + "' is there more than once: write whose it is, as a." + match.group(1));
        rule("^Table '(.*)' not found", match -> names.unknownTable(match.group(1)));
        rule("^Object '(.*)' not found", match -> names.unknownTable(match.group(1)));
        rule(
                "^No match found for function signature (.+?)\\(",
                match -> names.unknownFunction(match.group(1)));
        rule(
                "^Duplicate relation name '(.*)' in FROM",
                match -> "'" + match.group(1)
                        + "' stands twice in FROM: give one another name with AS");
        rule(
                "^Duplicate name '(.*)' in column alias list",
                match -> "column '" + match.group(1) + "' is named twice: give one another name");
        rule(
                "duplicate column name '(.*?)'",
                match -> "two columns are called '" + match.group(1)
                        + "': give one of them another name with AS");
        rule(
                "^List of column aliases must have same degree",
                match -> "the list of names has another number of columns than the rows");
        rule(
                "^Number of columns must match",
                match -> "the list of names has another number of columns than the query");
        rule(
                "^Unknown datatype name '(.*)'",
                match -> "unknown type '" + match.group(1)
                        + "' (expected: BOOLEAN, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR or TIMESTAMP)");
        rule(
                "^Param '(.*)' not found in function '(.*)'",
                match -> "'" + match.group(1) + "' is no argument of " + match.group(2)
                        + names.arguments(match.group(2)));
        rule(
                "^Duplicate argument name '(.*)'",
                match -> "argument '" + match.group(1) + "' is given twice");
        rule("^Some but not all arguments are named", match -> "name all arguments, or none");
    }

    private void addAggregates() {
        rule("^Expression '(.*)' is not being grouped", match -> {
            String name = match.group(1).substring(match.group(1).lastIndexOf('.') + 1);
            return "'" + name
                    + "' is neither in GROUP BY nor inside an aggregate: add it to GROUP BY, or write"
                    + " LAST_VALUE(" + name + ")";
        });
        rule(
                "^Aggregate expressions cannot be nested",
                match ->
                        "an aggregate cannot be inside another: aggregate in a subquery in FROM first");
        rule("^Aggregate expression is illegal in (.*) clause", match -> switch (match.group(1)) {
            case "WHERE" -> "an aggregate cannot stand in " + names.whereOrCondition();
            default ->
                "an aggregate cannot stand in " + match.group(1)
                        + ": compute it in a subquery in FROM";
        });
        rule(
                "^Windowed aggregate expression is illegal in (.*) clause",
                match -> "ROW_NUMBER cannot stand in " + match.group(1)
                        + ": number the rows in a subquery in FROM, and filter its number with WHERE");
        rule(
                "^FILTER must not contain aggregate",
                match -> "FILTER reads single rows: it cannot contain an aggregate");
        rule(
                "^OVER clause is necessary",
                match ->
                        "ROW_NUMBER needs OVER (expected: ROW_NUMBER() OVER (PARTITION BY … ORDER BY …))");
        rule(
                "^DISTINCT/ALL not allowed with (.*) function",
                match -> "DISTINCT cannot stand before the arguments of " + match.group(1));
        rule(
                "^Argument to (\\w+) operator must be a grouped expression",
                match -> "the argument of " + match.group(1) + " is a column of GROUP BY");
        rule(
                "^(\\w+) operator may only occur in an aggregate query",
                match -> match.group(1) + " is for queries with GROUP BY");
        rule(
                "^Group function '(.*)' can only appear in GROUP BY",
                match -> match.group(1) + " stands in FROM: write FROM TABLE(" + match.group(1)
                        + "(…))");
        rule(
                "^ROLLUP|^CUBE|grouping set",
                match -> "GROUPING SETS, ROLLUP and CUBE stand in GROUP BY alone");
    }

    private void addTypes() {
        rule(
                "^Cannot apply '(.*?)' to arguments of type '(.*?)'\\. Supported",
                match -> "'" + match.group(1) + "' cannot be applied to "
                        + String.join(" and ", types(match.group(2)))
                        + remedy(match.group(1), types(match.group(2))));
        rule(
                "^(WHERE|HAVING|ON|FILTER|QUALIFY) clause must be a condition",
                match ->
                        "not a condition (expected: TRUE or FALSE per row): compare it with something");
        rule(
                "^Expected a boolean type|^.*must be of BOOLEAN type|^Filter expression must be of type BOOLEAN",
                match ->
                        "not a condition (expected: TRUE or FALSE per row): compare it with something");
        rule(
                "^Values passed to (.*) operator must have compatible types",
                match -> "the values of " + match.group(1)
                        + " have types that cannot be compared: CAST them to one");
        rule(
                "^Illegal mixing of types in CASE or COALESCE",
                match ->
                        "the results of CASE, COALESCE or NULLIF have different types: CAST them to one");
        rule(
                "^Cannot infer return type for (\\w+)",
                match -> "the arguments of " + match.group(1)
                        + " have different types: CAST them to one");
        rule(
                "^ELSE clause or at least one THEN clause must be non-NULL",
                match -> "every result of CASE is NULL: write what it is otherwise");
        rule(
                "^Column count mismatch in (.*)",
                match ->
                        "the branches of " + match.group(1) + " have different numbers of columns");
        rule(
                "^Type mismatch in column ([0-9.,]+) of (.*)",
                match -> "column " + match.group(1) + " of the branches of " + match.group(2)
                        + " has different types: CAST them to one");
        rule(
                "^Cast function cannot convert value of type (.*) to type (.*)",
                match -> type(match.group(1)) + " cannot be CAST to " + type(match.group(2))
                        + TypeRemedies.ofCast(type(match.group(1)), type(match.group(2))));
        rule(
                "^Invalid number of arguments to function '(.*)'",
                match -> match.group(1) + " does not take so many arguments"
                        + names.syntax(match.group(1)));
        rule(
                "^Illegal (\\w+) literal '?(.*?)'?: not in format",
                match -> "'" + match.group(2) + "' is no " + match.group(1)
                        + " (expected: as TIMESTAMP '2026-01-31 12:00:00')");
        rule(
                "^Illegal interval literal format '?(.*?)'? for (.*)",
                match -> match.group(1).trim()
                        + " is no interval of this form (expected: as INTERVAL '1' MINUTE or INTERVAL '1 12:30' DAY TO MINUTE)");
        rule(
                "^Interval field value (.*) exceeds precision of (\\w+)",
                match -> "the interval is too long: "
                        + match.group(1).replaceAll("[.,]", "")
                        + " has too many digits (expected: at most 2, or as "
                        + match.group(2) + "(4))");
        rule(
                "[Nn]umeric literal '(.*)' out of range|[Ll]iteral '(.*)' can not be parsed",
                match ->
                        "the number is out of range (expected: at most 18 digits, or a DOUBLE as 1.5E30)");
        rule(
                "precision|scale",
                match ->
                        "this precision is not supported (expected: as DECIMAL(18, 2) or TIMESTAMP(3))");
    }

    private void addForms() {
        rule(
                "^SELECT \\* requires a FROM clause",
                match -> "a query reads something (expected: FROM …)");
        rule(
                "^Table or column alias must be a simple identifier",
                match -> "a name behind AS has no dots");
        rule("^Ordinal out of range", match -> "a number is not a column: write the column's name");
        rule(
                "^Correlat|outer",
                match -> "a subquery cannot see the columns of the query around it: JOIN it");
        rule("^A recursive query|^Recursive", match -> "a WITH query cannot read itself");
        rule(
                "^Illegal use of 'NULL'",
                match -> "NULL has no type here: write CAST(NULL AS VARCHAR), or another type");
        rule(
                "^Argument to function '(.*)' must not be NULL",
                match -> "NULL cannot be an argument of " + match.group(1));
        rule(
                "^Argument to function '(.*)' must be a literal",
                match -> "an argument of " + match.group(1) + " must be a literal");
        rule(
                "^Natural|^NATURAL|USING",
                match -> "USING and NATURAL are not supported: write ON a.key = b.key");
    }

    /** The types in a message of the validator, as the kernel calls them. */
    private static List<String> types(String text) {
        List<String> types = new ArrayList<>();
        Matcher matcher = TYPE.matcher(text);
        while (matcher.find()) {
            types.add(type(matcher.group(1)));
        }
        return types.isEmpty() ? List.of("these types") : types;
    }

    private static String remedy(String operator, List<String> types) {
        return switch (operator) {
            case "AND", "OR", "NOT" -> TypeRemedies.ofLogic();
            case "||" -> TypeRemedies.ofJoinedTexts(types);
            case "LIKE", "NOT LIKE" ->
                ": LIKE compares texts: write CAST(x AS VARCHAR), or another comparison";
            case "-", "+" ->
                ": write CAST(x AS DOUBLE), or CASE WHEN x THEN 1 ELSE 0 END for a truth value";
            default -> ": CAST what does not fit";
        };
    }

    private static String type(String written) {
        String name = written.replaceAll("[<>]", "")
                .replaceAll("\\(.*| NOT NULL", "")
                .trim()
                .toUpperCase(Locale.ROOT);
        return switch (name) {
            case "CHAR", "VARCHAR", "CHARACTER" -> "VARCHAR";
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> "BIGINT";
            case "FLOAT", "REAL", "DOUBLE" -> "DOUBLE";
            case "TIMESTAMP" -> "TIMESTAMP(3)";
            default -> name.startsWith("INTERVAL") ? "INTERVAL" : name;
        };
    }
}
