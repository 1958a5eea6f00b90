package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.TidewatchException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a log noticed, as lines. */
final class Heard implements LogNotices {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void tailCut(Path file, long position, long bytes) {
        lines.add(file.getFileName() + " cut at " + position + " before " + bytes);
    }

    @Override
    public void stopped(Path folder, TidewatchException failure) {
        lines.add("stopped: " + failure.getMessage());
    }

    @Override
    public void leftAsItIs(Path file, Exception failure) {
        lines.add(file.getFileName() + " left: " + failure.getMessage());
    }
}
