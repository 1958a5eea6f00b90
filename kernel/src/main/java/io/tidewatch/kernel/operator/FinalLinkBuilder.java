package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Makes the final stage of a link with one or more outputs. */
public final class FinalLinkBuilder {
    private final int link;
    private final Link definition;
    private final boolean alerts;
    private final SideOutput side;
    private final List<GroupShaper.View> views = new ArrayList<>();

    /** @param alerts whether alerts are raised on the rows */
    public FinalLinkBuilder(int link, Link definition, boolean alerts, SideOutput side) {
        this.link = link;
        this.definition = definition;
        this.alerts = alerts;
        this.side = side;
    }

    /**
     * Adds an output.
     *
     * @param aggregates which of the definition's aggregates are its own, in its order
     * @param firstBranch how many branches of the monitor come before those of this output
     * @param names what messages call the columns of the shaped row
     */
    public void add(
            LinkOutput output, List<Integer> aggregates, int firstBranch, List<String> names) {
        OutputProjection projection = new OutputProjection(
                link, views.size(), output, names, definition.makesKey(), firstBranch, side);
        views.add(new GroupShaper.View(
                projection, FinalRows.schemaOf(shapedTypes(aggregates)), aggregates));
    }

    /** @param keysMax how many keys per key group are kept apart */
    public FinalLink build(Lateness lateness, int keysMax) {
        List<Type> projected = definition.inputs().get(0).types();
        if (definition.shape() instanceof Aggregation aggregation) {
            GroupLayout layout = new GroupLayout(aggregation, projected, alerts);
            GroupShaper shaper = new GroupShaper(link, layout, views, side);
            return aggregation.windowing() instanceof Windowing.Session session
                    ? new FinalSessions(shaper, session.gapMillis(), keysMax)
                    : new FinalGroups(
                            shaper,
                            aggregation.windowing() instanceof Windowing.Grid grid
                                    ? grid.windows()
                                    : null,
                            lateness,
                            keysMax);
        }
        OutputProjection projection = views.get(0).projection();
        Schema shaped = views.get(0).shapedSchema();
        if (definition.shape() instanceof TopN topN) {
            return new FinalTopN(projection, shaped, topN, projected, alerts);
        }
        return definition.shape() instanceof Join
                ? new FinalJoin(link, projection, shaped, definition, side)
                : new FinalPassing(projection, shaped);
    }

    private List<Type> shapedTypes(List<Integer> aggregates) {
        List<Type> projected = definition.inputs().get(0).types();
        if (definition.shape() instanceof Aggregation aggregation) {
            return GroupShaper.shapedTypes(aggregation, projected, aggregates);
        }
        List<Type> types = new ArrayList<>(projected);
        if (definition.shape() instanceof TopN) {
            types.add(Type.BIGINT);
        } else if (definition.shape() instanceof Join) {
            types.addAll(definition.inputs().get(1).types());
        }
        types.add(Type.TIMESTAMP);
        types.add(Type.TIMESTAMP);
        return types;
    }
}
