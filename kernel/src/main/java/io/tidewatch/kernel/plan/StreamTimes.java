package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When the streams of a job begin and end, from the positions of their partitions. */
public final class StreamTimes {
    private final long[] watermarks;
    private final long[] leastTimes;
    private final long[] greatestTimes;
    private final List<Partition> partitions = new ArrayList<>();

    private record Partition(int stream, Position position) {}

    /** Streams without partitions. */
    public StreamTimes(JobPlan plan) {
        int streams = plan.streams().size();
        watermarks = new long[streams];
        leastTimes = new long[streams];
        greatestTimes = new long[streams];
        Arrays.fill(watermarks, Long.MAX_VALUE);
        Arrays.fill(leastTimes, Long.MAX_VALUE);
        Arrays.fill(greatestTimes, Times.BEGINNING);
    }

    /** Adds a partition of a stream. */
    public void add(int stream, Position position) {
        watermarks[stream] = Math.min(watermarks[stream], position.time().watermark());
        if (position.leastTime() != Times.BEGINNING) {
            leastTimes[stream] = Math.min(leastTimes[stream], position.leastTime());
        }
        greatestTimes[stream] = Math.max(greatestTimes[stream], position.greatestTime());
        partitions.add(new Partition(stream, position));
    }

    /**
     * The least event time of a monitor's streams, from which on listed keys are expected; {@link Times#BEGINNING} if it is
     * not known yet. It is when the watermark of every partition has reached it, for then no less can come that is not late.
     *
     * @param streams of the monitor
     * @param ended whether no more rows come, so that it is known in any case
     */
    public long origin(Set<Integer> streams, boolean ended) {
        long least = Long.MAX_VALUE;
        long watermark = Long.MAX_VALUE;
        for (int stream : streams) {
            least = Math.min(least, leastTimes[stream]);
            watermark = Math.min(watermark, watermarks[stream]);
        }
        boolean known = least != Long.MAX_VALUE && (ended || watermark >= least);
        return known ? least : Times.BEGINNING;
    }

    /**
     * Per link the time to which the end of bounded input closes it: the greatest end of a window that holds an event
     * (without a window: one millisecond after the last event), whether or not the event passes WHERE or is late; for a later
     * link, of the last window that begins before the end of the links it reads. {@link Times#BEGINNING} without events.
     *
     * <p>The watermark may have come farther, where windows have gaps between them. It ends where it would in one partition
     * that holds all events, so that how they are spread over partitions makes no difference.
     */
    public long[] ends(JobPlan plan) {
        long[] holding = new long[plan.links().size()];
        long[] ends = new long[plan.links().size()];
        for (JobLink link : plan.links()) {
            long end = Times.BEGINNING;
            for (JobSource source : link.sources()) {
                end = Math.max(end, end(link, source, holding));
            }
            holding[link.number()] = end;
            ends[link.number()] = Math.max(end, watermarkOfOnePartition(plan, link, ends));
        }
        return ends;
    }

    /** Links that read views alone need none: where those have ended is known when their links have. */
    private long watermarkOfOnePartition(JobPlan plan, JobLink link, long[] ends) {
        boolean readsStreams = false;
        long least = Long.MAX_VALUE;
        for (JobSource source : link.sources()) {
            if (source instanceof JobSource.Stream stream) {
                readsStreams = true;
                TimeSpec time = plan.streams().get(stream.stream()).time();
                long greatest = greatestTimes[stream.stream()];
                least = Math.min(least, Times.subtractClamped(greatest, time.outOfOrderMillis()));
            } else if (source instanceof JobSource.Views views) {
                for (ViewReference view : views.views()) {
                    least = Math.min(least, ends[view.link()]);
                }
            }
        }
        return readsStreams ? least : Times.BEGINNING;
    }

    private long end(JobLink link, JobSource source, long[] holding) {
        long greatest = Times.BEGINNING;
        if (source instanceof JobSource.Views views) {
            for (ViewReference view : views.views()) {
                greatest = Math.max(greatest, Times.subtractClamped(holding[view.link()], 1));
            }
        } else if (source instanceof JobSource.Stream stream) {
            Optional<Windows> windows = JobPlan.gappedWindows(link);
            if (windows.isPresent()) {
                return greatestEnd(stream.stream(), windows.get());
            }
            greatest = greatestTimes[stream.stream()];
        }
        return greatest == Times.BEGINNING ? greatest : end(link.definition(), greatest);
    }

    private long greatestEnd(int stream, Windows windows) {
        long greatest = Times.BEGINNING;
        for (Partition partition : partitions) {
            if (partition.stream() == stream) {
                greatest = Math.max(greatest, partition.position().greatestEnd(windows));
            }
        }
        return greatest;
    }

    private static long end(Link link, long greatest) {
        if (link.shape() instanceof Aggregation aggregation) {
            if (aggregation.windowing() instanceof Windowing.Grid grid) {
                return grid.windows().lastEnd(greatest);
            }
            if (aggregation.windowing() instanceof Windowing.Session session) {
                return Times.addClamped(greatest, session.gapMillis());
            }
        }
        return Times.addClamped(greatest, 1);
    }
}
