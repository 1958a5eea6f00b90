package io.tidewatch.sql;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes relational operators of a validated query, and changes nothing else: nothing is simplified, moved or removed. */
final class Conversion {
    private static final SqlToRelConverter.Config SETTINGS = SqlToRelConverter.config()
            .withExpand(false)
            .withDecorrelationEnabled(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRemoveSortInSubQuery(false)
            .withAddJsonTypeOperatorEnabled(false)
            .withRelBuilderConfigTransform(Conversion::literally);

    private Conversion() {}

    private static RelBuilder.Config literally(RelBuilder.Config config) {
        return config.withSimplify(false)
                .withSimplifyValues(false)
                .withSimplifyLimit(false)
                .withBloat(-1)
                .withPruneInputOfAggregate(false)
                .withPushJoinCondition(false)
                .withDedupAggregateCalls(true)
                .withAggregateUnique(true)
                .withConvertCorrelateToJoin(false)
                .withRemoveRedundantDistinct(false);
    }

    static RelRoot convert(
            SqlNode validated,
            Validation validation,
            CalciteCatalogReader relations,
            Places places) {
        TypeFactory types = (TypeFactory) validation.getTypeFactory();
        VolcanoPlanner planner = new VolcanoPlanner(Contexts.empty());
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        return new Converter(validation, relations, cluster, places)
                .convertQuery(validated, false, true);
    }

    /** Remembers where aggregations stand. */
    private static final class Converter extends SqlToRelConverter {
        private final Places places;
        private SqlParserPos current = SqlParserPos.ZERO;

        Converter(
                Validation validation,
                CalciteCatalogReader relations,
                RelOptCluster cluster,
                Places places) {
            super(
                    (rowType, queryString, schemaPath, viewPath) -> {
                        throw new IllegalStateException("no views");
                    },
                    validation,
                    relations,
                    cluster,
                    Convertlets.INSTANCE,
                    SETTINGS);
            this.places = places;
        }

        @Override
        protected void convertAgg(
                Blackboard blackboard,
                SqlSelect select,
                List<SqlNode> orderExpressions,
                List<SqlNode> selectList) {
            SqlNodeList group = select.getGroup();
            current = group == null || group.isEmpty()
                    ? select.getSelectList().getParserPosition()
                    : group.getParserPosition();
            super.convertAgg(blackboard, select, orderExpressions, selectList);
            if (select.getHaving() != null) {
                placeEmpty(blackboard.root(), select.getHaving().getParserPosition());
            }
        }

        /**
         * A condition that is never TRUE leaves nothing of the rows, and is not there itself. What is left of an aggregation that
         * is still there has another cause.
         */
        private void placeEmpty(RelNode node, SqlParserPos having) {
            if (node instanceof Values values && values.getTuples().isEmpty()) {
                places.put(node, having);
            } else if (!(node instanceof Aggregate)) {
                node.getInputs().forEach(input -> placeEmpty(input, having));
            }
        }

        @Override
        protected RelNode createAggregate(
                Blackboard blackboard,
                ImmutableBitSet groupSet,
                ImmutableList<ImmutableBitSet> groupSets,
                List<AggregateCall> calls) {
            RelNode node = super.createAggregate(blackboard, groupSet, groupSets, calls);
            places.put(node, current);
            return node;
        }
    }
}
