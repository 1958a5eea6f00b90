package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.operator.FinalLink;
import io.tidewatch.kernel.operator.FinalLinkBuilder;
import io.tidewatch.kernel.operator.SideOutput;

/** Makes the final stage of a link of a job. */
final class FinalLinks {
    private FinalLinks() {}

    static FinalLink of(JobPlan plan, JobLink link, SideOutput side) {
        LinkNames names = new LinkNames(plan);
        FinalLinkBuilder builder =
                new FinalLinkBuilder(link.number(), link.definition(), link.alerts(), side);
        for (JobLink.View view : link.views()) {
            builder.add(
                    view.output(),
                    view.aggregates(),
                    view.isResult()
                            ? plan.monitors().get(view.monitor()).firstBranch(view.branch())
                            : 0,
                    names.shaped(link, view));
        }
        return builder.build(link.lateness(), plan.limits().keysPerKeyGroupMax());
    }
}
