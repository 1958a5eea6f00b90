package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The key of rows that feeds pass on as they are. Several feeds are branches of a UNION ALL, which the key tells apart. Its
 * parts are those of all feeds, where parts that stand in the same column or have the same name, and the same type, are one;
 * parts that a feed lacks are outside the grouping sets of its rows.
 */
final class PassedKeys {
    private final List<Feed> feeds;
    private final List<List<Expression>> rows = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final RowKey key;

    PassedKeys(List<Feed> feeds) {
        this.feeds = feeds;
        feeds.forEach(feed -> rows.add(new ArrayList<>(feed.columns())));
        this.key = feeds.size() == 1
                ? feeds.get(0).key().map(expression -> placed(List.of(expression)))
                : united();
    }

    /** What each feed projects: its columns, then what of the key is not among them. */
    List<List<Expression>> rows() {
        return rows;
    }

    /** The key, over what is projected. */
    RowKey key() {
        return key;
    }

    /**
     * A part of the common key.
     *
     * @param columns which columns of the first feed that has it hold it
     * @param places which part of each feed's key it is, or −1
     */
    @SuppressWarnings("ArrayRecordComponent") // Written to as feeds are added, never compared.
    private record Part(String name, Type type, Set<Integer> columns, int[] places) {}

    private RowKey united() {
        for (int feed = 0; feed < feeds.size(); feed++) {
            addParts(feed);
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (Part part : parts) {
            List<Expression> expressions = new ArrayList<>();
            for (int feed = 0; feed < feeds.size(); feed++) {
                int place = part.places()[feed];
                expressions.add(
                        place < 0
                                ? Expressions.literal(part.type(), null)
                                : keyPart(feed, place).expression());
            }
            columns.add(new OutputColumn(part.name(), placed(expressions)));
        }
        return branched(columns);
    }

    private RowKey branched(List<OutputColumn> columns) {
        List<@Nullable Expression> groupingIds = new ArrayList<>();
        List<Expression> branches = new ArrayList<>();
        int count = 0;
        boolean grouped = false;
        for (int feed = 0; feed < feeds.size(); feed++) {
            Expression groupingId = groupingId(feed);
            grouped |= groupingId != null;
            groupingIds.add(groupingId);
            RowKey own = feeds.get(feed).key();
            branches.add(GroupingBits.behind(count, own.branch()));
            count = GroupingBits.branches((long) count + own.branches(), SqlParserPos.ZERO);
        }
        List<Expression> numbers = groupingIds.stream()
                .map(id -> id == null ? Expressions.literal(0) : id)
                .toList();
        return new RowKey(columns, grouped ? placed(numbers) : null, placed(branches), count);
    }

    private @Nullable Expression groupingId(int feed) {
        List<@Nullable Expression> bits = new ArrayList<>();
        for (Part part : parts) {
            int place = part.places()[feed];
            bits.add(place < 0 ? Expressions.literal(1) : feeds.get(feed).key().outside(place));
        }
        return GroupingBits.ofKey(bits, SqlParserPos.ZERO);
    }

    private OutputColumn keyPart(int feed, int place) {
        return feeds.get(feed).key().parts().get(place);
    }

    /** Finds the parts of a feed's key among those of the feeds before, by their columns, then by their names. */
    private void addParts(int feed) {
        int count = feeds.get(feed).key().parts().size();
        boolean[] found = new boolean[count];
        match(feed, found, (part, place) -> part.columns().stream()
                .anyMatch(column -> columns(feed, place).contains(column)));
        match(feed, found, (part, place) -> part.name()
                .equals(keyPart(feed, place).name()));
        for (int place = 0; place < count; place++) {
            if (!found[place]) {
                addPart(feed, place);
            }
        }
    }

    private void match(int feed, boolean[] found, BiPredicate<Part, Integer> matches) {
        for (int place = 0; place < found.length; place++) {
            Type type = keyPart(feed, place).expression().type();
            for (Part part : parts) {
                boolean isFree = !found[place] && part.places()[feed] < 0;
                if (isFree && part.type().equals(type) && matches.test(part, place)) {
                    part.places()[feed] = place;
                    found[place] = true;
                }
            }
        }
    }

    private void addPart(int feed, int place) {
        Set<String> taken = new TreeSet<>();
        parts.forEach(part -> taken.add(part.name()));
        OutputColumn own = keyPart(feed, place);
        int[] places = new int[feeds.size()];
        Arrays.fill(places, -1);
        places[feed] = place;
        parts.add(new Part(
                Links.free(own.name(), taken),
                own.expression().type(),
                columns(feed, place),
                places));
    }

    /** The columns of a feed that hold a part of its key. */
    private Set<Integer> columns(int feed, int place) {
        Set<Integer> columns = new TreeSet<>();
        List<Expression> all = feeds.get(feed).columns();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals(keyPart(feed, place).expression())) {
                columns.add(i);
            }
        }
        return columns;
    }

    /** The column in which all feeds project these expressions, one of each; added if there is none. */
    private Expression placed(List<Expression> expressions) {
        Type type = expressions.get(0).type();
        int width = rows.get(0).size();
        for (int i = 0; i < width; i++) {
            boolean isHere = true;
            for (int j = 0; j < rows.size(); j++) {
                Expression here = rows.get(j).get(i).folded();
                isHere &= here.equals(expressions.get(j).folded());
            }
            if (isHere) {
                return Expressions.column(i, type);
            }
        }
        for (int j = 0; j < rows.size(); j++) {
            rows.get(j).add(expressions.get(j));
        }
        return Expressions.column(width, type);
    }
}
