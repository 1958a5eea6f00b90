package io.tidewatch.sql;

import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles queries and conditions over the streams, reference tables and monitors of one catalog.
 *
 * <pre>{@code
 * SqlCompiler compiler = new SqlCompiler(catalog);
 * CompiledQuery query = compiler.compile(QueryText.at(position, "SELECT path, COUNT(*) AS n FROM access GROUP BY path"),
 *         new Windowing.Grid(Windows.tumbling(60_000, 0)), List.of());
 * Expression when = compiler.compileCondition(QueryText.at(position, "n > 100"), query);
 * }</pre>
 *
 * <p>Whatever the text, the only exception is a {@link QueryException} whose message begins with the place in the file.
 * Immutable; may be used by several threads.
 */
public final class SqlCompiler {
    private final Catalog catalog;
    private final AggregateLimits limits;
    private final Functions functions = Functions.with(LinearPatterns.INSTANCE);
    private final Operators operators = new Operators(functions);

    /** A compiler of queries whose aggregates have the default limits. */
    public SqlCompiler(Catalog catalog) {
        this(catalog, AggregateLimits.DEFAULT);
    }

    /** A compiler of queries whose aggregates keep at most what the limits say. */
    public SqlCompiler(Catalog catalog, AggregateLimits limits) {
        this.catalog = catalog;
        this.limits = limits;
    }

    /**
     * Compiles the query of a monitor.
     *
     * @param text the query
     * @param window the windows of aggregations whose query names none: the monitor's {@code window:} key
     * @param key the columns that name a row's series, for results without windows: the monitor's {@code key:} key
     * @throws QueryException with the place in the file
     */
    public CompiledQuery compile(QueryText text, @Nullable Windowing window, List<QueryText> key) {
        return new QueryCompilation(catalog, limits, functions, operators, text, window, key).run();
    }

    /**
     * Compiles {@code when} or {@code clear}: a BOOLEAN over the columns of results.
     *
     * @param text an expression
     * @param query which gives the rows that it reads
     * @throws QueryException with the place in the file
     */
    public Expression compileCondition(QueryText text, CompiledQuery query) {
        return new ConditionCompilation(
                        functions,
                        operators,
                        text,
                        query.conditionSchema(),
                        query.readableInConditions(),
                        query.divisions())
                .run();
    }

    /** As {@link #compileCondition(QueryText, CompiledQuery)}, over rows of which no column rests on a division. */
    public Expression compileCondition(QueryText text, Schema rows) {
        List<Integer> all = IntStream.range(0, rows.size()).boxed().toList();
        return new ConditionCompilation(functions, operators, text, rows, all, Map.of()).run();
    }
}
