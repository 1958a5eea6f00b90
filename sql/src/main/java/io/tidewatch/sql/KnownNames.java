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

    private static final Set<String> UNITS =
            Set.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");

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
        if (Character.isDigit(name.charAt(0))) {
            return "'" + name + "' is no number and no name: write "
                    + (name.matches("\\d+[a-zA-Zµ]+")
                            ? "an interval as INTERVAL '5' MINUTE, and a number in digits alone"
                            : "a number in digits alone, as 1000, 0.5 or 1.5E30");
        }
        if (name.startsWith("$")) {
            return "unknown column '" + name
                    + "': there are no variables here; a text stands in single quotes, as 'text'";
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
        if (isCondition() && operators.aggregateNames().contains(upper)) {
            return "unknown column '" + name + "': compute it in the query under a name, as "
                    + upper + "(…) AS name, and compare that";
        }
        if (operators.functionNames().contains(upper)) {
            return "unknown column '" + name + "': as a function it needs parentheses, " + name
                    + "(…)"
                    + (UNITS.contains(upper) ? ", and as a unit quotes, '" + name + "'" : "");
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

    /** The name that FROM gives to a relation. */
    private Optional<String> aliasOf(String relation) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            boolean isRead = tokens.get(i - 1).is("FROM") || tokens.get(i - 1).is("JOIN");
            if (isRead && tokens.get(i).name().equalsIgnoreCase(relation)) {
                Token next = tokens.get(tokens.get(i + 1).is("AS") ? i + 2 : i + 1);
                boolean isName = next.kind() == Kind.QUOTED
                        || next.kind() == Kind.WORD && !Parser.isReserved(next.key());
                if (isName) {
                    return Optional.of(next.text());
                }
            }
        }
        return Optional.empty();
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
        if (isCondition()) {
            return "unknown name '" + name
                    + "': the columns of the results stand alone in a condition, without a prefix"
                    + Suggestion.hint(name, columns());
        }
        Optional<String> alias = aliasOf(name);
        if (alias.isPresent()) {
            return "'" + name + "' has another name in this query: write " + alias.get()
                    + " in its place";
        }
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
        if (CLOCK.contains(name.toUpperCase(Locale.ROOT))) {
            return noClock(name);
        }
        return OtherSystems.insteadOfFunction(name)
                .map(instead -> name + " is not supported: " + instead)
                .orElseGet(
                        () -> "unknown function '" + name + "'"
                                + nearestFunction(name)
                                        .map(near -> " (did you mean '" + near + "'?)")
                                        .orElse(
                                                ": the reference of functions and that of aggregates list what there is"));
    }

    private Optional<String> nearestFunction(String name) {
        return Suggestion.nearest(name, operators.functionNames());
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
