package io.tidewatch.server.backtest;

import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.RecordingReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives files, or a recording, to a job, from their start to their end. */
public final class Backtest {
    /** How many rows are given before the job works on them. */
    static final long ROWS_PER_EPOCH = 1 << 16;

    /** How many records of a log are, if they hold few rows. */
    private static final int RECORDS_PER_EPOCH = 4_096;

    private final Job job;
    private final Intake intake;
    private final Consumer<Supplier<OptionalDouble>> progress;
    private long acceptedBefore;
    private int records;

    /** A backtest of {@code job}, whose records pass through {@code intake}. */
    public Backtest(Job job, Intake intake) {
        this(job, intake, part -> {});
    }

    /** As {@link #Backtest(Job, Intake)}, telling {@code progress} how far it is. */
    public Backtest(Job job, Intake intake, Consumer<Supplier<OptionalDouble>> progress) {
        this.job = job;
        this.intake = intake;
        this.progress = progress;
    }

    /** Reads files side by side, those behind in time first, so that no file piles up open windows; closes them. */
    public void files(List<FileReader> readers, OptionalLong untilMillis) {
        try {
            untilMillis.ifPresent(job::endAt);
            int threadsPerFile = Math.max(1, job.threadCount() / Math.max(1, readers.size()));
            readers.forEach(reader -> reader.declare(intake, threadsPerFile));
            FileShares shares = new FileShares(readers);
            while (shares.plan(intake.accepted())) {
                job.together(() -> shares.work(intake));
                intake.settle();
                readers.forEach(FileReader::check);
                job.epoch();
                progress.accept(() -> part(readers));
            }
            job.finish(untilMillis);
        } finally {
            readers.forEach(FileReader::close);
        }
    }

    /**
     * Reads a recording in the order in which it was written. If the run was stopped before its sources ended, the input has
     * not ended either: what was open then is shown as it is, unless {@code untilMillis} says where to end.
     */
    public void recording(RecordingReader recording, OptionalLong untilMillis) {
        untilMillis.ifPresent(job::endAt);
        while (recording.next(intake)) {
            given(() -> OptionalDouble.of(recording.progress()));
        }
        if (recording.isComplete() || untilMillis.isPresent()) {
            job.finish(untilMillis);
        } else {
            job.epoch();
            job.showOpen();
        }
    }

    private void given(Supplier<OptionalDouble> part) {
        records++;
        if (intake.accepted() - acceptedBefore >= ROWS_PER_EPOCH || records >= RECORDS_PER_EPOCH) {
            acceptedBefore = intake.accepted();
            records = 0;
            job.epoch();
            progress.accept(part);
        }
    }

    private static OptionalDouble part(List<FileReader> readers) {
        double sum = 0;
        for (FileReader reader : readers) {
            if (reader.progress().isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += reader.progress().getAsDouble();
        }
        return readers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / readers.size());
    }
}
