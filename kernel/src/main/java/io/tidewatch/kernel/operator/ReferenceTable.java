package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.type.Schema;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A table to look rows up in, with the versions that a job begins with.
 *
 * @param versions ascending by the time from which they are in effect; before the first there is no row
 */
public record ReferenceTable(String name, Schema schema, List<TableVersion> versions) {
    public ReferenceTable {
        requireNonNull(name, "name");
        versions = versions.stream()
                .sorted(Comparator.comparingLong(TableVersion::effectiveFrom))
                .toList();
    }

    /** This table with its versions {@linkplain TableVersion#indexedBy indexed}. */
    public ReferenceTable indexedBy(Collection<List<Integer>> columns) {
        return new ReferenceTable(
                name,
                schema,
                versions.stream().map(version -> version.indexedBy(columns)).toList());
    }
}
