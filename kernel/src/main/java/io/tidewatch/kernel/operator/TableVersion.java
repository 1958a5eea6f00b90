package io.tidewatch.kernel.operator;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.state.KeyTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        this(effectiveFrom, contentHash, withSharedStrings(rows), Map.of());
    }

    /**
     * The rows with one slice for all equal strings of a column: they take less memory, and who groups by them knows them by
     * where they lie ({@link SliceNumbers}).
     */
    private static Batch withSharedStrings(Batch rows) {
        @Nullable Column[] columns = new @Nullable Column[rows.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            Column column = rows.has(i) ? rows.column(i) : null;
            columns[i] = column instanceof BytesColumn strings ? shared(strings) : column;
        }
        return new Batch(rows.schema(), rows.rowCount(), columns);
    }

    private static BytesColumn shared(BytesColumn strings) {
        int rowCount = strings.rowCount();
        KeyTable distinct = new KeyTable();
        int[] starts = new int[rowCount];
        int[] lengths = new int[rowCount];
        int end = 0;
        for (int row = 0; row < rowCount; row++) {
            if (!strings.isNull(row)) {
                int start = strings.start(row);
                lengths[row] = strings.length(row);
                long hash = Hash.quick(strings.bytes(), start, lengths[row]);
                int slot = distinct.slotOf(strings.bytes(), start, lengths[row], hash);
                starts[row] = distinct.keyStart(slot);
                end = Math.max(end, starts[row] + lengths[row]);
            }
        }
        byte[] bytes = Arrays.copyOf(distinct.keyBytes(), end);
        return new BytesColumn(rowCount, bytes, starts, lengths, strings.nulls());
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
