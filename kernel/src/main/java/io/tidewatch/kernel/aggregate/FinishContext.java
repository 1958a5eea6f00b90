package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.error.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What finishing needs to know beside the slots (how long their windows are), and where it reports the slots that fail. One
 * context serves all calls of a grouping; of several failures of a slot the first stays.
 */
public final class FinishContext {
    private final long windowMillis;
    private final long @Nullable [] windowMillisOfSlots;
    private final SortedMap<Integer, FinishFailure> failures = new TreeMap<>();

    private FinishContext(long windowMillis, long @Nullable [] windowMillisOfSlots) {
        this.windowMillis = windowMillis;
        this.windowMillisOfSlots = windowMillisOfSlots;
    }

    /** All slots are of windows of one length in milliseconds. */
    public static FinishContext ofWindow(long windowMillis) {
        return new FinishContext(windowMillis, null);
    }

    /** Each slot has a window of its own length, as sessions and local days have; indexed by slot. */
    public static FinishContext ofSlots(long[] windowMillis) {
        return new FinishContext(0, windowMillis);
    }

    public long windowMillis(int slot) {
        return windowMillisOfSlots == null ? windowMillis : windowMillisOfSlots[slot];
    }

    public boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** The failure of a slot, or {@code null} if it has none. */
    public @Nullable FinishFailure failure(int slot) {
        return failures.get(slot);
    }

    /** All failures by ascending slot. */
    public Collection<FinishFailure> failures() {
        return Collections.unmodifiableCollection(failures.values());
    }

    void fail(int slot, ErrorCode code, String reason) {
        failures.putIfAbsent(slot, new FinishFailure(slot, code, reason));
    }
}
