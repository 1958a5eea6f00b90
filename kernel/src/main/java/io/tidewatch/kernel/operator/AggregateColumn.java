package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.aggregate.AggregateCall;
import java.util.List;

/**
 * An aggregate over columns of the projected row.
 *
 * @param call the aggregate
 * @param arguments the columns of the projected row that it reads
 * @param filter the BOOLEAN column of the projected row that must be TRUE (FILTER), or −1; the arguments are evaluated
 *     only for rows that pass
 */
public record AggregateColumn(AggregateCall call, List<Integer> arguments, int filter) {
    public AggregateColumn {
        requireNonNull(call, "call");
        arguments = List.copyOf(arguments);
    }
}
