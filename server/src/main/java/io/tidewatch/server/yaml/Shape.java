package io.tidewatch.server.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Walks over the events of a document and finds what must not be built: nesting beyond the limit, tags, and aliases inside of
 * what is repeated itself. Without the last, repeating is linear: no document grows beyond its size times the aliases.
 */
final class Shape {
    private final Deque<Boolean> anchored = new ArrayDeque<>();
    private int anchors;

    /** Why a document with this event, the next of it, is refused. */
    Optional<String> complaintAbout(Event event) {
        if (event instanceof CollectionStartEvent start) {
            anchored.push(start.getAnchor().isPresent());
            anchors += start.getAnchor().isPresent() ? 1 : 0;
            if (anchored.size() > YamlDocument.NESTING_MAX) {
                return Optional.of(
                        "nested deeper than " + YamlDocument.NESTING_MAX + " lists and maps");
            }
            return complaintAboutTag(start.getTag());
        }
        switch (event.getEventId()) {
            case MappingEnd, SequenceEnd -> anchors -= anchored.pop() ? 1 : 0;
            default -> {
                // Other events do not nest.
            }
        }
        if (event instanceof AliasEvent && anchors > 0) {
            return Optional.of("an alias inside of what another alias may repeat; write it out");
        }
        return event instanceof ScalarEvent scalar
                ? complaintAboutTag(scalar.getTag())
                : Optional.empty();
    }

    private static Optional<String> complaintAboutTag(Optional<String> tag) {
        return tag.filter(name -> !name.equals("!"))
                .map(name -> "tags such as " + shorten(name) + " have no meaning here; remove it");
    }

    private static String shorten(String tag) {
        String prefix = "tag:yaml.org,2002:";
        return tag.startsWith(prefix) ? "!!" + tag.substring(prefix.length()) : tag;
    }
}
