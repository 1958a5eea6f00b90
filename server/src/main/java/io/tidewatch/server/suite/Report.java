package io.tidewatch.server.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcomes of test files, as text or as JUnit XML. */
public final class Report {
    private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();

    public void add(String file, Outcome outcome) {
        outcomes.computeIfAbsent(file, any -> new ArrayList<>()).add(outcome);
    }

    public boolean passed() {
        return outcomes.values().stream().flatMap(List::stream).allMatch(Outcome::passed);
    }

    public long count() {
        return outcomes.values().stream().mapToLong(List::size).sum();
    }

    private long failures() {
        return outcomes.values().stream()
                .flatMap(List::stream)
                .filter(outcome -> !outcome.passed())
                .count();
    }

    /** For people: one line per test, and what differed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        outcomes.forEach((file, tests) -> {
            text.append(file).append('\n');
            for (Outcome outcome : tests) {
                text.append(outcome.passed() ? "  passed  " : "  FAILED  ")
                        .append(outcome.name())
                        .append('\n');
                outcome.problems().forEach(problem -> text.append("    ")
                        .append(problem.replace("\n", "\n    "))
                        .append('\n'));
            }
        });
        long failed = failures();
        return text.append(count())
                .append(count() == 1 ? " test, " : " tests, ")
                .append(failed)
                .append(" failed\n")
                .toString();
    }

    /** For build servers: JUnit XML. */
    public String junit() {
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        outcomes.forEach((file, tests) -> {
            long failed = tests.stream().filter(outcome -> !outcome.passed()).count();
            double seconds = tests.stream().mapToDouble(Outcome::seconds).sum();
            xml.append(String.format(
                    Locale.ROOT,
                    "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\">\n",
                    escaped(file),
                    tests.size(),
                    failed,
                    seconds));
            tests.forEach(outcome -> xml.append(testCase(file, outcome)));
            xml.append("  </testsuite>\n");
        });
        return xml.append("</testsuites>\n").toString();
    }

    private static String testCase(String file, Outcome outcome) {
        String head = String.format(
                Locale.ROOT,
                "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"",
                escaped(file),
                escaped(outcome.name()),
                outcome.seconds());
        if (outcome.passed()) {
            return head + "/>\n";
        }
        String message = outcome.problems().get(0).lines().findFirst().orElse("");
        return head + ">\n      <failure message=\"" + escaped(message) + "\">"
                + escaped(String.join("\n", outcome.problems()))
                + "</failure>\n    </testcase>\n";
    }

    /** Text for XML 1.0, without the control characters that it does not have. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> escaped.appendCodePoint(isXml(point) ? point : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int point) {
        return point == '\t'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point != 0xFFFE && point != 0xFFFF);
    }
}
