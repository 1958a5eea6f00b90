package io.tidewatch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a benchmark found: printed as it comes, and kept with what it was found on. */
final class Report {
    private final PrintStream out;
    private final StringBuilder text = new StringBuilder();

    Report(PrintStream out) {
        this.out = out;
    }

    /** Names the machine, the Java runtime and its flags, the commit and the time. */
    void heading(String name, String commit) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        line(name);
        line("date     " + Instant.now().truncatedTo(ChronoUnit.MINUTES));
        line("commit   " + commit);
        line("machine  " + runtime.availableProcessors() + " cores, " + processor() + ", load "
                + String.format(
                        Locale.ROOT,
                        "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        line("java     " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.vm.version") + ", heap up to "
                + (runtime.maxMemory() >> 20) + " MiB");
        line("flags    "
                + ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-Dtidewatch."))
                        .toList());
        line("");
    }

    void line(String line) {
        out.println(line);
        text.append(line).append('\n');
    }

    /** A ratio, beside the one that is asked for. */
    void ratio(String what, double ratio, String asked) {
        line(String.format(Locale.ROOT, "%s: %.2f (asked: %s)", what, ratio, asked));
    }

    String text() {
        return text.toString();
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
