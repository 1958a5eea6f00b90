package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.TableVersion;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Writes a recording: a file {@link RecordingFormat#FILE_NAME} in a folder, and beside it the contents of tables, as
 * docs/formats/recording.md has it.
 */
public final class RecordingWriter implements Closeable {
    private final Path file;
    private final OutputStream out;
    private final ByteWriter record = new ByteWriter(1 << 12);
    private final ByteWriter pending = new ByteWriter(1 << 16);

    private RecordingWriter(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Starts a recording.
     *
     * @throws TidewatchException if the folder has one already, or cannot be written
     */
    public static RecordingWriter create(Path folder) {
        Path file = folder.resolve(RecordingFormat.FILE_NAME);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID, folder + " is a file; name a folder");
        }
        try {
            Files.createDirectories(folder);
            OutputStream out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            RecordingWriter writer = new RecordingWriter(file, out);
            byte[] magic = RecordingFormat.magic();
            writer.pending.writeRaw(magic, 0, magic.length);
            writer.flush();
            return writer;
        } catch (FileAlreadyExistsException e) {
            throw new TidewatchException(
                    ErrorCode.ARGUMENT_INVALID,
                    folder + " has a recording already; choose another folder",
                    e);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Declares a partition, before anything is written into it. */
    void partition(PartitionSpec spec) {
        start(RecordingFormat.PARTITION, spec.number());
        record.writeSlice(spec.stream().getBytes(UTF_8));
        record.writeSlice(spec.source().getBytes(UTF_8));
        finish();
    }

    void chunk(Chunk chunk) {
        start(RecordingFormat.BYTES, chunk.partition());
        record.writeZigZag(chunk.receiveMillis());
        record.writeByte((chunk.startsFile() ? RecordingFormat.STARTS_FILE : 0)
                | (chunk.endsFile() ? RecordingFormat.ENDS_FILE : 0));
        record.writeSlice(chunk.bytes(), chunk.start(), chunk.length());
        finish();
    }

    void tick(int partition, long timeMillis, long receiveMillis) {
        start(RecordingFormat.TICK, partition);
        record.writeZigZag(receiveMillis);
        record.writeZigZag(timeMillis);
        finish();
    }

    /** Keeps the content of a table, under its hash, unless it is there. */
    void content(TableContent content) {
        Path folder = file.resolveSibling(RecordingFormat.TABLES_FOLDER);
        Path target = folder.resolve(content.hash());
        try {
            if (Files.exists(target)) {
                return;
            }
            Files.createDirectories(folder);
            // What a crash leaves has another name.
            Path part = folder.resolve(content.hash() + ".part");
            Files.write(part, content.bytes());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    void table(int partition, String table, TableVersion version, long receiveMillis) {
        start(RecordingFormat.TABLE, partition);
        record.writeZigZag(receiveMillis);
        record.writeZigZag(version.effectiveFrom());
        byte[] hash = HexFormat.of().parseHex(version.contentHash());
        record.writeRaw(hash, 0, hash.length);
        record.writeSlice(table.getBytes(UTF_8));
        finish();
    }

    void end(int partition) {
        start(RecordingFormat.END, partition);
        finish();
    }

    /** Hands what was written to the operating system. */
    void flush() {
        if (pending.size() == 0) {
            return;
        }
        try {
            out.write(pending.array(), 0, pending.size());
            out.flush();
            pending.truncate(0);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void close() {
        try (out) {
            flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void start(int kind, int partition) {
        record.truncate(0);
        record.writeByte(kind);
        record.writeVarLong(partition);
    }

    private void finish() {
        CRC32C checksum = new CRC32C();
        checksum.update(record.array(), 0, record.size());
        pending.writeInt(record.size());
        pending.writeInt((int) checksum.getValue());
        pending.writeRaw(record.array(), 0, record.size());
    }

    private static TidewatchException failed(Path file, IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, file + ": cannot be written: " + FileReasons.of(cause), cause);
    }
}
