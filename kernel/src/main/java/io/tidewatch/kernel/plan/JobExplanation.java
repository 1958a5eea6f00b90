package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.AggregateColumn;
import io.tidewatch.kernel.operator.Aggregation;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.Join;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.Rows;
import io.tidewatch.kernel.operator.Shape;
import io.tidewatch.kernel.operator.StateSize;
import io.tidewatch.kernel.operator.TopN;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.View;
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in words what a job does: its links, what monitors share, which state is kept and how much of it per key.
 */
public final class JobExplanation {
    private final JobPlan plan;
    private final StringBuilder text = new StringBuilder();

    private JobExplanation(JobPlan plan) {
        this.plan = plan;
    }

    /** Lines of text, one block per link. */
    public static String of(JobPlan plan) {
        JobExplanation explanation = new JobExplanation(plan);
        plan.links().forEach(explanation::explain);
        return explanation.text.toString();
    }

    private void explain(JobLink link) {
        line(0, "link " + link.number() + " (level " + link.level() + "): " + shape(link));
        line(1, "for " + views(link));
        for (int i = 0; i < link.sources().size(); i++) {
            explainInput(link.sources().get(i), link.definition().inputs().get(i));
        }
        explainShape(link);
        explainState(link);
    }

    private static String shape(JobLink link) {
        Shape shape = link.definition().shape();
        if (shape instanceof Aggregation aggregation) {
            return aggregation.listsRows()
                    ? "rows of " + windows(aggregation)
                    : "groups in " + windows(aggregation);
        }
        if (shape instanceof TopN topN) {
            return "the first " + topN.limit() + " rows of each window";
        }
        return shape instanceof Join ? "pairs of rows of one window" : "single rows";
    }

    private static String windows(Aggregation aggregation) {
        Windowing windowing = aggregation.windowing();
        if (windowing instanceof Windowing.Grid grid) {
            return "windows: " + grid.windows().canonical();
        }
        return windowing instanceof Windowing.Session session
                ? "sessions with a gap of " + Durations.format(session.gapMillis())
                : "the windows of the rows it reads";
    }

    private String views(JobLink link) {
        List<String> names = new ArrayList<>();
        for (View view : link.views()) {
            String name = plan.monitors().get(view.monitor()).name();
            names.add(view.isResult() ? name : name + " (later links)");
        }
        return String.join(", ", names) + (names.size() > 1 ? " (shared)" : "");
    }

    private void explainInput(JobSource source, LinkInput input) {
        if (source instanceof JobSource.Stream stream) {
            line(1, "reads stream " + plan.streams().get(stream.stream()).name());
        } else if (source instanceof JobSource.Views views) {
            line(
                    1,
                    "reads link "
                            + views.views().stream()
                                    .map(ViewReference::link)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")));
        }
        Expansion expansion = input.expansion();
        if (expansion != null) {
            line(2, "once for every window: " + expansion.windows().canonical());
        }
        for (Lookup lookup : input.lookups()) {
            line(
                    2,
                    (lookup.keepsUnmatched() ? "left join " : "join ") + lookup.table() + " by "
                            + lookup.keys());
        }
        if (input.filter() != null) {
            line(2, "where " + input.filter());
        }
        line(2, "columns " + input.columns());
    }

    private void explainShape(JobLink link) {
        if (link.definition().shape() instanceof Aggregation aggregation) {
            line(1, "key: " + keys(link.definition(), aggregation));
            for (AggregateColumn aggregate : aggregation.aggregates()) {
                line(
                        1,
                        "aggregate " + aggregate.call()
                                + (aggregate.arguments().isEmpty()
                                        ? ""
                                        : " of columns " + aggregate.arguments())
                                + (aggregate.filter() < 0
                                        ? ""
                                        : " where column " + aggregate.filter()));
            }
        }
    }

    private static String keys(Link link, Aggregation aggregation) {
        List<String> names =
                link.output().key().stream().map(OutputColumn::name).toList();
        if (aggregation.groupingSets().size() == 1) {
            return names.isEmpty() ? "none, one group" : String.join(", ", names);
        }
        return String.join(", ", names) + " in " + aggregation.groupingSets().size()
                + " grouping sets";
    }

    private void explainState(JobLink link) {
        if (link.definition().shape() instanceof Aggregation aggregation) {
            long bytes = StateSize.bytesPerKey(link.definition(), link.alerts());
            String unit = aggregation.windowing() instanceof Windowing.Grid grid
                    ? "pane, " + panes(grid.windows()) + " per window"
                    : aggregation.windowing() instanceof Windowing.Session
                            ? "stretch as long as the gap"
                            : "window";
            line(
                    1,
                    "state: about " + bytes + " bytes per key and " + unit + "; at most "
                            + plan.limits().keysPerKeyGroupMax() + " keys per key group");
            if (link.lateness().allowedLatenessMillis() > 0) {
                line(
                        1,
                        "kept for amendments until "
                                + Durations.format(link.lateness().lastDueTime(0))
                                + " after the end of a window");
            }
        } else {
            String until = link.definition().shape() instanceof Rows rows && !rows.keepsWindow()
                    ? "until the watermark passes their time"
                    : "until their window closes";
            line(1, "state: rows, " + until);
        }
    }

    private static String panes(Windows windows) {
        long count = 0;
        long end = windows.nextEnd(0);
        for (long pane = windows.startOf(end); pane < end; pane = windows.paneEnd(pane)) {
            count++;
        }
        return count == 1 ? "one" : String.valueOf(count);
    }

    private void line(int indent, String words) {
        text.append("  ".repeat(indent)).append(words).append('\n');
    }
}
