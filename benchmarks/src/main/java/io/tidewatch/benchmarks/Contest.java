package io.tidewatch.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times contestants in turn, round by round, so that what disturbs the machine disturbs all of them. Compares the
 * processor time of the whole process over all rounds (what one core would take, with garbage collection), and the medians of
 * the clock.
 */
final class Contest {
    private final String unit;
    private final double unitsPerRun;
    private final List<Contestant> contestants = new ArrayList<>();

    /** What is timed. */
    @FunctionalInterface
    interface Body {
        void run() throws IOException;
    }

    /** Makes a body anew for each round, untimed. */
    @FunctionalInterface
    interface Preparation {
        Body prepare() throws IOException;
    }

    private static final class Contestant {
        private final String name;
        private final Preparation preparation;
        private double processor;
        private double[] clock = {};

        Contestant(String name, Preparation preparation) {
            this.name = name;
            this.preparation = preparation;
        }
    }

    /**
     * A contest in which every contestant does the same amount per run.
     *
     * @param unit what is counted: {@code events}
     */
    Contest(String unit, double unitsPerRun) {
        this.unit = unit;
        this.unitsPerRun = unitsPerRun;
    }

    Contest add(String name, Preparation preparation) {
        contestants.add(new Contestant(name, preparation));
        return this;
    }

    /** Runs the rounds, and reports a line per contestant. */
    Contest go(Effort effort, Report report) throws IOException {
        for (Contestant each : contestants) {
            each.processor = 0;
            each.clock = new double[effort.rounds()];
        }
        for (int round = -effort.warmUps(); round < effort.rounds(); round++) {
            for (Contestant each : contestants) {
                run(each, round);
            }
        }
        report.line(String.format(
                Locale.ROOT,
                "%-36s %14s %12s %14s",
                "",
                "M/s processor",
                "× the first",
                "M/s clock"));
        for (Contestant each : contestants) {
            double took = each.processor / effort.rounds();
            report.line(String.format(
                    Locale.ROOT,
                    "%-36s %14.2f %12.2f %14.2f",
                    each.name,
                    unitsPerRun / took / 1e6,
                    each.processor / contestants.get(0).processor,
                    unitsPerRun / median(each.clock) / 1e6));
        }
        report.line("M/s: million " + unit + " per second");
        return this;
    }

    /** How many times the processor time of {@code other} a contestant took. */
    double times(String name, String other) {
        return find(name).processor / find(other).processor;
    }

    /** As {@link #times}, by the clock. */
    double clockTimes(String name, String other) {
        return median(find(name).clock) / median(find(other).clock);
    }

    /** How many million units per second of processor time. */
    double millionsPerSecond(String name) {
        return unitsPerRun * roundCount(name) / find(name).processor / 1e6;
    }

    private int roundCount(String name) {
        return find(name).clock.length;
    }

    private static void run(Contestant contestant, int round) throws IOException {
        Body body = contestant.preparation.prepare();
        long clock = System.nanoTime();
        double processor = processorSeconds();
        body.run();
        double processorTook = processorSeconds() - processor;
        double clockTook = (System.nanoTime() - clock) / 1e9;
        if (round >= 0) {
            contestant.processor += processorTook;
            contestant.clock[round] = clockTook;
        }
    }

    private static double processorSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    private Contestant find(String name) {
        return contestants.stream()
                .filter(each -> each.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contestant " + name));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
