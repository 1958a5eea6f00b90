package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of streams, tables and monitors, which a query may all read from, so no two may differ in case alone. */
final class Names {
    private static final int LENGTH_MAX = 128;

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> all = new LinkedHashSet<>();
    private final Problems problems;

    Names(Problems problems) {
        this.problems = problems;
    }

    /** Takes a name; false, with a complaint, if it is taken already. */
    boolean add(String name, Place place) {
        if (name.isBlank()
                || name.length() > LENGTH_MAX
                || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(place, "a name has 1 to " + LENGTH_MAX + " visible characters");
        }
        all.add(name);
        Place first = places.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
        boolean free = first == null || first.equals(place);
        if (!free) {
            problems.add(
                    place,
                    "the name '" + name + "' is taken (line " + first.line()
                            + "); streams, tables and monitors need names of their own");
        }
        return free;
    }

    /** The names as they were written, each once. */
    Set<String> all() {
        return new LinkedHashSet<>(all);
    }
}
