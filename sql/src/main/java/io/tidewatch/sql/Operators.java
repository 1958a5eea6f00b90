package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.expression.FunctionDefinition;
import io.tidewatch.kernel.expression.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The operators and functions that a query may use: those that have a syntax of their own, the kernel's functions and
 * aggregates, and the window table functions. Nothing else of Calcite's library is known.
 */
final class Operators {
    /** What the grammar itself makes, and functions with words among their arguments. */
    private static final List<SqlOperator> SYNTAX = List.of(
            SqlStdOperatorTable.AND,
            SqlStdOperatorTable.OR,
            SqlStdOperatorTable.NOT,
            SqlStdOperatorTable.UNARY_MINUS,
            SqlStdOperatorTable.UNARY_PLUS,
            SqlStdOperatorTable.CONCAT,
            SqlStdOperatorTable.IS_NULL,
            SqlStdOperatorTable.IS_NOT_NULL,
            SqlStdOperatorTable.IS_TRUE,
            SqlStdOperatorTable.IS_NOT_TRUE,
            SqlStdOperatorTable.IS_FALSE,
            SqlStdOperatorTable.IS_NOT_FALSE,
            SqlStdOperatorTable.IS_UNKNOWN,
            SqlStdOperatorTable.IS_NOT_UNKNOWN,
            SqlStdOperatorTable.IS_DISTINCT_FROM,
            SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
            SqlStdOperatorTable.BETWEEN,
            SqlStdOperatorTable.NOT_BETWEEN,
            SqlStdOperatorTable.SYMMETRIC_BETWEEN,
            SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
            SqlStdOperatorTable.LIKE,
            SqlStdOperatorTable.NOT_LIKE,
            SqlStdOperatorTable.CASE,
            SqlStdOperatorTable.CAST,
            SqlStdOperatorTable.COALESCE,
            SqlStdOperatorTable.NULLIF,
            SqlLibraryOperators.TRY_CAST,
            SqlLibraryOperators.SAFE_CAST,
            SqlStdOperatorTable.DESCRIPTOR,
            SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.GROUPING,
            SqlStdOperatorTable.GROUPING_ID,
            SqlStdOperatorTable.ROLLUP,
            SqlStdOperatorTable.CUBE,
            SqlStdOperatorTable.GROUPING_SETS,
            SqlStdOperatorTable.ROW,
            SqlStdOperatorTable.VALUES,
            SqlStdOperatorTable.AS,
            SqlStdOperatorTable.DESC,
            SqlStdOperatorTable.NULLS_FIRST,
            SqlStdOperatorTable.NULLS_LAST,
            SqlStdOperatorTable.FILTER,
            SqlStdOperatorTable.OVER,
            SqlStdOperatorTable.UNION_ALL);

    /** Functions of the library with words among their arguments. */
    private static final Set<String> WORDY = Set.of(
            "EXTRACT",
            "TRIM",
            "SUBSTRING",
            "POSITION",
            "FLOOR",
            "CEIL",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "COALESCE",
            "NULLIF");

    private static final Set<String> KNOWN_SYMBOLS = knownSymbols();

    private final Functions functions;
    private final SqlOperatorTable table;
    private final Set<String> functionNames = new TreeSet<>();
    private final Set<String> aggregateNames = new TreeSet<>();

    Operators(Functions functions) {
        this.functions = functions;
        List<SqlOperator> operators = new ArrayList<>(SYNTAX);
        operators.addAll(WindowFunction.ALL);
        operators.addAll(SymbolOperator.ALL);
        for (AggregateFunction function : AggregateFunction.values()) {
            if (!function.isInternal()) {
                operators.add(new AggregateOperator(function.name(), function));
                function.aliases()
                        .forEach(alias -> operators.add(new AggregateOperator(alias, function)));
            }
        }
        for (SqlOperator operator : operators) {
            if (operator instanceof SqlFunction) {
                functionNames.add(operator.getName().toUpperCase(Locale.ROOT));
            }
            if (operator.isAggregator()) {
                aggregateNames.add(operator.getName().toUpperCase(Locale.ROOT));
            }
        }
        for (FunctionDefinition definition : functions.all()) {
            if (functionNames.add(definition.name())) {
                operators.add(new ScalarOperator(definition));
            }
        }
        operators.add(Membership.IN);
        table = new AnyCase(SqlOperatorTables.of(operators));
    }

    /** Whether an operator with a symbol, as the parser made it, is one of ours. */
    static boolean isKnownSymbol(SqlOperator operator) {
        return KNOWN_SYMBOLS.contains(operator.getName());
    }

    private static Set<String> knownSymbols() {
        Set<String> names = new TreeSet<>(List.of("IN", "NOT IN"));
        SYNTAX.forEach(operator -> names.add(operator.getName()));
        SymbolOperator.ALL.forEach(operator -> names.add(operator.getName()));
        return names;
    }

    SqlOperatorTable table() {
        return table;
    }

    /** How a function of the library is called, as a part of a message. */
    String syntax(String upperCaseName) {
        FunctionDefinition definition = functions.byName(upperCaseName);
        return definition == null ? "" : " (expected: " + definition.syntax() + ")";
    }

    /** The names of the library's functions whose arguments are separated by commas, in capitals. */
    Set<String> plainFunctionNames() {
        Set<String> names = new TreeSet<>();
        for (FunctionDefinition definition : functions.all()) {
            if (!WORDY.contains(definition.name())) {
                names.add(definition.name());
            }
        }
        return names;
    }

    /** The names of all functions, in capitals. */
    Set<String> functionNames() {
        return functionNames;
    }

    /** The names of the functions of groups, in capitals. */
    Set<String> aggregateNames() {
        return aggregateNames;
    }

    /** Functions are found whatever their case, also where columns are not. */
    private record AnyCase(SqlOperatorTable table) implements SqlOperatorTable {
        @Override
        public void lookupOperatorOverloads(
                SqlIdentifier name,
                @Nullable SqlFunctionCategory category,
                SqlSyntax syntax,
                List<SqlOperator> found,
                SqlNameMatcher matcher) {
            table.lookupOperatorOverloads(name, category, syntax, found, Names.ANY_CASE);
        }

        @Override
        public List<SqlOperator> getOperatorList() {
            return table.getOperatorList();
        }
    }
}
