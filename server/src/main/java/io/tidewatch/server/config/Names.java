package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;
import io.tidewatch.server.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The names of streams, tables and monitors, which a query may all read from, so no two may differ in case alone. */
final class Names {
    private static final int LENGTH_MAX = 128;

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Problems problems;

    Names(Problems problems) {
        this.problems = problems;
    }

    void add(String name, Place place) {
        if (name.isBlank()
                || name.length() > LENGTH_MAX
                || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(place, "a name has 1 to " + LENGTH_MAX + " visible characters");
        }
        Place first = places.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
        if (first != null && !first.equals(place)) {
            problems.add(
                    place,
                    "the name '" + name + "' is taken (line " + first.line()
                            + "); streams, tables and monitors need names of their own");
        }
    }
}
