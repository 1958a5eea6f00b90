package io.tidewatch.server.assembly;

import io.tidewatch.alerting.AlertKey;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.KeyEncoder;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.config.Instants;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of keys that a configuration lists. */
final class ListedKeys {
    private ListedKeys() {}

    /**
     * The key of plain values as YAML has them.
     *
     * @throws IllegalArgumentException if a value is not of its column's type
     */
    static AlertKey of(List<@Nullable Object> values, Schema keys) {
        Column[] columns = new Column[keys.size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = keys.field(i);
            ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
            Values.append(field.type(), builder, typed(field, values.get(i)));
            columns[i] = builder.build();
        }
        List<Type> types = keys.fields().stream().map(Field::type).toList();
        ByteWriter out = new ByteWriter(64);
        new KeyEncoder(0, 0, types).encode(columns, 0, out);
        byte[] bytes = out.copyBytes();
        return new AlertKey(bytes, KeyGroups.of(Hash.of(bytes, 0, bytes.length)));
    }

    private static @Nullable Object typed(Field field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        try {
            return switch (field.type().kind()) {
                case VARCHAR -> text;
                case BIGINT, INTERVAL, INTERVAL_MONTH -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case DECIMAL -> new BigDecimal(text).setScale(field.type().scale());
                case BOOLEAN -> bool(value);
                case TIMESTAMP -> Instants.parse(text).orElseThrow();
            };
        } catch (ArithmeticException
                | IllegalArgumentException
                | java.util.NoSuchElementException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no " + field.type() + ", which '" + field.name() + "' is",
                    e);
        }
    }

    private static Boolean bool(Object value) {
        if (value instanceof Boolean known) {
            return known;
        }
        throw new IllegalArgumentException("not true or false");
    }
}
