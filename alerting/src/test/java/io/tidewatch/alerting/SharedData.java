package io.tidewatch.alerting;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the repository. */
public final class SharedData {
    private SharedData() {}

    /** A file of it; skips the test where the folder is absent. */
    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("shared/data"))) {
            folder = folder.getParent();
        }
        Path file = folder.resolve("shared/data").resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), "skipped: ../shared/data is absent, or has no " + name);
        return file;
    }
}
