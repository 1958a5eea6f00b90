package io.tidewatch.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of {@link Tidy} and {@link Links} find what they are meant to find, and nothing else. */
class TidyRulesTest {
    private static final String MAIN = "kernel/src/main/java/io/tidewatch/kernel/A.java";
    private static final String TEST = "kernel/src/test/java/io/tidewatch/kernel/ATest.java";

    @TempDir
    Path root;

    /** A plus sign separates the halves of a banned word, so that this file is tidy itself. */
    @ParameterizedTest
    @CsvSource({
        "// TO+DO later, do it now",
        "cd /wo+rk/main, a path of one machine",
        "from https://re+po1.maven.org/x, package registries",
        "as decided in iss+ue 12, history belongs into the commit",
        "    @Dis+abled, fix the test",
        "import java.util.+*;, import each name",
        "Thread.sl+eep(10), wait for a condition",
        "/** @aut+hor me */, the commit knows",
        "@SuppressWarnings(\"+all\"), name the one check",
    })
    void findsBannedWordsAndSaysTheRemedy(String line, String remedy) {
        assertThat(Tidy.violations(Path.of(MAIN), "package a;\n" + line.replace("+", "") + "\n"))
                .singleElement()
                .asString()
                .startsWith(MAIN + ":2: ")
                .contains(remedy);
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = """
                package a;

                /** A session of 30 s; see the network's home page, and /workday/main. */
                class A {
                    int issue() {
                        return 1 / 2;
                    }
                }
                """;
        assertThat(Tidy.violations(Path.of(MAIN), text)).isEmpty();
        assertThat(Tidy.violations(Path.of(TEST), text)).isEmpty();
    }

    @Test
    void findsBlanksTabsAndMissingNewlines() {
        assertThat(Tidy.violations(Path.of("a.sh"), "a \n\tb\nc")).hasSize(3);
        assertThat(Tidy.violations(Path.of("a.sh"), "a\r\n"))
                .singleElement()
                .asString()
                .contains("carriage");
        assertThat(Tidy.violations(Path.of("sql/src/test/resources/a.csv"), "a \t\r\nb"))
                .isEmpty();
    }

    @Test
    void findsLongFilesLinesAndMethods() {
        assertThat(violations("// x\n".repeat(601))).contains("601 lines (expected: <= 600)");
        assertThat(violations("// " + "x".repeat(128) + "\n"))
                .contains("131 columns (expected: <= 130)");
        String method =
                "    static void a(int b) throws E {\n" + "        b();\n".repeat(70) + "    }\n";
        assertThat(violations(method)).contains("a method of 71 lines");
        assertThat(violations(method.replaceFirst("        b\\(\\);\n", ""))).isEmpty();
    }

    @Test
    void measuresAMethodWhoseParametersStandInALineOfTheirOwn() {
        String head = "    static void a(\n            int b, int c) {\n";
        assertThat(violations(head + "        b();\n".repeat(70) + "    }\n"))
                .contains("a method of 71 lines");
        assertThat(violations(
                        head + "        b();\n    }\n" + "// c\n".repeat(70) + "            }\n"))
                .isEmpty();
    }

    @Test
    void letsAMethodReturnALongList() {
        String list = "    List a() {\n        return List.of(\n"
                + "                b,\n".repeat(80) + "                c);\n    }\n";
        assertThat(violations(list)).isEmpty();
        assertThat(violations(list.replaceFirst("return", "for (;;) {\n        }\n        return")))
                .contains("a method of 85 lines");
    }

    @Test
    void letsLongStringsAndTextBlocksBe() {
        assertThat(violations("\"" + "x".repeat(140) + "\";\n")).isEmpty();
        assertThat(violations("a = \"\"\"\n" + "x".repeat(140) + "\n\"\"\";\n")).isEmpty();
    }

    @Test
    void wantsSentencesAsNamesOfTests() {
        assertThat(Tidy.violations(Path.of(TEST), "void " + "testA() {}\n")).hasSize(1);
        assertThat(Tidy.violations(Path.of(TEST), "void " + "when_a_then_b() {}\n"))
                .hasSize(1);
        assertThat(Tidy.violations(Path.of(TEST), "void testsNothingElse() {}\n"))
                .isEmpty();
    }

    @Test
    void wantsOneTitleAndAShortReadme() {
        assertThat(Tidy.violations(Path.of("docs/a.md"), "# A\n\n```\n# comment\n```\n"))
                .isEmpty();
        assertThat(Tidy.violations(Path.of("docs/a.md"), "# A\n# B\n")).hasSize(1);
        assertThat(Tidy.violations(Path.of("README.md"), "# A\n" + "\n".repeat(150)))
                .hasSize(1);
    }

    @Test
    void wantsPackagesToBeNullMarked() {
        Path file = Path.of("kernel/src/main/java/io/tidewatch/kernel/package-info.java");
        assertThat(Tidy.violations(file, "/** A. */\npackage a;\n")).hasSize(1);
    }

    @Test
    void findsLinksThatLeadNowhere() {
        Map<Path, String> documents = Map.of(
                Path.of("README.md"),
                        "# A\n[b](docs/b.md#the-words-used) [c](docs/c.md) [d](#none) [x](https://x.y)\n",
                Path.of("docs/b.md"),
                        "# B\n## The words, used\n[a](../README.md) `[n](o.md)` [out](../../other.md)\n");
        List<String> violations = new Links(root, documents).violations();
        assertThat(violations).hasSize(3);
        assertThat(violations.get(0)).startsWith("README.md:2: link to docs/c.md: no such file");
        assertThat(violations.get(1)).contains("link to #none: no such heading; there are [a]");
        assertThat(violations.get(2)).contains("docs/b.md:3: link to ../../other.md: outside");
    }

    private static String violations(String text) {
        return String.join("\n", Tidy.violations(Path.of(MAIN), text));
    }
}
