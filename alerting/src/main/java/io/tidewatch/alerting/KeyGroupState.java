package io.tidewatch.alerting;

import io.tidewatch.kernel.time.Times;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is remembered of the keys of one key group. */
final class KeyGroupState {
    final int keyGroup;
    final TreeMap<AlertKey, KeyState> keys = new TreeMap<>();
    /** How many of {@link #keys} are known. */
    int knownCount;
    /** How often a key was not admitted because of the limit. */
    long refusedKeys;
    /** Evaluations in the histories of {@link #keys}. */
    int keptCount;
    /** How many evaluations were not kept because of the limit. */
    long unkeptEvaluations;
    /** The latest time of an evaluation that was not kept; amendments up to it are notes. */
    long unkeptThrough = Times.BEGINNING;
    /** The ends of amendable windows with an overflow row. */
    final TreeSet<Long> overflowEnds = new TreeSet<>();
    /** The positions of amendable windows, if life cycles may be replayed. */
    final TreeMap<Long, List<PositionRange>> positions = new TreeMap<>();
    /** The alert on the limits themselves. */
    LifeCycle limit = LifeCycle.inactive(Times.BEGINNING);
    /** The end of the latest stretch in which keys were folded or refused, with sessions. */
    long limitedAt = Times.BEGINNING;
    /** Provisionals that were emitted, by window end. */
    final TreeMap<Long, TreeSet<AlertKey>> provisionals = new TreeMap<>();

    int provisionalCount;

    KeyGroupState(int keyGroup) {
        this.keyGroup = keyGroup;
    }

    /** Forgets windows that can no longer be amended. */
    void forgetWindows(long through) {
        overflowEnds.headSet(through, true).clear();
        positions.headMap(through, true).clear();
    }

    /** Forgets provisionals of windows that are closed. */
    void forgetProvisionals(long through) {
        while (!provisionals.isEmpty() && provisionals.firstKey() <= through) {
            provisionalCount -= provisionals.pollFirstEntry().getValue().size();
        }
    }
}
