package io.tidewatch.server.live;

import io.tidewatch.server.job.Job;
import io.tidewatch.server.log.LogOwner;
import java.util.OptionalLong;

/** Brings what the log's owner reads to a job, in adaptive epochs: what is there, little or much. For one thread. */
public final class LiveRun {
    private final LogOwner owner;
    private final Job job;
    private boolean ended;

    public LiveRun(LogOwner owner, Job job) {
        this.owner = owner;
        this.job = job;
    }

    /** Takes a step; false if there was nothing to read. When all sources have ended, so has the input of the job. */
    public boolean step() {
        if (ended) {
            return false;
        }
        boolean any = owner.step();
        if (owner.isEnded()) {
            ended = true;
            job.finish(OptionalLong.empty());
        } else {
            job.epoch();
        }
        return any;
    }

    public boolean isEnded() {
        return ended;
    }
}
