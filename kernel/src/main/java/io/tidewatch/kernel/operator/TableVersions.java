package io.tidewatch.kernel.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The versions of a job's reference tables that one stage looks rows up in: those that the job began with, and those that the
 * log brought since, less those that no row needs any more. For one thread.
 *
 * <p>A row is looked up in the version that is in effect at its event time, or at {@code lookBack} before its partition's
 * watermark if that is later: a row that lies farther back is late for every window. So a version may be forgotten when its
 * successor is in effect {@code lookBack} before the watermark.
 */
public final class TableVersions {
    private final Map<String, Table> tables = new TreeMap<>();
    private final long lookBackMillis;

    /** @param lookBackMillis how far behind the watermark of its partition a row may lie and count */
    public TableVersions(Collection<ReferenceTable> tables, long lookBackMillis) {
        this.lookBackMillis = lookBackMillis;
        for (ReferenceTable table : tables) {
            Table begun = new Table(table.schema());
            begun.versions.addAll(table.versions());
            this.tables.put(table.name(), begun);
        }
    }

    /** Finds the content of versions again. */
    @FunctionalInterface
    public interface Contents {
        /**
         * The version of a table that was loaded from the file with this hash.
         *
         * @throws TidewatchException if it cannot be found
         */
        TableVersion version(String table, long effectiveFrom, String contentHash);
    }

    /**
     * Adds a version that the log announced; it takes the place of one that would be in effect from the same time on. Nothing
     * happens if there is no such table, or the version is known.
     */
    public void add(String name, TableVersion version) {
        Table table = tables.get(name);
        if (table == null) {
            return;
        }
        int place = table.versions.size();
        while (place > 0
                && table.versions.get(place - 1).effectiveFrom() >= version.effectiveFrom()) {
            place--;
        }
        TableVersion indexed = version.indexedBy(table.lookedUp);
        boolean replaces = place < table.versions.size()
                && table.versions.get(place).effectiveFrom() == version.effectiveFrom();
        if (!replaces) {
            table.versions.add(place, indexed);
        } else if (!table.versions.get(place).isSameAs(version)) {
            table.versions.set(place, indexed);
        }
        table.forget(table.forgottenBefore);
    }

    /** Forgets what no row needs that comes when the watermark has come to {@code watermark}. */
    public void forget(long watermark) {
        long needed = Times.subtractClamped(watermark, lookBackMillis);
        tables.values().forEach(table -> table.forget(needed));
    }

    /** How many versions of a table are kept. */
    public int count(String table) {
        return of(table).versions.size();
    }

    /** Writes which versions there are: per table their times and hashes. */
    public void write(ByteWriter out) {
        out.writeVarLong(tables.size());
        tables.forEach((name, table) -> {
            out.writeSlice(name.getBytes(UTF_8));
            out.writeVarLong(table.versions.size());
            for (TableVersion version : table.versions) {
                out.writeZigZag(version.effectiveFrom());
                out.writeSlice(version.contentHash().getBytes(UTF_8));
            }
        });
    }

    /** Takes up what {@link #write} wrote; {@code contents} is asked for versions that the job did not begin with. */
    public void read(ByteReader in, Contents contents) {
        int tableCount = in.readCount();
        for (int i = 0; i < tableCount; i++) {
            String name = new String(in.readSlice(), UTF_8);
            Table table = tables.get(name);
            if (table == null) {
                throw new TidewatchException(
                        ErrorCode.SNAPSHOT_CORRUPT, "no reference table '" + name + "'");
            }
            int versionCount = in.readCount();
            List<TableVersion> begun = List.copyOf(table.versions);
            table.versions.clear();
            for (int j = 0; j < versionCount; j++) {
                long effectiveFrom = in.readZigZag();
                String hash = new String(in.readSlice(), UTF_8);
                TableVersion found = begun.stream()
                        .filter(version -> version.effectiveFrom() == effectiveFrom
                                && version.contentHash().equals(hash))
                        .findFirst()
                        .orElseGet(() -> contents.version(name, effectiveFrom, hash));
                table.versions.add(found.indexedBy(table.lookedUp));
            }
        }
    }

    /** The time at which a row is looked up. */
    long lookupTime(long eventTime, long watermark) {
        return Math.max(eventTime, Times.subtractClamped(watermark, lookBackMillis));
    }

    /** The versions of one table. */
    Table of(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no reference table '" + name + "'");
        }
        return table;
    }

    /** The versions of one table, ascending by the time from which they are in effect. */
    static final class Table {
        private final Schema schema;
        private final List<TableVersion> versions = new ArrayList<>();
        private final Set<List<Integer>> lookedUp = new LinkedHashSet<>();
        private long forgottenBefore = Times.BEGINNING;

        private Table(Schema schema) {
            this.schema = schema;
        }

        Schema schema() {
            return schema;
        }

        /** Has all versions, now and later, indexed by these columns. */
        void indexBy(List<Integer> columns) {
            if (lookedUp.add(columns)) {
                versions.replaceAll(version -> version.indexedBy(lookedUp));
            }
        }

        /** The place of the version in effect at a time, or −1. */
        int placeAt(long time) {
            int place = versions.size() - 1;
            while (place >= 0 && versions.get(place).effectiveFrom() > time) {
                place--;
            }
            return place;
        }

        /** Whether the version at a place, or none if it is −1, is the one in effect at a time. */
        boolean isAt(int place, long time) {
            return (place < 0 || versions.get(place).effectiveFrom() <= time)
                    && (place + 1 == versions.size()
                            || versions.get(place + 1).effectiveFrom() > time);
        }

        TableVersion version(int place) {
            return versions.get(place);
        }

        private void forget(long needed) {
            forgottenBefore = Math.max(forgottenBefore, needed);
            while (versions.size() > 1 && versions.get(1).effectiveFrom() <= forgottenBefore) {
                versions.remove(0);
            }
        }
    }
}
