package io.tidewatch.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/** Finds numberings in expressions. */
final class RexOvers {
    private RexOvers() {}

    /** The one numbering, or {@code null} if there is none. */
    static @Nullable RexOver find(List<RexNode> nodes) {
        List<RexOver> found = new ArrayList<>();
        RexShuttle shuttle = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                if (found.stream().noneMatch(over::equals)) {
                    found.add(over);
                }
                return over;
            }
        };
        nodes.forEach(node -> node.accept(shuttle));
        if (found.size() > 1) {
            throw Refusal.unsupported(
                    Scalars.positionOf(found.get(1)),
                    "a query may number its rows once: put the second ROW_NUMBER into another subquery");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** The expressions with the numbering as column {@code rank}. */
    static List<RexNode> asRank(List<RexNode> nodes, int rank) {
        RexShuttle shuttle = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return new RexInputRef(rank, over.getType());
            }
        };
        return nodes.stream().map(node -> node.accept(shuttle)).toList();
    }
}
