package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rows of a relational operator: those of all its pipes, which are the branches of a UNION ALL and have the same column
 * types.
 *
 * @param names of the columns
 */
record Flow(List<Pipe> pipes, List<String> names) implements Part {
    Flow {
        pipes = List.copyOf(pipes);
        names = List.copyOf(names);
    }

    List<Type> types() {
        return Substitution.types(pipes.get(0).columns());
    }

    Flow map(UnaryOperator<Pipe> change, List<String> newNames) {
        return new Flow(pipes.stream().map(change).toList(), newNames);
    }

    Flow project(List<Expression> expressions, List<String> newNames) {
        return map(pipe -> pipe.project(expressions), newNames);
    }

    Flow filter(Expression condition) {
        return map(pipe -> pipe.filter(condition), names);
    }

    /** Whether a column is the start of the window in all pipes. */
    boolean isWindowStart(int column) {
        return pipes.stream().allMatch(pipe -> pipe.isWindowStart(pipe.columns().get(column)));
    }

    boolean isWindowEnd(int column) {
        return pipes.stream().allMatch(pipe -> pipe.isWindowEnd(pipe.columns().get(column)));
    }
}
