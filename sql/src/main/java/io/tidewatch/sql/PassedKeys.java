package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of rows that several feeds pass on as they are: the parts that all have in the same column, or by the same name.
 * Feeds whose keys do not agree have none together.
 */
final class PassedKeys {
    private final List<Feed> feeds;
    private final List<List<Expression>> rows = new ArrayList<>();
    private final List<OutputColumn> keys = new ArrayList<>();

    PassedKeys(List<Feed> feeds) {
        this.feeds = feeds;
        feeds.forEach(feed -> rows.add(new ArrayList<>(feed.columns())));
        List<OutputColumn> first = feeds.get(0).keys();
        boolean agree = feeds.stream().allMatch(feed -> feed.keys().size() == first.size());
        for (int i = 0; i < first.size() && agree; i++) {
            agree = add(first.get(i));
        }
        if (!agree) {
            keys.clear();
        }
    }

    /** What each feed projects: its columns, then the parts of the key that are not among them. */
    List<List<Expression>> rows() {
        return rows;
    }

    /** The key, over what is projected. */
    List<OutputColumn> keys() {
        return keys;
    }

    private boolean add(OutputColumn key) {
        int column = feeds.get(0).columns().indexOf(key.expression());
        List<Expression> parts = new ArrayList<>();
        for (Feed feed : feeds) {
            Expression part = part(feed, key.name(), column);
            if (part == null || !part.type().equals(key.expression().type())) {
                return false;
            }
            parts.add(part);
        }
        keys.add(new OutputColumn(
                key.name(), Expressions.column(place(parts), key.expression().type())));
        return true;
    }

    /** What is in that column, if that is part of the key, or the part of that name. */
    private static @Nullable Expression part(Feed feed, String name, int column) {
        Expression named = null;
        for (OutputColumn key : feed.keys()) {
            if (column >= 0 && key.expression().equals(feed.columns().get(column))) {
                return key.expression();
            }
            if (key.name().equals(name)) {
                named = key.expression();
            }
        }
        return named;
    }

    /** Where all feeds project these parts. */
    private int place(List<Expression> parts) {
        int width = rows.get(0).size();
        for (int i = 0; i < width; i++) {
            boolean isHere = true;
            for (int j = 0; j < rows.size(); j++) {
                isHere &= rows.get(j).get(i).equals(parts.get(j));
            }
            if (isHere) {
                return i;
            }
        }
        for (int j = 0; j < rows.size(); j++) {
            rows.get(j).add(parts.get(j));
        }
        return width;
    }
}
