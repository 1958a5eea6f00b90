package io.tidewatch.testkit.twin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that takes part in an aggregation.
 *
 * @param keys one per grouping set
 * @param samples per aggregate what it reads, absent if its FILTER does not let the row pass
 */
record TwinRow(Event event, List<TwinKey> keys, List<TwinAggregate.@Nullable Sample> samples) {}
