package io.tidewatch.alerting.template;

import org.jspecify.annotations.Nullable;

/** What a template is rendered with. */
public interface TemplateContext {
    /** The label of that name, empty if there is none. */
    String label(String name);

    /** The value of that column, in the form of {@code Values.get}. */
    @Nullable
    Object value(int column);
}
