package io.tidewatch.testkit.twin;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A HAVING over the first aggregate.
 *
 * @param sql what follows the aggregate
 * @param test of the aggregate's value; NULL is not TRUE
 */
record TwinHaving(String sql, Function<@Nullable Object, @Nullable Boolean> test) {}
