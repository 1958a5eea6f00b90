package io.tidewatch.verify;

import io.tidewatch.verify.TestResults.Skipped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The summary of all runs of {@code ./verify}: tests by run, skipped tests with their reasons, and whether all runs gave
 * the same bits.
 *
 * <p>A run named N has its reports in {@code target/reports-N} of each module and its bits in {@code
 * target/verify/bits-N} of the root. The verdict is bad when a test failed, was skipped without a reason, ran in one run
 * only, or when bits differ.
 */
public final class Verdict {
    private final Path root;
    private final List<String> lines = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private Verdict(Path root) {
        this.root = root;
    }

    /** {@code Verdict ROOT RUN...}: prints the summary; the exit code is 1 when the verdict is bad. */
    public static void main(String[] arguments) throws IOException {
        List<String> runs = List.of(arguments).subList(1, arguments.length);
        Verdict verdict = of(Path.of(arguments[0]), runs);
        verdict.lines.forEach(System.out::println);
        System.exit(verdict.isGood() ? 0 : 1);
    }

    static Verdict of(Path root, List<String> runs) throws IOException {
        Verdict verdict = new Verdict(root);
        verdict.readTests(runs);
        for (String other : runs.subList(1, runs.size())) {
            verdict.compareBits(runs.get(0), other);
        }
        verdict.faults.forEach(fault -> verdict.lines.add(0, "verify: " + fault));
        return verdict;
    }

    boolean isGood() {
        return faults.isEmpty();
    }

    List<String> lines() {
        return lines;
    }

    private void readTests(List<String> runs) throws IOException {
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        int first = -1;
        Set<String> reasons = new TreeSet<>();
        for (String run : runs) {
            TestResults results = TestResults.read(root, "reports-" + run);
            lines.add("Java " + run + ": " + results.summary());
            passed += results.passed();
            failed += results.failed().size();
            skipped += results.skipped().size();
            judge(run, results, reasons);
            if (first >= 0 && first != results.total()) {
                faults.add("Java " + run + " ran " + results.total() + " tests (expected: " + first
                        + ", as before)");
            }
            first = results.total();
        }
        reasons.forEach(reason -> lines.add("skipped: " + reason));
        lines.add(TestResults.summary(passed, failed, skipped));
    }

    private void judge(String run, TestResults results, Set<String> reasons) {
        if (results.total() == 0) {
            faults.add("no test ran on Java " + run);
        }
        results.failed().forEach(test -> faults.add("failed on Java " + run + ": " + test));
        for (Skipped skipped : results.skipped()) {
            if (skipped.reason().isEmpty()) {
                faults.add("skipped without a reason (give the assumption a message): "
                        + skipped.test());
            } else {
                reasons.add(skipped.test() + ": " + skipped.reason());
            }
        }
    }

    private void compareBits(String one, String other) throws IOException {
        Path folder = root.resolve("target/verify");
        Path left = folder.resolve("bits-" + one);
        Path right = folder.resolve("bits-" + other);
        List<String> differences = BitsFolders.differences(left, right);
        if (BitsFolders.count(left) == 0) {
            faults.add(
                    "no test recorded results (expected: files in " + root.relativize(left) + ")");
        }
        if (differences.isEmpty()) {
            String equal = " files of results are equal to the bit on Java ";
            lines.add(lines.size() - 1, BitsFolders.count(left) + equal + one + " and " + other);
        }
        differences.forEach(
                difference -> faults.add("bits differ between Java versions: " + difference));
    }
}
