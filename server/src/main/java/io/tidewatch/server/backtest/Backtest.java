package io.tidewatch.server.backtest;

import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.FileReader;
import io.tidewatch.server.log.LogSink;
import io.tidewatch.server.log.RecordingReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives files, or a recording, to a job, from their start to their end. */
public final class Backtest {
    /** How many batches are given before the job works on them. */
    private static final int BATCHES_PER_EPOCH = 8;

    private final Job job;
    private final LogSink intake;
    private final Consumer<Supplier<OptionalDouble>> progress;

    /** A backtest of {@code job}, whose records pass through {@code intake}. */
    public Backtest(Job job, LogSink intake) {
        this(job, intake, part -> {});
    }

    /** As {@link #Backtest(Job, LogSink)}, telling {@code progress} how far it is. */
    public Backtest(Job job, LogSink intake, Consumer<Supplier<OptionalDouble>> progress) {
        this.job = job;
        this.intake = intake;
        this.progress = progress;
    }

    /** Reads files side by side, always that whose time is least, so that no file piles up open windows. */
    public void files(List<FileReader> readers, OptionalLong untilMillis) {
        untilMillis.ifPresent(job::endAt);
        readers.forEach(reader -> reader.declare(intake));
        int batches = 0;
        for (FileReader reader = least(readers); reader != null; reader = least(readers)) {
            reader.next(intake);
            batches++;
            if (batches % BATCHES_PER_EPOCH == 0) {
                job.epoch();
                progress.accept(() -> part(readers));
            }
        }
        job.finish(untilMillis);
    }

    /**
     * Reads a recording in the order in which it was written. If the run was stopped before its sources ended, the input has
     * not ended either: what was open then is shown as it is, unless {@code untilMillis} says where to end.
     */
    public void recording(RecordingReader recording, OptionalLong untilMillis) {
        untilMillis.ifPresent(job::endAt);
        int records = 0;
        while (recording.next(intake)) {
            records++;
            if (records % BATCHES_PER_EPOCH == 0) {
                job.epoch();
                progress.accept(() -> OptionalDouble.of(recording.progress()));
            }
        }
        if (recording.isComplete() || untilMillis.isPresent()) {
            job.finish(untilMillis);
        } else {
            job.epoch();
            job.showOpen();
        }
    }

    private static @Nullable FileReader least(List<FileReader> readers) {
        FileReader least = null;
        for (FileReader reader : readers) {
            if (!reader.isEnded() && (least == null || reader.latest() < least.latest())) {
                least = reader;
            }
        }
        return least;
    }

    private static OptionalDouble part(List<FileReader> readers) {
        return readers.stream().map(FileReader::progress).allMatch(OptionalDouble::isPresent)
                ? readers.stream()
                        .mapToDouble(reader -> reader.progress().getAsDouble())
                        .average()
                : OptionalDouble.empty();
    }
}
