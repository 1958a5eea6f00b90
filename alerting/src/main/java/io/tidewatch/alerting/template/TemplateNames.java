package io.tidewatch.alerting.template;

import io.tidewatch.kernel.type.Schema;
import java.util.List;

/**
 * What a template may name.
 *
 * @param labels behind {@code $labels}
 * @param values behind {@code $value}, with their types; if there is one only, {@code $value} alone is it
 */
public record TemplateNames(List<String> labels, Schema values) {
    public TemplateNames {
        labels = List.copyOf(labels);
    }
}
