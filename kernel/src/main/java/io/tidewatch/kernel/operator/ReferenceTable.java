package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.type.Schema;
import java.util.Comparator;
import java.util.List;

/**
 * A table to look rows up in, with the versions that were in effect one after the other.
 *
 * @param versions ascending by the time from which they are in effect; before the first there is no row
 */
public record ReferenceTable(String name, Schema schema, List<Version> versions) {
    public ReferenceTable {
        requireNonNull(name, "name");
        versions = versions.stream()
                .sorted(Comparator.comparingLong(Version::effectiveFrom))
                .toList();
    }

    /**
     * One version.
     *
     * @param effectiveFrom event time in milliseconds since the epoch
     * @param contentHash of the file it was loaded from
     */
    public record Version(long effectiveFrom, String contentHash, Batch rows) {
        public Version {
            requireNonNull(contentHash, "contentHash");
        }
    }
}
