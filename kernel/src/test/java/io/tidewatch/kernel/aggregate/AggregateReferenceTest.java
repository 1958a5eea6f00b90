package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/reference/aggregates.md is rendered from the catalogue; {@code -Dtidewatch.update=true} writes it. */
final class AggregateReferenceTest {
    @Test
    void theReferenceIsRenderedFromTheCatalogue() throws IOException {
        Path file = root().resolve("docs/reference/aggregates.md");
        String rendered = render();
        if (Boolean.getBoolean("tidewatch.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, rendered);
        }
        assertThat(Files.exists(file)).as("%s exists (%s)", file, REMEDY).isTrue();
        assertThat(Files.readString(file)).as(REMEDY).isEqualTo(rendered);
    }

    private static final String REMEDY = "run the test with -Dtidewatch.update=true";

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = java.util.Objects.requireNonNull(folder.getParent(), "no folder with .mvn");
        }
        return folder;
    }

    private static String render() {
        StringBuilder text = new StringBuilder("""
                # Aggregates

                Every aggregate gives the same answer, to the bit, for the same rows in whatever order they arrive and however
                they are spread over partitions and workers. Rows of which an argument is NULL are passed over, except by
                `COUNT(*)`, `RATE()`, `FIRST_VALUE` and `LAST_VALUE`. Without any value the result is NULL; counts are 0.

                `FILTER (WHERE condition)` after a call restricts it to some of the rows.

                A sum that does not fit its type fails: its key has no row in that window, and the failure is shown with the
                monitor.

                Where a limit made an aggregate of a row an estimate or a part, the row is marked `approximate`, and so are rows that
                later links make of it one to one: behind HAVING, a top-N or a join, and in monitors that read it. An aggregate over such
                rows is not marked for them, nor is the rank of an exact row among them. Of the rows that a SESSION without GROUP BY
                lists, those of a key that had more than `window_rows` (10,000) are marked. See the
                [limits](configuration.md#limits).

                """);
        for (AggregateFunction function : AggregateFunction.values()) {
            if (!function.isInternal()) {
                render(function, text);
            }
        }
        return text.toString();
    }

    private static void render(AggregateFunction function, StringBuilder text) {
        text.append("## ").append(function.name()).append("\n\n");
        text.append("    ").append(function.syntax().replace("), ", ")\n    ")).append("\n\n");
        wrap("Result: " + function.result() + "." + aliases(function.aliases()), text);
        wrap(function.description(), text);
    }

    private static String aliases(List<String> aliases) {
        return aliases.isEmpty() ? "" : " Also written " + String.join(", ", aliases) + ".";
    }

    private static void wrap(String paragraph, StringBuilder text) {
        int column = 0;
        for (String word : paragraph.split(" (?!%)")) {
            if (column > 0 && column + 1 + word.length() > 110) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append("\n\n");
    }
}
