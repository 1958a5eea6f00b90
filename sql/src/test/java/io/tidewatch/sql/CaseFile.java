package io.tidewatch.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cases of a test in a file: blocks with a title, settings, a query and what is expected of it.
 *
 * <pre>
 * === title
 * window: 1m
 * SELECT …
 * ---
 * expected
 * </pre>
 *
 * <p>{@code -Dtidewatch.update=true} writes what came out into the file, to be read before it is committed.
 */
final class CaseFile {
    private static final String UPDATE_PROPERTY = "tidewatch.update";

    private final Path path;

    private CaseFile(Path path) {
        this.path = path;
    }

    static CaseFile of(String name) {
        return new CaseFile(Path.of("src/test/resources/io/tidewatch/sql", name));
    }

    /**
     * One case.
     *
     * @param window as a duration, or empty
     * @param key columns, or empty
     */
    record Case(String title, String window, List<String> key, String sql, String expected) {}

    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String block : read().split("(?m)^=== ")) {
            if (!block.isBlank()) {
                cases.add(parse(block));
            }
        }
        return cases;
    }

    private static Case parse(String block) {
        int titleEnd = block.indexOf('\n');
        int separator = block.indexOf("\n---\n");
        String title = block.substring(0, titleEnd);
        String sql = block.substring(titleEnd + 1, Math.max(titleEnd + 1, separator));
        String window = "";
        List<String> key = List.of();
        while (sql.startsWith("window: ") || sql.startsWith("key: ")) {
            String line = sql.lines().findFirst().orElse("");
            if (line.startsWith("window: ")) {
                window = line.substring("window: ".length());
            } else {
                key = List.of(line.substring("key: ".length()).split(", "));
            }
            sql = sql.substring(Math.min(sql.length(), line.length() + 1));
        }
        return new Case(
                title,
                window,
                key,
                sql,
                block.substring(separator + "\n---\n".length()).strip());
    }

    /** What came out differently than expected, case by case; nothing if all is well or the file was updated. */
    List<String> differences(Function<Case, String> run) {
        List<String> differences = new ArrayList<>();
        StringBuilder updated = new StringBuilder();
        for (Case each : cases()) {
            String actual = run.apply(each).strip();
            if (!actual.equals(each.expected)) {
                differences.add("=== " + each.title + "\n" + each.sql + "\nexpected\n"
                        + each.expected + "\nactual\n" + actual);
            }
            updated.append("=== ").append(each.title).append('\n');
            if (!each.window.isEmpty()) {
                updated.append("window: ").append(each.window).append('\n');
            }
            if (!each.key.isEmpty()) {
                updated.append("key: ").append(String.join(", ", each.key)).append('\n');
            }
            updated.append(each.sql).append("\n---\n").append(actual).append("\n\n");
        }
        if (Boolean.getBoolean(UPDATE_PROPERTY)) {
            write(updated.toString().stripTrailing() + "\n");
            return List.of();
        }
        return differences;
    }

    private String read() {
        try {
            return Files.readString(path, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(path, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
