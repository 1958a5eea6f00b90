package io.tidewatch.testkit.twin;

import io.tidewatch.alerting.AlertKey;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.testkit.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A key.
 *
 * @param text as outcomes show it
 * @param hash of its canonical bytes
 * @param values per column of GROUP BY, NULL outside the grouping set
 * @param ofAlert the canonical bytes
 */
record TwinKey(String text, long hash, List<@Nullable Object> values, AlertKey ofAlert)
        implements Comparable<TwinKey> {
    /**
     * The key of a grouping set.
     *
     * @param inside per column whether it is in the grouping set
     */
    static TwinKey of(List<Field> columns, List<Boolean> inside, List<@Nullable Object> all) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        long groupingId = 0;
        for (int i = 0; i < columns.size(); i++) {
            groupingId = 2 * groupingId + (inside.get(i) ? 0 : 1);
            if (inside.get(i)) {
                text.add(columns.get(i).name() + "=" + Outcome.text(all.get(i)));
            }
        }
        List<Type> types = kept(columns, inside).stream().map(Field::type).toList();
        List<@Nullable Object> values = kept(all, inside);
        Column[] row = new Column[types.size()];
        for (int i = 0; i < row.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i), 1);
            Values.append(types.get(i), builder, values.get(i));
            row[i] = builder.build();
        }
        ByteWriter out = new ByteWriter(32);
        new KeyEncoder(0, groupingId, types).encode(row, 0, out);
        long hash = Hash.of(out.array(), 0, out.size());
        Object[] shown = new Object[all.size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = inside.get(i) ? all.get(i) : null;
        }
        AlertKey bytes = new AlertKey(out.copyBytes(), KeyGroups.of(hash));
        return new TwinKey(text.toString(), hash, Arrays.asList(shown), bytes);
    }

    int keyGroup() {
        return KeyGroups.of(hash);
    }

    /** The keys that stay within a limit come first. */
    @Override
    public int compareTo(TwinKey other) {
        int byHash = Long.compareUnsigned(hash, other.hash);
        return byHash != 0 ? byHash : text.compareTo(other.text);
    }

    private static <T extends @Nullable Object> List<T> kept(List<T> all, List<Boolean> inside) {
        java.util.ArrayList<T> kept = new java.util.ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (inside.get(i)) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }
}
