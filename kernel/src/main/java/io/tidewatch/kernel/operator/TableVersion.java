package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.Batch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a reference table: its rows, and since when they hold. Immutable, so that all stages share its rows and its
 * indexes.
 */
public final class TableVersion {
    private final long effectiveFrom;
    private final String contentHash;
    private final Batch rows;
    private final Map<List<Integer>, LookupIndex> indexes;

    /**
     * A version without indexes.
     *
     * @param effectiveFrom event time in milliseconds since the epoch
     * @param contentHash of the file it was loaded from
     */
    public TableVersion(long effectiveFrom, String contentHash, Batch rows) {
        this(effectiveFrom, contentHash, rows, Map.of());
    }

    private TableVersion(
            long effectiveFrom,
            String contentHash,
            Batch rows,
            Map<List<Integer>, LookupIndex> indexes) {
        this.effectiveFrom = effectiveFrom;
        this.contentHash = requireNonNull(contentHash, "contentHash");
        this.rows = requireNonNull(rows, "rows");
        this.indexes = indexes;
    }

    /** The event time from which it is in effect, in milliseconds since the epoch. */
    public long effectiveFrom() {
        return effectiveFrom;
    }

    /** The hash of the file it was loaded from. */
    public String contentHash() {
        return contentHash;
    }

    public Batch rows() {
        return rows;
    }

    /** This version with an index for each of these lists of columns. */
    public TableVersion indexedBy(Collection<List<Integer>> columns) {
        if (indexes.keySet().containsAll(columns)) {
            return this;
        }
        Map<List<Integer>, LookupIndex> more = new LinkedHashMap<>(indexes);
        for (List<Integer> each : columns) {
            more.computeIfAbsent(each, missing -> new LookupIndex(rows, missing));
        }
        return new TableVersion(effectiveFrom, contentHash, rows, more);
    }

    /** The index for columns that {@link #indexedBy} was given. */
    LookupIndex index(List<Integer> columns) {
        return requireNonNull(indexes.get(columns), "index");
    }

    /** Whether the other one says the same from the same time on. */
    boolean isSameAs(TableVersion other) {
        return effectiveFrom == other.effectiveFrom && contentHash.equals(other.contentHash);
    }

    @Override
    public String toString() {
        return contentHash + " from " + effectiveFrom;
    }
}
