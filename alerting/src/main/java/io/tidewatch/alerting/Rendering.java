package io.tidewatch.alerting;

import io.tidewatch.alerting.template.TemplateContext;
import io.tidewatch.alerting.template.ValueText;
import io.tidewatch.kernel.type.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key and values for templates to render. */
final class Rendering implements TemplateContext {
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<@Nullable Object> values;

    /** The given values may be empty, if none are known. */
    Rendering(AlertSpec spec, Map<String, @Nullable Object> key, List<@Nullable Object> values) {
        this.values = values;
        for (Field field : spec.keys().schema().fields()) {
            Object value = key.get(field.name());
            if (value != null) {
                labels.put(field.name(), ValueText.of(field.type(), value));
            }
        }
    }

    /** The columns of the key that are not NULL, as texts; a copy. */
    Map<String, String> keyLabels() {
        return new LinkedHashMap<>(labels);
    }

    boolean hasValues() {
        return !values.isEmpty();
    }

    @Override
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    @Override
    public @Nullable Object value(int column) {
        return values.get(column);
    }
}
