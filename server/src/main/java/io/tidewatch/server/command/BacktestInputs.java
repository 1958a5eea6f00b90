package io.tidewatch.server.command;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.log.RecordingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code --input} says: per stream the files of its rows, each of which is a partition. */
final class BacktestInputs {
    static final String STANDARD_INPUT = "-";

    private final Map<String, List<String>> paths = new LinkedHashMap<>();

    /** @param texts each {@code STREAM=PATH} */
    BacktestInputs(List<String> texts) {
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw invalid("'" + text + "' (expected: STREAM=PATH)");
            }
            String path = text.substring(equals + 1);
            Options.path("--input", path);
            paths.computeIfAbsent(text.substring(0, equals), stream -> new ArrayList<>())
                    .add(path);
        }
        if (all().stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw invalid("the standard input can be read once");
        }
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean has(String stream) {
        return paths.containsKey(stream);
    }

    /** The files of a stream, none if it has no input. */
    List<String> of(String stream) {
        return paths.getOrDefault(stream, List.of());
    }

    /** The files that are named. */
    List<Path> files() {
        return all().stream()
                .filter(path -> !path.equals(STANDARD_INPUT))
                .map(Path::of)
                .map(path -> RecordingReader.isRecording(path) ? RecordingReader.file(path) : path)
                .toList();
    }

    /** Refuses streams that the configuration does not have. */
    void check(Configuration configuration) {
        for (String stream : paths.keySet()) {
            if (configuration.stream(stream).isEmpty()) {
                throw invalid(configuration.file() + " declares no stream '" + stream + "'");
            }
        }
    }

    /** The recording to read, which must be all that is read. */
    Optional<Path> recording() {
        List<Path> folders = all().stream()
                .filter(path -> !path.equals(STANDARD_INPUT))
                .map(Path::of)
                .filter(RecordingReader::isRecording)
                .distinct()
                .toList();
        if (folders.size() > 1
                || (folders.size() == 1 && all().stream().distinct().count() > 1)) {
            throw invalid(
                    "a recording cannot be read beside other inputs, for it has receive times and they do not");
        }
        return folders.stream().findFirst();
    }

    private Collection<String> all() {
        return paths.values().stream().flatMap(List::stream).toList();
    }

    private static TidewatchException invalid(String reason) {
        return new TidewatchException(ErrorCode.ARGUMENT_INVALID, "--input: " + reason);
    }
}
