package io.tidewatch.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the key of a monitor's rows stands in them.
 *
 * @param parts the names of the key's columns, also of one that is that of another monitor, and their places in the rows
 * @param groupingId the place of the GROUPING_ID, or −1 if all rows have all parts
 * @param branch the place of the number of the branch of UNION ALLs, or −1 if there is one
 * @param branches how many branches there are
 */
public record KeyPlaces(Map<String, Integer> parts, int groupingId, int branch, int branches) {
    public KeyPlaces {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A key of one branch that all rows have all of. */
    public static KeyPlaces of(Map<String, Integer> parts) {
        return new KeyPlaces(parts, -1, -1, 1);
    }

    /** Whether the parts alone name one series: their values are those of one branch, and never outside of a grouping set. */
    public boolean partsNameSeries() {
        return branch < 0 && groupingId < 0;
    }
}
