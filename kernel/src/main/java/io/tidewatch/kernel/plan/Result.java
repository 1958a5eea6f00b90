package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.Digest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a monitor's results, on its way out. It may read what it is asked for from where it stands, each time anew; a
 * {@link CopiedResult} stands for itself. Compared by its id, not by equals.
 */
public interface Result {
    /** The order in which results come out. */
    Comparator<Result> ORDER = Comparator.comparingLong(Result::dueTime)
            .thenComparingLong(Result::windowEnd)
            .thenComparingLong(Result::windowStart)
            .thenComparingInt(Result::monitor)
            .thenComparing(Result::key, Arrays::compareUnsigned)
            .thenComparingLong(Result::ordinal)
            .thenComparingInt(Result::revision);

    /** The place of its monitor in the job. */
    int monitor();

    /** The canonical bytes of its key, branch and GROUPING_ID included; not to be changed. */
    byte[] key();

    /** Milliseconds since the epoch; the event time for a monitor without windows. */
    long windowStart();

    /** As {@link #windowStart}. */
    long windowEnd();

    /** The place among the rows of the same key and window, from 0. */
    long ordinal();

    /** 0 for the first result of a window, k ≥ 1 for its amendments. */
    int revision();

    /** What the row says. */
    Kind kind();

    /** Whether a limit made an aggregate of the row an estimate or a part. */
    boolean approximate();

    /**
     * Whether rows that it may be made of are missing: in a link that is read, their keys were folded or they could not be
     * computed.
     */
    boolean incomplete();

    /** The watermark at which the row became due. */
    long dueTime();

    /** Per column of {@link MonitorPlan#rowSchema}, as Java objects; {@code null} is NULL. */
    List<@Nullable Object> values();

    /** The id of the result: the same whoever computes it, and whenever. */
    default String id(MonitorPlan plan) {
        return Digest.of("result")
                .text(plan.name())
                .text(plan.version())
                .bytes(key())
                .number(windowStart())
                .number(windowEnd())
                .number(ordinal())
                .number(revision())
                .id();
    }

    /** What a row says about its key and window. */
    enum Kind {
        /** This is the result of the revision. */
        FINAL,
        /** This is how it looks before the window is closed; it may still change and is nothing to rely on. */
        EARLY,
        /** An amendment removed the row that an earlier revision had given. */
        WITHDRAWN,
        /** The row stands for all keys of a key group beyond the limit. */
        OVERFLOW,
        /** As {@link #OVERFLOW}, before the window is closed. */
        EARLY_OVERFLOW;

        /** Whether the window is not closed yet. */
        public boolean isEarly() {
            return this == EARLY || this == EARLY_OVERFLOW;
        }

        /** Whether the row stands for keys beyond a limit. */
        public boolean isOverflow() {
            return this == OVERFLOW || this == EARLY_OVERFLOW;
        }
    }
}
