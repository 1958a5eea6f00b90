package io.tidewatch.kernel.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ways of partials through the exchange: one for each link, by its number, and then one for each group of links that are
 * folded together, which brings what all of them have.
 */
public final class Channels {
    private final List<List<JobLink>> links = new ArrayList<>();

    public Channels(JobPlan plan) {
        plan.links().forEach(link -> links.add(List.of(link)));
        for (JobFold fold : plan.folds()) {
            if (fold.links().size() > 1) {
                links.add(fold.links());
            }
        }
    }

    public int count() {
        return links.size();
    }

    /** The channels whose links are of one level. */
    public List<Integer> ofLevel(int level) {
        return IntStream.range(0, links.size())
                .filter(channel -> links.get(channel).get(0).level() == level)
                .boxed()
                .collect(Collectors.toList());
    }

    /** The links whose final stages read a channel. */
    List<JobLink> links(int channel) {
        return links.get(channel);
    }
}
