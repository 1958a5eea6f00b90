package io.tidewatch.server.output;

import io.tidewatch.kernel.type.Type;
import org.jspecify.annotations.Nullable;

/** A column of a row on its way out; values are as package {@code kernel.type} lists them. */
public record NamedValue(String name, Type type, @Nullable Object value) {}
