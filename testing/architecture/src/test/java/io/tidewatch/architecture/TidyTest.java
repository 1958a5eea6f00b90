package io.tidewatch.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The repository keeps the house rules ({@link Tidy}, {@link Links}). */
class TidyTest {
    private static final long FILE_BYTES_MAX = 1_000_000;

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    private final Map<Path, String> texts = texts();

    @Test
    void everyFileIsTidy() {
        assertThat(texts).hasSizeGreaterThan(60);
        List<String> violations = new ArrayList<>();
        texts.forEach((file, text) -> violations.addAll(Tidy.violations(file, text)));
        assertThat(violations).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> folders = new TreeSet<>();
        for (Path file : texts.keySet()) {
            if (file.toString().endsWith(".java") && file.toString().contains("src/main/java")) {
                folders.add(file.getParent());
            }
        }
        List<String> missing = folders.stream()
                .map(folder -> folder.resolve("package-info.java"))
                .filter(file -> !texts.containsKey(file))
                .map(
                        file -> file
                                + ": write it: what the package is, where to start, its invariants; @NullMarked")
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void linksLeadSomewhere() {
        Map<Path, String> documents = new LinkedHashMap<>(texts);
        documents
                .keySet()
                .removeIf(file ->
                        !file.toString().endsWith(".md") || file.toString().contains("src/test"));
        assertThat(new Links(Repository.root(), documents).violations()).isEmpty();
    }

    @Test
    void everyDocumentIsListed() {
        List<String> missing = new ArrayList<>();
        for (Path file : texts.keySet()) {
            if (file.startsWith("docs")
                    && file.getNameCount() == 3
                    && !file.endsWith("README.md")) {
                Path list = file.resolveSibling("README.md");
                if (!texts.getOrDefault(list, "").contains("](" + file.getFileName())) {
                    missing.add(list + ": add a link to " + file.getFileName());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyModuleIsBuilt() {
        List<String> modules = texts.keySet().stream()
                .filter(file -> file.endsWith("pom.xml") && file.getNameCount() > 1)
                .map(file -> "<module>" + String.valueOf(file.getParent()).replace('\\', '/')
                        + "</module>")
                .toList();
        assertThat(texts.get(Path.of("pom.xml"))).contains(modules);
    }

    @Test
    void everyDependencyIsExplained() {
        String pom = String.valueOf(texts.get(Path.of("pom.xml")));
        String managed = pom.substring(0, pom.indexOf("</dependencyManagement>"));
        String list = String.valueOf(texts.get(Path.of("docs/dependencies.md")));
        List<String> missing = ARTIFACT.matcher(managed)
                .results()
                .map(found -> found.group(1))
                .filter(artifact -> !artifact.startsWith("tidewatch") && !list.contains(artifact))
                .map(artifact -> artifact
                        + ": add a line to docs/dependencies.md: what for, why this one, licence")
                .toList();
        assertThat(missing).isEmpty();
    }

    private static Map<Path, String> texts() {
        Map<Path, String> texts = new LinkedHashMap<>();
        Path root = Repository.root();
        for (Path file : Repository.files()) {
            try {
                byte[] bytes = Files.readAllBytes(root.resolve(file));
                assertThat(bytes.length)
                        .as("%s: bytes; big files do not belong into the repository", file)
                        .isLessThan((int) FILE_BYTES_MAX);
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (text.indexOf('\0') < 0 && !file.endsWith("LICENSE")) {
                    texts.put(file, text);
                }
            } catch (IOException e) {
                throw new AssertionError(file + " cannot be read", e);
            }
        }
        return texts;
    }
}
