package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.JsonRows;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TextRows;
import io.tidewatch.server.output.TransitionRow;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that rows are written to, each with its standard output for {@code -}. */
final class RowFiles implements JobOutput, AutoCloseable {
    private final Terminal terminal;
    private final Map<String, Writer> files = new LinkedHashMap<>();
    private @Nullable JsonRows results;
    private @Nullable JsonRows alerts;
    private boolean textAlerts;

    private RowFiles(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Opens the files that are given; without any, transitions are shown as text. */
    static RowFiles open(Terminal terminal, @Nullable String results, @Nullable String alerts) {
        RowFiles opened = new RowFiles(terminal);
        return Closing.ifFailing(List.of(opened::close), () -> {
            opened.results = results == null ? null : opened.rows(results);
            opened.alerts = alerts == null ? null : opened.rows(alerts);
            opened.textAlerts = results == null && alerts == null;
            return opened;
        });
    }

    @Override
    public void result(ResultRow row) {
        if (results != null) {
            results.result(row);
        }
    }

    @Override
    public void transition(TransitionRow row) {
        if (alerts != null) {
            alerts.transition(row);
        } else if (textAlerts) {
            terminal.out().println(TextRows.of(row));
        }
    }

    /** Closes each file, whatever fails. */
    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        files.forEach((path, file) -> steps.add(() -> close(path, file)));
        Closing.all(steps);
    }

    private static void close(String path, Writer file) {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private JsonRows rows(String path) {
        if (path.equals("-")) {
            return new JsonRows(terminal.out());
        }
        try {
            Writer file = Files.newBufferedWriter(Path.of(path), UTF_8);
            files.put(path, file);
            return new JsonRows(file);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static TidewatchException failed(String path, IOException cause) {
        return new TidewatchException(
                ErrorCode.IO_FAILED, path + " cannot be written: " + FileReasons.of(cause), cause);
    }
}
