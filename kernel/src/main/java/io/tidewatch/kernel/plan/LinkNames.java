package io.tidewatch.kernel.plan;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.View;
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people call the columns of the rows within a job: names where there are some, else SQL. */
final class LinkNames {
    private final JobPlan plan;

    LinkNames(JobPlan plan) {
        this.plan = plan;
    }

    /** The names of the columns of the rows that a shape makes; see {@link Shape}. */
    List<String> shaped(JobLink link, View view) {
        Shape shape = link.definition().shape();
        if (shape instanceof Join) {
            return pairs(projected(link, 0), projected(link, 1));
        }
        List<String> projected = projected(link, 0);
        List<String> names = new ArrayList<>();
        if (shape instanceof Aggregation aggregation) {
            names.addAll(projected.subList(0, aggregation.keyCount()));
            names.add("GROUPING_ID");
            for (int aggregate : view.aggregates()) {
                names.add(aggregate(link, aggregation.aggregates().get(aggregate)));
            }
            if (aggregation.listsRows()) {
                names.addAll(projected);
            }
        } else {
            names.addAll(projected);
        }
        if (shape instanceof TopN) {
            names.add("ROW_NUMBER()");
        }
        names.addAll(List.of("window_start", "window_end"));
        return names;
    }

    /** The columns of the projected row of an input, as SQL. */
    List<String> projected(JobLink link, int input) {
        LinkInput definition = link.definition().inputs().get(input);
        List<String> names = joined(link.sources().get(input), definition);
        return definition.columns().stream()
                .map(column -> {
                    String text = named(column, names);
                    return text.contains(" ") ? "(" + text + ")" : text;
                })
                .toList();
    }

    String aggregate(JobLink link, AggregateColumn aggregate) {
        LinkInput input = link.definition().inputs().get(0);
        List<String> names = joined(link.sources().get(0), input);
        StringBuilder words = new StringBuilder(aggregate.call().toString());
        if (!aggregate.arguments().isEmpty()) {
            List<Expression> arguments = new ArrayList<>();
            aggregate
                    .arguments()
                    .forEach(argument -> arguments.add(input.columns().get(argument)));
            words.append(" of ").append(named(arguments, names));
        }
        if (aggregate.filter() >= 0) {
            words.append(" where ").append(named(input.columns().get(aggregate.filter()), names));
        }
        return words.toString();
    }

    /** The names of the columns of an input's joined row. */
    List<String> joined(JobSource source, LinkInput input) {
        List<String> names = new ArrayList<>();
        if (source instanceof JobSource.Stream stream) {
            names.addAll(of(plan.streams().get(stream.stream()).schema()));
        } else if (source instanceof JobSource.Views views) {
            ViewReference first = views.views().get(0);
            View view = plan.links().get(first.link()).views().get(first.view());
            names.addAll(of(view.output().schemaWithWindow()));
        }
        if (input.expansion() != null) {
            names.addAll(List.of("window_start", "window_end"));
        }
        for (Lookup lookup : input.lookups()) {
            names.addAll(of(requireNonNull(plan.tables().get(lookup.table())).schema()));
        }
        return names;
    }

    static List<String> pairs(List<String> left, List<String> right) {
        List<String> names = new ArrayList<>();
        left.forEach(name -> names.add("left." + name));
        right.forEach(name -> names.add("right." + name));
        names.addAll(List.of("window_start", "window_end"));
        return names;
    }

    static List<String> of(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }

    static String named(List<Expression> expressions, List<String> names) {
        return expressions.stream()
                .map(expression -> named(expression, names))
                .collect(Collectors.joining(", "));
    }

    /** An expression as SQL. */
    static String named(Expression expression, List<String> names) {
        return expression.toSql(names::get);
    }
}
