package io.tidewatch.benchmarks;

import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.log.PartitionSpec;
import java.util.OptionalLong;

/** Gives rows in columns to a job of one worker, as a backtest does. */
final class KeyedPipeline {
    private static final int BATCHES_PER_EPOCH = 8;

    private KeyedPipeline() {}

    /** Waits until the next rows are due. */
    interface Pace {
        /** No waiting. */
        Pace FULL = rowsSoFar -> {};

        /** @param rowsSoFar how many rows were given since the first */
        void await(long rowsSoFar);
    }

    static void run(Assembly assembly, KeyedRows rows, JobOutput output) {
        run(assembly, rows, output, Pace.FULL);
    }

    static void run(Assembly assembly, KeyedRows rows, JobOutput output, Pace pace) {
        try (Job job = assembly.job(output, TimeRange.ALL, 1)) {
            job.partition(new PartitionSpec(0, "events", "memory"));
            give(rows, job, pace);
            job.finish(OptionalLong.empty());
        }
    }

    /** Gives rows to the first partition of a job, in epochs. */
    static void give(KeyedRows rows, Job job, Pace pace) {
        for (int batch = 1; rows.hasNext(); batch++) {
            job.rows(0, rows.next(), 0, OptionalLong.empty());
            if (batch % BATCHES_PER_EPOCH == 0) {
                job.epoch();
                pace.await((long) batch * Batch.ROWS_MAX);
            }
        }
    }

    /** The cost of the rows themselves. */
    static long generate(KeyedRows rows) {
        long sum = 0;
        while (rows.hasNext()) {
            sum += rows.next().ordinals()[0];
        }
        return sum;
    }
}
