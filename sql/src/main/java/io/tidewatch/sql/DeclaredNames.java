package io.tidewatch.sql;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;

/** How a column that a query names in other letters, upper or lower, is declared. */
final class DeclaredNames {
    private DeclaredNames() {}

    /** The name of a column of {@code node} where it comes from, as far down as it has the same name in any case. */
    static String of(RelNode node, int column, String written) {
        RelNode current = node;
        int index = column;
        String name = written;
        while (true) {
            if (current instanceof Project project) {
                if (!(project.getProjects().get(index) instanceof RexInputRef reference)) {
                    return name;
                }
                current = project.getInput();
                index = reference.getIndex();
            } else if (current instanceof Filter || current instanceof Sort) {
                current = current.getInput(0);
            } else if (current instanceof Aggregate aggregate
                    && index < aggregate.getGroupSet().cardinality()) {
                index = aggregate.getGroupSet().nth(index);
                current = aggregate.getInput();
            } else if (current instanceof Join join) {
                int left = join.getLeft().getRowType().getFieldCount();
                current = index < left ? join.getLeft() : join.getRight();
                index = index < left ? index : index - left;
            } else {
                return name;
            }
            String below = current.getRowType().getFieldNames().get(index);
            if (!below.equalsIgnoreCase(written)) {
                return name;
            }
            name = below;
        }
    }
}
