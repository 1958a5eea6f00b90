package io.tidewatch.kernel.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** When the units of local clocks begin, by {@code java.time}. */
public final class LocalStarts {
    /** The rules to come repeat: the changes of some years stand for those of all. */
    private static final Instant LAST = Instant.parse("2045-01-01T00:00:00Z");

    private LocalStarts() {}

    /** A change of some zone's clock. */
    public record Change(ZoneId zone, ZoneOffsetTransition transition) {}

    /** Every change of every clock that the tz database knows; zones with the same changes are told once. */
    public static List<Change> all() {
        List<Change> changes = new ArrayList<>();
        Set<ZoneRules> seen = new LinkedHashSet<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            if (seen.add(zone.getRules())) {
                ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.MIN);
                while (next != null && next.getInstant().isBefore(LAST)) {
                    changes.add(new Change(zone, next));
                    next = zone.getRules().nextTransition(next.getInstant());
                }
            }
        }
        return changes;
    }

    /**
     * The instants at which units begin that are named by the local times from {@code first} on: where the local time is
     * shown, or where the clock jumps over it.
     *
     * @param once whether a unit whose beginning is shown twice begins only the first time
     * @param last the last local time that counts
     */
    public static List<Long> of(
            ZoneRules rules,
            LocalDateTime first,
            UnaryOperator<LocalDateTime> next,
            LocalDateTime last,
            boolean once) {
        TreeSet<Long> starts = new TreeSet<>();
        for (LocalDateTime each = first; !each.isAfter(last); each = next.apply(each)) {
            List<ZoneOffset> offsets = rules.getValidOffsets(each);
            if (offsets.isEmpty()) {
                starts.add(rules.getTransition(each).getInstant().toEpochMilli());
            }
            for (ZoneOffset offset : once && !offsets.isEmpty() ? offsets.subList(0, 1) : offsets) {
                starts.add(each.toInstant(offset).toEpochMilli());
            }
        }
        return List.copyOf(starts);
    }
}
