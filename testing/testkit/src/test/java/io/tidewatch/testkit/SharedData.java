package io.tidewatch.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the repository. */
final class SharedData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SharedData() {}

    /** A file of it; skips the test where the folder is absent. */
    static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("shared/data"))) {
            folder = folder.getParent();
        }
        Path file = folder.resolve("shared/data").resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), "skipped: ../shared/data is absent, or has no " + name);
        return file;
    }

    static JsonNode json(String name) throws IOException {
        return JSON.readTree(file(name).toFile());
    }

    static List<JsonNode> jsonLines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file(name))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
