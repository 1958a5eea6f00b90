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
        for (JobLink link : plan.links()) {
            PartialLink partial = null;
            for (int i = 0; i < link.sources().size(); i++) {
                if (link.sources().get(i).equals(new JobSource.Stream(stream))) {
                    if (partial == null) {
                        partial = PartialLink.of(
                                link.number(), link.definition(), link.alerts(), side);
                        partials.add(partial);
                    }
                    inputs.add(link, partial, i);
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
