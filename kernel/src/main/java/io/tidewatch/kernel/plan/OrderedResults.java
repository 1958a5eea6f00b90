package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.batch.IndexSort;
import io.tidewatch.kernel.plan.WaitingResults.Run;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Results in {@linkplain Result#ORDER their order}. Each is made anew when it is asked for, and may be forgotten then.
 */
public final class OrderedResults extends AbstractList<Result> implements RandomAccess {
    private static final int PLACE_BITS = 32;

    private final List<Run> runs;
    /** In order, the number of the run and the place there. */
    private final long[] references;

    private OrderedResults(List<Run> runs, long[] references) {
        this.runs = runs;
        this.references = references;
    }

    /** Puts results in order, to which nothing may be added afterwards. */
    public static List<Result> of(List<WaitingResults> parts) {
        List<Run> runs = new ArrayList<>();
        parts.forEach(part -> runs.addAll(part.close()));
        runs.sort(Run.ORDER);
        int size = runs.stream().mapToInt(run -> run.end() - run.first()).reduce(0, Math::addExact);
        OrderedResults results = new OrderedResults(runs, new long[size]);
        int filled = 0;
        int from = 0;
        while (from < runs.size()) {
            int to = from + 1;
            while (to < runs.size() && Run.ORDER.compare(runs.get(from), runs.get(to)) == 0) {
                to++;
            }
            filled = results.fill(from, to, filled);
            from = to;
        }
        return results;
    }

    @Override
    public Result get(int index) {
        long reference = references[index];
        return run(reference).result(place(reference));
    }

    @Override
    public int size() {
        return references.length;
    }

    /** Appends what stands in runs that only key, ordinal and revision tell apart; returns how many there are then. */
    private int fill(int from, int to, int filled) {
        int end = filled;
        for (int number = from; number < to; number++) {
            Run run = runs.get(number);
            for (int place = run.first(); place < run.end(); place++) {
                references[end++] = (long) number << PLACE_BITS | place;
            }
        }
        if (!isInOrder(filled, end)) {
            sort(filled, end);
        }
        return end;
    }

    private boolean isInOrder(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (compare(references[i - 1], references[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** By the bytes in which keys begin to differ, as numbers; by all that tells results apart where these are equal. */
    private void sort(int from, int to) {
        long[] unordered = Arrays.copyOfRange(references, from, to);
        int common = commonBytes(unordered);
        long[] prefixes = new long[unordered.length];
        int[] order = new int[unordered.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            prefixes[i] = run(unordered[i]).keyPrefix(place(unordered[i]), common);
        }
        IndexSort.sort(
                order,
                (left, right) -> prefixes[left] == prefixes[right]
                        ? compare(unordered[left], unordered[right])
                        : Long.compareUnsigned(prefixes[left], prefixes[right]));
        for (int i = 0; i < order.length; i++) {
            references[from + i] = unordered[order[i]];
        }
    }

    /** How many bytes all keys begin with in common. */
    private int commonBytes(long[] all) {
        Run run = run(all[0]);
        int place = place(all[0]);
        int common = Integer.MAX_VALUE;
        for (long each : all) {
            common = run.commonBytes(place, run(each), place(each), common);
        }
        return common;
    }

    private int compare(long left, long right) {
        return run(left).compare(place(left), run(right), place(right));
    }

    private Run run(long reference) {
        return runs.get((int) (reference >>> PLACE_BITS));
    }

    private static int place(long reference) {
        return (int) reference;
    }
}
