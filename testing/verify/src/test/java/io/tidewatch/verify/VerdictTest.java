package io.tidewatch.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    @TempDir
    Path root;

    @Test
    void addsUpTheRunsAndListsSkippedTestsWithTheirReasons() throws IOException {
        report(
                "kernel",
                "reports-17",
                PASSED,
                skipped("message=\"Assumption failed: no data folder\"", ""));
        report("engines/embedded", "reports-17", PASSED);
        report(
                "kernel",
                "reports-25",
                PASSED,
                PASSED,
                skipped("", "<![CDATA[a.TestAbortedException: no data folder]]>"));
        bits("17", "kernel/sum", "long 1\n");
        bits("25", "kernel/sum", "long 1\n");
        Verdict verdict = Verdict.of(root, List.of("17", "25"));
        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.lines())
                .containsExactly(
                        "Java 17: 2 passed, 0 failed, 1 skipped",
                        "Java 25: 2 passed, 0 failed, 1 skipped",
                        "skipped: a.B.needsData: no data folder",
                        "1 files of results are equal to the bit on Java 17 and 25",
                        "4 passed, 0 failed, 2 skipped");
    }

    @Test
    void isBadWhenATestFailed() throws IOException {
        report(
                "kernel",
                "reports-17",
                PASSED,
                "<testcase name='fails' classname='a.B'><failure>no</failure></testcase>");
        Verdict verdict = Verdict.of(root, List.of("17"));
        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.lines())
                .contains("verify: failed on Java 17: a.B.fails")
                .endsWith("1 passed, 1 failed, 0 skipped");
    }

    @Test
    void isBadWhenATestWasSkippedWithoutAReason() throws IOException {
        for (String reason : List.of("", "message='Assumption failed: assumption is not true'")) {
            report("kernel", "reports-17", skipped(reason, ""));
            Verdict verdict = Verdict.of(root, List.of("17"));
            assertThat(verdict.isGood()).isFalse();
            assertThat(verdict.lines())
                    .first()
                    .asString()
                    .contains("without a reason")
                    .endsWith("a.B.needsData");
        }
    }

    @Test
    void isBadWhenNoTestRan() throws IOException {
        assertThat(Verdict.of(root, List.of("17")).lines())
                .contains("verify: no test ran on Java 17");
    }

    @Test
    void isBadWhenTheSecondRunHasFewerTests() throws IOException {
        report("kernel", "reports-17", PASSED, PASSED);
        report("kernel", "reports-25", PASSED);
        assertThat(Verdict.of(root, List.of("17", "25")).lines())
                .contains("verify: Java 25 ran 1 tests (expected: 2, as before)");
    }

    @Test
    void isBadWhenNothingWasRecorded() throws IOException {
        report("kernel", "reports-17", PASSED);
        report("kernel", "reports-25", PASSED);
        assertThat(Verdict.of(root, List.of("17", "25")).lines())
                .contains(
                        "verify: no test recorded results (expected: files in target/verify/bits-17)");
    }

    @Test
    void isBadWhenBitsDifferAndNamesTheFirstDifferingRecord() throws IOException {
        report("kernel", "reports-17", PASSED);
        report("kernel", "reports-25", PASSED);
        bits("17", "kernel/sum", "long 1\nlong 2\n");
        bits("25", "kernel/sum", "long 1\nlong 3\n");
        bits("25", "kernel/mean", "long 1\n");
        Verdict verdict = Verdict.of(root, List.of("17", "25"));
        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.lines())
                .anyMatch(line -> line.contains(
                        "kernel/sum: record 2 is 'long 2' in one run and 'long 3' in the other"))
                .anyMatch(line -> line.contains("kernel/mean: only in"));
    }

    private static final String PASSED = "<testcase name='passes' classname='a.B'/>";

    private static String skipped(String attributes, String text) {
        return "<testcase name='needsData' classname='a.B'><skipped " + attributes + ">" + text
                + "</skipped></testcase>";
    }

    private void report(String module, String folder, String... tests) throws IOException {
        Path file = root.resolve(module).resolve("target").resolve(folder).resolve("TEST-a.B.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "<testsuite><properties/>" + String.join("\n", tests) + "</testsuite>");
    }

    private void bits(String run, String name, String lines) throws IOException {
        Path file = root.resolve("target/verify/bits-" + run).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines);
    }
}
