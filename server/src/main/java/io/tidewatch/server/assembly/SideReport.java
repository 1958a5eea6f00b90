package io.tidewatch.server.assembly;

import io.tidewatch.engine.embedded.SideCounts;
import io.tidewatch.engine.embedded.SideCounts.KeySample;
import io.tidewatch.engine.embedded.SideCounts.RowSample;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.server.job.JobCounts;
import io.tidewatch.server.log.PartitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a job set aside, per monitor, and the first of it as people read it: where, whose, and why. */
final class SideReport {
    private final RowForms forms;
    private final List<PartitionSpec> partitions;
    private final JobPlan plan;
    private final Map<String, Long> late = new TreeMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private final Map<String, Long> refusedKeys = new TreeMap<>();
    private final Map<String, Long> unkeptEvaluations = new TreeMap<>();
    private final Examples futureTexts = new Examples();
    private final Examples lateTexts = new Examples();
    private final Examples failedTexts = new Examples();

    SideReport(RowForms forms, List<PartitionSpec> partitions, JobPlan plan) {
        this.forms = forms;
        this.partitions = partitions;
        this.plan = plan;
    }

    JobCounts of(SideCounts side) {
        side.future()
                .samples()
                .forEach(row -> futureTexts.add("", "future: " + place(row) + ": " + row.reason()));
        for (int monitor = 0; monitor < plan.monitors().size(); monitor++) {
            add(monitor, side);
        }
        List<String> texts = new ArrayList<>(futureTexts.chosen());
        texts.addAll(lateTexts.chosen());
        texts.addAll(failedTexts.chosen());
        return new JobCounts(
                side.future().count(), late, failed, refusedKeys, unkeptEvaluations, texts);
    }

    private void add(int monitor, SideCounts side) {
        String name = plan.monitors().get(monitor).name();
        for (JobLink link : plan.links()) {
            if (link.views().stream().anyMatch(view -> view.monitor() == monitor)) {
                SideCounts.Tally<RowSample> lateRows = side.late(link.number());
                SideCounts.Tally<RowSample> failedRows = side.failedRows(link.number());
                late.merge(name, lateRows.count(), Long::sum);
                failed.merge(name, failedRows.count(), Long::sum);
                lateRows.samples()
                        .forEach(row -> lateTexts.add(name, "late: " + text(name, link, row)));
                failedRows
                        .samples()
                        .forEach(row -> failedTexts.add(name, "failed: " + text(name, link, row)));
            }
        }
        SideCounts.Tally<KeySample> keys = side.failedKeys(monitor);
        failed.merge(name, keys.count(), Long::sum);
        refusedKeys.put(name, side.refusedKeys(monitor));
        unkeptEvaluations.put(name, side.unkeptEvaluations(monitor));
        keys.samples()
                .forEach(key -> failedTexts.add(
                        name,
                        "failed: " + name + ": " + place(monitor, key) + ": " + key.reason()));
    }

    /** Examples of one kind, of which every monitor shows its first. */
    private static final class Examples {
        private final Map<String, List<String>> texts = new TreeMap<>();

        void add(String monitor, String text) {
            texts.computeIfAbsent(monitor, any -> new ArrayList<>()).add(text);
        }

        /** As many of each monitor as are its share, by monitor. */
        List<String> chosen() {
            int share = Math.max(1, JobCounts.EXAMPLES_MAX / Math.max(1, texts.size()));
            return texts.values().stream()
                    .flatMap(each -> each.stream().limit(share))
                    .toList();
        }
    }

    private String text(String monitor, JobLink link, RowSample row) {
        String place = link.level() == 0 ? place(row) : "a result of a query that it reads";
        return monitor + ": " + place + ": " + row.reason();
    }

    private String place(int monitor, KeySample key) {
        return "the window that ends at " + Timestamps.format(key.windowEnd())
                + (key.isResult() ? forms.keyText(monitor, key.key()) : "");
    }

    private String place(RowSample row) {
        return partitions.get(row.partition()).source() + ", record " + (row.offset() + 1)
                + ", event time " + Timestamps.format(row.eventTime());
    }
}
