package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reference tables of a recording: what it began with, and the content of every version. */
public final class RecordedTables {
    private final Path folder;
    private final Map<String, Recorded> begun = new TreeMap<>();

    private RecordedTables(Path folder) {
        this.folder = folder;
    }

    /**
     * A version of a table as its record names it.
     *
     * @param effectiveFrom event time in milliseconds since the epoch
     */
    public record Recorded(String table, long effectiveFrom, String contentHash) {}

    /** Makes versions of what was recorded. */
    @FunctionalInterface
    public interface Loader {
        /**
         * The version that a record names; empty for a table that nobody reads.
         *
         * @throws TidewatchException if its content is not there or does not fit the table
         */
        Optional<TableVersion> load(Recorded recorded);
    }

    /**
     * Reads what a recording begins with; nothing, if it is of a version that had no tables.
     *
     * @throws TidewatchException if there is no recording, or a damaged one
     */
    public static RecordedTables of(Path folder) {
        RecordedTables tables = new RecordedTables(folder);
        try (RecordingInput input = RecordingInput.open(folder)) {
            // All partitions are declared, and told of their tables, before anything else.
            for (RecordingEntry entry = input.next(); entry != null; entry = input.next()) {
                if (entry instanceof RecordingEntry.Told told) {
                    tables.begun.putIfAbsent(told.table().table(), told.table());
                } else if (!(entry instanceof RecordingEntry.Declared)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new TidewatchException(ErrorCode.IO_FAILED, folder + ": " + e.getMessage(), e);
        }
        return tables;
    }

    /** Reads a record behind its receive time. */
    static Recorded read(ByteReader reader) {
        long effectiveFrom = reader.readZigZag();
        int start = reader.skip(RecordingFormat.HASH_BYTES);
        String hash =
                HexFormat.of().formatHex(reader.array(), start, start + RecordingFormat.HASH_BYTES);
        return new Recorded(new String(reader.readSlice(), UTF_8), effectiveFrom, hash);
    }

    /** The version of a table that the recording began with; empty if it had no such table. */
    public Optional<Recorded> begun(String table) {
        return Optional.ofNullable(begun.get(table));
    }

    /** The file that has the content of a version. */
    public Path file(String contentHash) {
        return folder.resolve(RecordingFormat.TABLES_FOLDER).resolve(contentHash);
    }

    /**
     * The content of a version.
     *
     * @throws TidewatchException if it is not there, or is another one
     */
    public byte[] content(String contentHash) {
        Path file = file(contentHash);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (!TableContent.hash(bytes).equals(contentHash)) {
                throw new TidewatchException(
                        ErrorCode.SNAPSHOT_CORRUPT,
                        file + ": its content is not the one that was recorded");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    file + ": the recording needs this file, and it is not there",
                    e);
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, file + ": cannot be read: " + FileReasons.of(e), e);
        }
    }
}
