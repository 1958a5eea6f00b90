package io.tidewatch.server.assembly;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.server.config.TableConfig;
import io.tidewatch.server.log.TableContent;
import io.tidewatch.server.log.TableFeed;
import io.tidewatch.server.source.WatchedFile;
import io.tidewatch.server.yaml.Problems;
import java.io.IOException;
import java.util.Optional;

/** The file of a reference table, which is watched. */
final class TableFile implements TableFeed {
    private final TableConfig table;
    private final Tables tables;
    private final WatchedFile file;
    private final TableVersion loaded;

    /** @param loaded what was loaded of the file when the configuration was compiled */
    TableFile(TableConfig table, Tables tables, WatchedFile file, TableVersion loaded) {
        this.table = table;
        this.tables = tables;
        this.file = file;
        this.loaded = loaded;
    }

    @Override
    public String table() {
        return table.name();
    }

    @Override
    public long beginsAt() {
        return loaded.effectiveFrom();
    }

    @Override
    public boolean hasChanged(long nowMillis) throws IOException {
        return file.hasChanged(nowMillis);
    }

    @Override
    public Optional<TableContent> read() throws IOException {
        Problems problems = new Problems();
        if (file.size() > Tables.FILE_BYTES_MAX) {
            file.skip();
            problems.add(table.place(), Tables.tooLarge(table));
            throw problems.toException();
        }
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String hash = TableContent.hash(bytes.get());
        Optional<Batch> rows = hash.equals(loaded.contentHash())
                ? Optional.of(loaded.rows())
                : tables.rows(table, table.path().toString(), bytes.get(), problems);
        problems.check();
        return rows.map(batch -> new TableContent(hash, bytes.get(), batch));
    }
}
