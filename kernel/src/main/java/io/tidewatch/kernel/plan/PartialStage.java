package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.operator.Exchange;
import io.tidewatch.kernel.operator.PartialLink;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The partial stage of one partition of one stream: all links that read the stream fold its rows. Between two flushes it
 * keeps partials; across a flush nothing but what the position holds.
 */
public final class PartialStage {
    private final TimeSpec time;
    private final TableVersions tables;
    private final StageInputs inputs;
    private final List<PartialLink> partials = new ArrayList<>();

    public PartialStage(JobPlan plan, int stream, SideOutput side) {
        this.time = plan.streams().get(stream).time();
        this.tables = plan.tableVersions();
        this.inputs = new StageInputs(tables, side);
        for (JobFold fold : plan.folds()) {
            List<JobSource> sources = fold.first().sources();
            PartialLink partial = null;
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).equals(new JobSource.Stream(stream))) {
                    if (partial == null) {
                        partial = fold.partial(side);
                        partials.add(partial);
                    }
                    inputs.add(fold.first(), partial, i);
                }
            }
        }
    }

    /** The versions of reference tables that rows are looked up in. */
    public TableVersions tables() {
        return tables;
    }

    /** Folds rows, of which those selected take part (a future row does not). */
    public void accept(SourceRows rows, Selection selection) {
        inputs.accept(time, rows, selection);
    }

    /** Writes all that was folded to the exchange: a barrier. */
    public void flush(Exchange exchange) {
        partials.forEach(partial -> partial.flush(exchange));
    }
}
