package io.tidewatch.alerting;

import io.tidewatch.kernel.batch.KeyDecoder;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a monitor's key, and how its bytes are read. In the GROUPING_ID of a key the first column has the highest
 * bit; a column whose bit is set is outside the grouping set and not in the key.
 */
public record KeyFields(Schema schema) {
    /** The values by column, in the order of the schema. */
    public Map<String, @Nullable Object> values(AlertKey key) {
        List<Field> present = present(KeyDecoder.groupingId(key.bytes()));
        List<Type> types = present.stream().map(Field::type).toList();
        List<@Nullable Object> values = KeyDecoder.values(key.bytes(), types);
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byName.put(present.get(i).name(), values.get(i));
        }
        return Collections.unmodifiableMap(byName);
    }

    private List<Field> present(long groupingId) {
        if (groupingId == 0) {
            return schema.fields();
        }
        List<Field> present = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if ((groupingId >>> (schema.size() - 1 - i) & 1) == 0) {
                present.add(schema.field(i));
            }
        }
        return present;
    }
}
