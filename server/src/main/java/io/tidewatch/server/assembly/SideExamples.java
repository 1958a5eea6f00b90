package io.tidewatch.server.assembly;

import io.tidewatch.engine.embedded.SideCounts;
import io.tidewatch.kernel.plan.JobLink;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.server.job.JobCounts;
import io.tidewatch.server.log.PartitionSpec;
import java.util.ArrayList;
import java.util.List;

/** The first rows and keys that a job set aside, as people read them: where, whose, and why. */
final class SideExamples {
    private final RowForms forms;
    private final List<PartitionSpec> partitions;
    private final JobPlan plan;
    private final List<String> future = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    SideExamples(RowForms forms, List<PartitionSpec> partitions, JobPlan plan) {
        this.forms = forms;
        this.partitions = partitions;
        this.plan = plan;
    }

    void future(List<SideCounts.Sample.OfRow> samples) {
        samples.forEach(
                sample -> add(future, "future: " + logPlace(sample) + ": " + sample.reason()));
    }

    void late(JobLink link, int monitor, List<SideCounts.Sample.OfRow> samples) {
        samples.forEach(sample -> add(late, "late: " + text(link, monitor, sample)));
    }

    void failed(JobLink link, int monitor, List<SideCounts.Sample> samples) {
        samples.forEach(sample -> add(failed, "failed: " + text(link, monitor, sample)));
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>(future);
        texts.addAll(late);
        texts.addAll(failed);
        return texts;
    }

    private static void add(List<String> texts, String text) {
        if (texts.size() < JobCounts.EXAMPLES_MAX && !texts.contains(text)) {
            texts.add(text);
        }
    }

    private String text(JobLink link, int monitor, SideCounts.Sample sample) {
        return plan.monitors().get(monitor).name() + ": " + place(link, monitor, sample) + ": "
                + sample.reason();
    }

    private String place(JobLink link, int monitor, SideCounts.Sample sample) {
        if (sample instanceof SideCounts.Sample.OfRow row) {
            return link.level() == 0 ? logPlace(row) : "a result of a query that it reads";
        }
        if (sample instanceof SideCounts.Sample.OfKey key) {
            boolean isResult = link.views().stream()
                    .anyMatch(view -> view.monitor() == monitor && view.isResult());
            String values = isResult ? forms.keyText(monitor, key.key()) : "";
            return "the window that ends at " + Timestamps.format(key.windowEnd()) + values;
        }
        throw new IllegalArgumentException("sample: " + sample);
    }

    private String logPlace(SideCounts.Sample.OfRow row) {
        return partitions.get(row.partition()).source() + ", record " + (row.offset() + 1)
                + ", event time " + Timestamps.format(row.eventTime());
    }
}
