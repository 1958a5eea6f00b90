package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.jspecify.annotations.Nullable;

/** What a relational operator gives to the one above it. */
sealed interface Part permits Flow, Part.Ranking, Part.TableRows {
    List<String> names();

    /**
     * Columns of a reference table, which waits for a join.
     *
     * @param columns over the table's columns
     * @param filter over the table's columns
     */
    record TableRows(
            Relations.Relation table,
            List<Expression> columns,
            @Nullable Expression filter,
            List<String> names)
            implements Part {
        public TableRows {
            columns = List.copyOf(columns);
            names = List.copyOf(names);
        }

        List<Type> types() {
            return Substitution.types(columns);
        }
    }

    /**
     * Rows that are numbered, which wait for the filter that keeps the first of them.
     *
     * @param input the rows
     * @param over the numbering
     * @param columns over the columns of {@code input}, then the rank
     */
    record Ranking(Flow input, RexOver over, List<RexNode> columns, List<String> names)
            implements Part {
        public Ranking {
            columns = List.copyOf(columns);
            names = List.copyOf(names);
        }
    }
}
