package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.AggregateCall;
import io.tidewatch.kernel.aggregate.AggregateFunction;
import io.tidewatch.kernel.aggregate.AggregateLimits;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Which accumulators the groups of an aggregation have: those that the query asks for, then those that sessions, listed
 * rows and alerts need. Partial and final stage are made from equal layouts.
 */
final class GroupLayout {
    private final Aggregation aggregation;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<Type> keyTypes;
    private final int firstTime;
    private final int lastTime;
    private final int listedRows;
    private final int latestPane;
    private final int exemplars;
    private final int positions;

    GroupLayout(Aggregation aggregation, List<Type> projectedTypes, boolean alerts) {
        this.aggregation = aggregation;
        keyTypes = List.copyOf(projectedTypes.subList(0, aggregation.keyCount()));
        aggregation.aggregates().forEach(aggregate -> calls.add(aggregate.call()));
        listedRows = aggregation.listsRows() ? addRows(projectedTypes) : -1;
        boolean session = aggregation.windowing() instanceof Windowing.Session;
        boolean panes = aggregation.windowing() instanceof Windowing.Grid;
        firstTime = session ? add(AggregateFunction.MIN, List.of(Type.TIMESTAMP)) : -1;
        lastTime = session ? add(AggregateFunction.MAX, List.of(Type.TIMESTAMP)) : -1;
        latestPane =
                alerts && panes ? add(AggregateFunction.LATEST_PANE, List.of(Type.TIMESTAMP)) : -1;
        exemplars = alerts ? add(AggregateFunction.EXEMPLARS, List.of()) : -1;
        positions = alerts && session ? add(AggregateFunction.POSITIONS, List.of()) : -1;
    }

    List<Type> keyTypes() {
        return keyTypes;
    }

    /** What makes the keys of each grouping set. */
    List<KeyEncoder> keyEncoders() {
        List<KeyEncoder> encoders = new ArrayList<>();
        for (int set = 0; set < aggregation.groupingSets().size(); set++) {
            int columns = aggregation.groupingSets().get(set).size();
            encoders.add(new KeyEncoder(0, groupingId(set), columns));
        }
        return encoders;
    }

    /** The GROUPING_ID of a grouping set: a one for each key column outside it. */
    long groupingId(int set) {
        long groupingId = (1L << aggregation.keyCount()) - 1;
        for (int key : aggregation.groupingSets().get(set)) {
            groupingId &= ~(1L << (aggregation.keyCount() - 1 - key));
        }
        return groupingId;
    }

    Aggregation aggregation() {
        return aggregation;
    }

    List<AggregateCall> calls() {
        return calls;
    }

    /** How many of the calls the query asks for; they come first. */
    int askedCount() {
        return aggregation.aggregates().size();
    }

    /** The call that keeps the least window time of a session's rows, or −1. */
    int firstTime() {
        return firstTime;
    }

    /** The call that keeps the greatest window time of a session's rows, or −1. */
    int lastTime() {
        return lastTime;
    }

    /** The call that keeps the projected rows, or −1. */
    int listedRows() {
        return listedRows;
    }

    /** The call that keeps the greatest start of a pane that held a row, or −1. */
    int latestPane() {
        return latestPane;
    }

    /** The call that keeps exemplars, or −1. */
    int exemplars() {
        return exemplars;
    }

    /** The call that keeps the positions of the rows of a session, or −1: other windows keep them for all keys. */
    int positions() {
        return positions;
    }

    private int addRows(List<Type> projectedTypes) {
        AggregateLimits limits = AggregateLimits.DEFAULT.withRowsMax(aggregation.listedRowsMax());
        calls.add(AggregateFunction.ROWS.resolve(projectedTypes, false, List.of(), limits));
        return calls.size() - 1;
    }

    private int add(AggregateFunction function, List<Type> argumentTypes) {
        calls.add(function.resolve(argumentTypes, false, List.of(), AggregateLimits.DEFAULT));
        return calls.size() - 1;
    }
}
