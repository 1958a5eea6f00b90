package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of one column whose file has what a test says; a line "bad" is malformed. */
final class ScriptedTable implements TableFeed {
    private static final Schema SCHEMA = Schema.of(new Field("k", Type.VARCHAR));

    private final String name;
    private final long beginsAt;
    private @Nullable String text;
    private @Nullable String read;

    ScriptedTable(String name, String text) {
        this(name, text, Times.BEGINNING);
    }

    ScriptedTable(String name, String text, long beginsAt) {
        this.name = name;
        this.text = text;
        this.beginsAt = beginsAt;
    }

    /** Gives the file another content, or removes it. */
    void set(@Nullable String content) {
        text = content;
        read = content == null ? read : null;
    }

    static TableContent content(String text) {
        BytesColumnBuilder builder = new BytesColumnBuilder(1);
        List<String> lines = text.lines().toList();
        lines.forEach(line -> builder.append(line.getBytes(UTF_8)));
        Batch rows = Batch.of(SCHEMA, lines.size(), List.of(builder.build()));
        return new TableContent(
                TableContent.hash(text.getBytes(UTF_8)), text.getBytes(UTF_8), rows);
    }

    @Override
    public String table() {
        return name;
    }

    @Override
    public long beginsAt() {
        return beginsAt;
    }

    @Override
    public boolean hasChanged(long nowMillis) throws IOException {
        return !text().equals(read);
    }

    @Override
    public Optional<TableContent> read() throws IOException {
        String now = text();
        read = now;
        if (now.contains("bad")) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID, name + ".csv, line 1: bad");
        }
        return Optional.of(content(now));
    }

    private String text() throws IOException {
        String now = text;
        if (now == null) {
            throw new NoSuchFileException(name + ".csv");
        }
        return now;
    }
}
