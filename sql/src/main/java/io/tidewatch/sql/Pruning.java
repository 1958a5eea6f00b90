package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.KeyHead;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.RowSource;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.operator.TopN;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes out of links what nothing reads: columns of their rows, aggregates, and columns of their projected rows. */
final class Pruning {
    private final List<Link> links;
    private final List<Integer> branches;

    private Pruning(List<Link> links, List<Integer> branches) {
        this.links = new ArrayList<>(links);
        this.branches = branches;
    }

    /** The same links without what no result and no key needs. */
    static List<Link> pruned(List<Link> links, List<Integer> branches) {
        Pruning pruning = new Pruning(links, branches);
        for (int i = links.size() - 1; i >= 0; i--) {
            pruning.prune(i);
        }
        return pruning.links;
    }

    private void prune(int number) {
        Link link = links.get(number);
        int width = link.output().columns().size();
        Renumbering kept =
                branches.contains(number) ? Renumbering.all(width) : readColumns(number, width);
        LinkOutput output = new LinkOutput(
                link.output().having(),
                kept.of(link.output().columns()),
                link.output().key(),
                link.output().hidden(),
                link.output().head());
        links.set(number, shapePruned(new Link(link.inputs(), link.shape(), output)));
        for (int reader = number + 1; reader < links.size(); reader++) {
            renumberReader(reader, number, kept);
        }
    }

    private Renumbering readColumns(int number, int width) {
        Set<Integer> read = new TreeSet<>();
        for (Link reader : links.subList(number + 1, links.size())) {
            for (LinkInput input : reader.inputs()) {
                if (input.source().equals(new RowSource.OfLink(number))) {
                    expressions(input).forEach(expression -> expression.forEachColumn(read::add));
                }
            }
        }
        read.removeIf(column -> column >= width);
        return Renumbering.of(read, width);
    }

    private static List<Expression> expressions(LinkInput input) {
        List<Expression> expressions = new ArrayList<>(input.columns());
        if (input.filter() != null) {
            expressions.add(input.filter());
        }
        if (input.expansion() != null) {
            expressions.add(input.expansion().time());
        }
        input.lookups().forEach(lookup -> expressions.addAll(lookup.keys()));
        return expressions;
    }

    private void renumberReader(int reader, int number, Renumbering kept) {
        Link link = links.get(reader);
        List<LinkInput> inputs = new ArrayList<>();
        for (LinkInput input : link.inputs()) {
            boolean reads = input.source().equals(new RowSource.OfLink(number));
            inputs.add(reads ? renumbered(input, kept::newIndex) : input);
        }
        links.set(reader, new Link(inputs, link.shape(), link.output()));
    }

    private static LinkInput renumbered(LinkInput input, IntUnaryOperator index) {
        Expansion expansion = input.expansion() == null
                ? null
                : new Expansion(
                        input.expansion().windows(),
                        Renumbering.apply(input.expansion().time(), index));
        List<Lookup> lookups = input.lookups().stream()
                .map(lookup -> new Lookup(
                        lookup.table(),
                        Renumbering.apply(lookup.keys(), index),
                        lookup.tableColumns(),
                        lookup.keepsUnmatched()))
                .toList();
        return new LinkInput(
                input.source(),
                expansion,
                lookups,
                input.filter() == null ? null : Renumbering.apply(input.filter(), index),
                Renumbering.apply(input.columns(), index));
    }

    private static Link shapePruned(Link link) {
        Set<Integer> read = new TreeSet<>();
        LinkOutput output = link.output();
        if (output.having() != null) {
            output.having().forEachColumn(read::add);
        }
        output.columns().forEach(column -> column.expression().forEachColumn(read::add));
        output.key().forEach(column -> column.expression().forEachColumn(read::add));
        heads(output.head()).forEach(expression -> expression.forEachColumn(read::add));
        Shape shape = link.shape();
        if (shape instanceof Aggregation aggregation) {
            return aggregation.listsRows()
                    ? listing(link, aggregation, read)
                    : aggregation(link, aggregation, read);
        }
        if (shape instanceof TopN topN) {
            return topN(link, topN, read);
        }
        if (shape instanceof Join join) {
            return join(link, join, read);
        }
        int width = link.inputs().get(0).columns().size();
        Renumbering columns = Renumbering.of(below(read, width), width);
        return new Link(inputs(link, columns), shape, output(output, columns::newIndex));
    }

    private static Link aggregation(Link link, Aggregation aggregation, Set<Integer> read) {
        int first = aggregation.keyCount() + 1;
        List<AggregateColumn> calls = new ArrayList<>();
        Set<Integer> keptShaped = new TreeSet<>();
        Set<Integer> keptProjected = new TreeSet<>();
        for (int i = 0; i < first; i++) {
            keptShaped.add(i);
        }
        addKeys(keptProjected, aggregation);
        for (int i = 0; i < aggregation.aggregates().size(); i++) {
            AggregateColumn call = aggregation.aggregates().get(i);
            if (read.contains(first + i)) {
                calls.add(call);
                keptShaped.add(first + i);
                keptProjected.addAll(call.arguments());
                if (call.filter() >= 0) {
                    keptProjected.add(call.filter());
                }
            }
        }
        int shapedWidth = first + aggregation.aggregates().size();
        Renumbering shaped = Renumbering.of(keptShaped, shapedWidth);
        Renumbering projected =
                Renumbering.of(keptProjected, link.inputs().get(0).columns().size());
        List<AggregateColumn> renumbered = calls.stream()
                .map(call -> new AggregateColumn(
                        call.call(),
                        call.arguments().stream().map(projected::newIndex).toList(),
                        call.filter() < 0 ? -1 : projected.newIndex(call.filter())))
                .toList();
        Aggregation shape = with(aggregation, projected, renumbered);
        return new Link(inputs(link, projected), shape, output(link.output(), shaped::newIndex));
    }

    private static void addKeys(Set<Integer> projected, Aggregation aggregation) {
        for (int i = 0; i < aggregation.keyCount(); i++) {
            projected.add(i);
        }
        if (aggregation.timeColumn() >= 0) {
            projected.add(aggregation.timeColumn());
        }
    }

    private static Aggregation with(
            Aggregation aggregation, Renumbering projected, List<AggregateColumn> calls) {
        int timeColumn =
                aggregation.timeColumn() < 0 ? -1 : projected.newIndex(aggregation.timeColumn());
        return new Aggregation(
                aggregation.windowing(),
                timeColumn,
                aggregation.keyCount(),
                aggregation.groupingSets(),
                calls,
                aggregation.listedRowsMax());
    }

    private static Link listing(Link link, Aggregation aggregation, Set<Integer> read) {
        int first = aggregation.keyCount() + 1;
        int width = link.inputs().get(0).columns().size();
        Set<Integer> kept = new TreeSet<>();
        addKeys(kept, aggregation);
        for (int column : below(read, first + width)) {
            if (column >= first) {
                kept.add(column - first);
            }
        }
        Renumbering projected = Renumbering.of(kept, width);
        return new Link(
                inputs(link, projected),
                with(aggregation, projected, List.of()),
                output(
                        link.output(),
                        index ->
                                index < first ? index : first + projected.newIndex(index - first)));
    }

    private static Link topN(Link link, TopN topN, Set<Integer> read) {
        int width = link.inputs().get(0).columns().size();
        Set<Integer> kept = new TreeSet<>(below(read, width));
        kept.addAll(topN.partitionColumns());
        topN.orders().forEach(order -> kept.add(order.column()));
        Renumbering columns = Renumbering.of(kept, width);
        List<TopN.Order> orders = topN.orders().stream()
                .map(order -> new TopN.Order(
                        columns.newIndex(order.column()), order.descending(), order.nullsFirst()))
                .toList();
        TopN shape = new TopN(
                topN.partitionColumns().stream().map(columns::newIndex).toList(),
                orders,
                topN.limit());
        return new Link(inputs(link, columns), shape, output(link.output(), columns::newIndex));
    }

    private static Link join(Link link, Join join, Set<Integer> readByOutput) {
        int ofLeft = link.inputs().get(0).columns().size();
        int ofRight = link.inputs().get(1).columns().size();
        Set<Integer> read = new TreeSet<>(readByOutput);
        if (join.condition() != null) {
            join.condition().forEachColumn(read::add);
        }
        Set<Integer> left = new TreeSet<>();
        Set<Integer> right = new TreeSet<>();
        for (int i = 0; i < join.keyCount(); i++) {
            left.add(i);
            right.add(i);
        }
        for (int column : below(read, ofLeft + ofRight)) {
            (column < ofLeft ? left : right).add(column < ofLeft ? column : column - ofLeft);
        }
        Renumbering leftColumns = Renumbering.of(left, ofLeft);
        Renumbering rightColumns = Renumbering.of(right, ofRight);
        IntUnaryOperator shaped = index -> index < ofLeft
                ? leftColumns.newIndex(index)
                : leftColumns.size() + rightColumns.newIndex(index - ofLeft);
        Join shape = new Join(
                join.keyCount(),
                join.condition() == null ? null : Renumbering.apply(join.condition(), shaped),
                join.keepsUnmatched());
        return new Link(
                List.of(input(link, leftColumns, 0), input(link, rightColumns, 1)),
                shape,
                output(link.output(), shaped));
    }

    private static Set<Integer> below(Set<Integer> columns, int width) {
        Set<Integer> below = new TreeSet<>(columns);
        below.removeIf(column -> column >= width);
        return below;
    }

    private static List<LinkInput> inputs(Link link, Renumbering columns) {
        List<LinkInput> inputs = new ArrayList<>();
        for (int i = 0; i < link.inputs().size(); i++) {
            inputs.add(input(link, columns, i));
        }
        return inputs;
    }

    private static LinkInput input(Link link, Renumbering columns, int index) {
        LinkInput input = link.inputs().get(index);
        return new LinkInput(
                input.source(),
                input.expansion(),
                input.lookups(),
                input.filter(),
                columns.of(input.columns()));
    }

    private static LinkOutput output(LinkOutput output, IntUnaryOperator index) {
        return new LinkOutput(
                output.having() == null ? null : Renumbering.apply(output.having(), index),
                renumbered(output.columns(), index),
                renumbered(output.key(), index),
                output.hidden(),
                new KeyHead(
                        renumbered(output.head().branch(), index),
                        renumbered(output.head().groupingId(), index),
                        output.head().branches()));
    }

    private static @Nullable Expression renumbered(
            @Nullable Expression expression, IntUnaryOperator index) {
        return expression == null ? null : Renumbering.apply(expression, index);
    }

    private static List<Expression> heads(KeyHead head) {
        return Stream.of(head.branch(), head.groupingId())
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<OutputColumn> renumbered(
            List<OutputColumn> columns, IntUnaryOperator index) {
        return columns.stream()
                .map(column -> new OutputColumn(
                        column.name(), Renumbering.apply(column.expression(), index)))
                .toList();
    }
}
