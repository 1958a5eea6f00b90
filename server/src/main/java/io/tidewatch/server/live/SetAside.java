package io.tidewatch.server.live;

import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobCounts;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells of a run that goes on what it sets aside: the first of it as it happens, and how much it is once a minute. */
public final class SetAside {
    private static final long LOOK_NANOS = 5_000_000_000L;
    private static final long SUM_NANOS = 60_000_000_000L;

    private final Clock clock;
    private final PrintWriter out;
    private final Intake intake;
    private final Job job;
    private final Set<String> told = new LinkedHashSet<>();
    private String toldSum = "";
    private long lookedAt;
    private long summedAt;

    public SetAside(Clock clock, PrintWriter out, Intake intake, Job job) {
        this.clock = clock;
        this.out = out;
        this.intake = intake;
        this.job = job;
        this.lookedAt = clock.nanos();
        this.summedAt = lookedAt;
    }

    /** Tells what is new, if it is time to look. */
    public void look() {
        long now = clock.nanos();
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        JobCounts counts = job.counts();
        Stream.concat(
                        intake.refusals().stream().map(refusal -> "refused: " + refusal),
                        counts.examples().stream())
                .filter(told::add)
                .forEach(out::println);
        String sum = sum(intake.refused(), counts);
        if (now - summedAt >= SUM_NANOS && !sum.equals(toldSum)) {
            summedAt = now;
            toldSum = sum;
            out.println("set aside so far: " + sum);
        }
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was set aside; empty if nothing was. */
    private static String sum(long refused, JobCounts counts) {
        long late = total(counts.late());
        long failed = total(counts.failed());
        String limited = some(total(counts.refusedKeys()), "refused by alert_keys")
                + some(total(counts.unkeptEvaluations()), "not kept by alert_evaluations");
        if (refused + counts.future() + late + failed == 0 && limited.isEmpty()) {
            return "";
        }
        return String.format(
                        Locale.ROOT,
                        "%,d refused, %,d future, %,d late, %,d failed",
                        refused,
                        counts.future(),
                        late,
                        failed)
                + limited;
    }

    private static String some(long count, String what) {
        return count == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", count, what);
    }
}
