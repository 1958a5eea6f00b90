package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.config.ConfigurationReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configurations of this module. */
final class Configurations {
    private Configurations() {}

    /** The text of a configuration in this module's folder. */
    static String text(String file) throws IOException {
        try (InputStream resource = Configurations.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalArgumentException("configuration: " + file);
            }
            return new String(resource.readAllBytes(), UTF_8);
        }
    }

    /** Reads a configuration, whose reference tables are in {@code folder}. */
    static Assembly assembly(String file, Path folder) throws IOException {
        return assembly(file, text(file), folder);
    }

    static Assembly assembly(String file, String text, Path folder) {
        return Assembly.of(
                new ConfigurationReader(Map.of()).parse(file, folder, text.getBytes(UTF_8)));
    }

    /** As {@link #assembly(String, Path)}, with the table of advertisements. */
    static Assembly ofAds(String file, AdEvents events) throws IOException {
        Path folder = Files.createTempDirectory("tidewatch-bench");
        Path table = folder.resolve("ads.csv");
        try {
            Files.writeString(table, events.table());
            return assembly(file, folder);
        } finally {
            Files.delete(table);
            Files.delete(folder);
        }
    }
}
